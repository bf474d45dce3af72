import type { Evidence } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { letterPairs } from '../text/similarity.ts';
import { withoutDecoration } from '../text/typography.ts';
import { withoutByline, withoutCounts, withoutLink, withoutTornEnd } from './source-text.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What a summary should measure, in characters. */
export const SUMMARY = { least: 70, most: 95 } as const;
/** A single sentence may be this long rather than lose its end. */
const TOLERATED_MOST = 110;
/** Where nothing fits the measure, the event itself a little short or long rather than background of the right length. */
const WIDE = { least: 50, most: TOLERATED_MOST } as const;
/** Only the beginning of an article tells its event; later sentences are background. */
const SENTENCES_READ = 14;
/** Of these, the best are combined. */
const SENTENCES_COMBINED = 7;
/** A sentence of many tiny clauses offers many cuts; these are enough, and keep the combinations few. */
const CUTS_PER_SENTENCE = 8;
/** Other outlets read besides the first. */
const PASSAGES_READ = 6;

/** A piece of the story to write from. */
export type Passage = { articleId: string; text: string; kind: 'text' | 'title' };

/** Characters beyond the headline that make a sentence more than its echo. */
const SAYS_MORE = 6;

type Sentence = {
  text: string;
  /** Says who or what it speaks of, so that it needs no sentence before it. */
  stands: boolean;
  source: string;
  articleId: string;
  place: number;
  score: number;
  opens: boolean;
};
/** A sentence, or a run of its first clauses that can stand alone. */
type Cut = { sentence: Sentence; text: string; length: number };

/**
 * One to three of the story's own sentences, in their order, that together measure 70-95 characters; cut only where a
 * clause ends and can stand alone. Says `thin` when the story has too little to say.
 */
export function writeSummary(
  headline: string,
  passages: readonly Passage[],
  desk: WritingDesk,
): { summary: string; evidence: Evidence[]; thin: boolean } {
  const title = passages.find(({ kind }) => kind === 'title')?.text ?? headline;
  const own = readSentences(headline, passages.slice(0, 1), desk);
  // The other outlets' sentences tell the same again in other words: only where this one has too little.
  const all = () => readSentences(headline, passages, desk);
  const cuts =
    bestCombination(own, title, desk) ??
    bestCombination(all(), title, desk) ??
    bestCombination(own, title, desk, WIDE) ??
    fallback(all(), headline, passages);
  const summary = cuts.map((cut) => cut.text).join('');
  return {
    summary,
    evidence: cuts.map(({ text, sentence }) => ({
      claim: text,
      source: sentence.source,
      articleId: sentence.articleId,
    })),
    // A brief that has to begin with what points back is as poor as a short one.
    thin: visibleLength(summary) < SUMMARY.least || cuts[0]?.sentence.opens === false,
  };
}

function readSentences(headline: string, passages: readonly Passage[], desk: WritingDesk): Sentence[] {
  const [main] = passages;
  const texts = passages.filter((passage) => passage.kind === 'text').slice(0, PASSAGES_READ);
  const read: Sentence[] = [];
  for (const passage of texts) {
    const before = read.length;
    for (const source of sentencesOf(withoutTornEnd(withoutCounts(passage.text))).slice(0, SENTENCES_READ)) {
      const text = withoutLink(withoutByline(source), desk);
      if (!isUsable(text, desk) || read.some((other) => alike(other.text, text) > 0.6)) continue;
      read.push({
        text,
        source,
        articleId: passage.articleId,
        place: read.length,
        score:
          scoreOf(text, headline, read.length - before, desk) -
          (passage.articleId === main?.articleId ? 0 : 0.8),
        opens: canOpen(text, desk),
        stands: !POINTS_BACK.test(text),
      });
    }
  }
  return read;
}

/** Does this sentence tell of the event, rather than of the article, the outlet or nothing? */
export function isUsable(text: string, desk: WritingDesk): boolean {
  const length = visibleLength(text);
  return (
    length >= 8 &&
    length <= 400 &&
    /\p{Script=Han}/u.test(text) &&
    !/[？?]/.test(text.slice(-2)) &&
    !desk.style.summary.banned.some((phrase) => text.includes(phrase)) &&
    !/^[-•·*#\d.、\s]*$/.test(text) &&
    !/[：:]$/.test(text)
  );
}

/** `据某社报道，`: who says so belongs to the news; what it opens with is what stands after it. */
const ATTRIBUTION =
  /^(?:根?据|援引)(?![此悉])[^，。]{0,36}?(?:报道|消息|透露|披露|介绍|统计|显示|发现|反馈|爆料|公告|数据|测算|预测|宣布|称|动态)[^，。]{0,4}，/u;

/** Whom or what it means was said before. */
const POINTS_BACK =
  /^(?:(?:同时|此外|目前|另外|其中)，?)?(?:他|她|它|该|这|那|其|此(?!外)|上述|前者|后者|两者|二者|双方|对此|为此|由此)/;

function canOpen(sentence: string, desk: WritingDesk): boolean {
  const { danglers, links } = desk.style.summary;
  // After `据青石官方宣布，` its `其` is 青石.
  const text = sentence.replace(ATTRIBUTION, '').replace(ATTRIBUTION.test(sentence) ? /^其(?!中)/ : /^$/, '');
  return (
    !danglers.some((word) => text.startsWith(word)) &&
    !links.some((word) => text.startsWith(word)) &&
    !/^[“"「‘]/.test(text)
  );
}

function scoreOf(text: string, headline: string, place: number, desk: WritingDesk): number {
  const names = new Set(desk.findNames(text).map((hit) => hit.name)).size;
  const numbers = text.match(/\d[\d.,]*/g)?.length ?? 0;
  const { actions } = desk.style.summary;
  return (
    2.4 / (1 + place * 0.35) +
    alike(text, headline) * 4 +
    Math.min(names, 3) * 0.4 +
    Math.min(numbers, 3) * 0.25 +
    (actions.some((verb) => text.includes(verb)) ? 0.6 : 0) -
    (/[我你咱]/.test(text) ? 0.8 : 0) -
    (/[！!]/.test(text) ? 0.4 : 0) -
    (/^[“"「]/.test(text) ? 0.4 : 0)
  );
}

/** The combination of up to three cuts that says most within so many characters; undefined when none fits. */
function bestCombination(
  sentences: readonly Sentence[],
  title: string,
  desk: WritingDesk,
  { least, most }: { least: number; most: number } = SUMMARY,
): Cut[] | undefined {
  const wanted = pairsOf(title);
  const strongest = sentences
    .toSorted((a, b) => b.score - a.score)
    .slice(0, SENTENCES_COMBINED)
    .toSorted((a, b) => a.place - b.place);
  const options = strongest.map((sentence) => cutsOf(sentence, desk, most));
  let best: { cuts: Cut[]; value: number } | undefined;
  const consider = (cuts: Cut[], from: number, length: number): void => {
    if (length > most) return;
    if (length >= least) {
      const value = worthOf(cuts, wanted);
      if (best === undefined || value > best.value) best = { cuts, value };
    }
    if (cuts.length === 3) return;
    for (let next = from; next < options.length; next += 1)
      for (const cut of options[next] ?? [])
        if (cuts.length === 0 ? cut.sentence.opens : isNew(cut, cuts) && follows(cut, cuts, sentences))
          consider([...cuts, cut], next + 1, length + cut.length);
  };
  consider([], 0, 0);
  return best?.cuts;
}

/** A sentence that repeats half of what stands already adds length and no news. */
function isNew(cut: Cut, cuts: readonly Cut[]): boolean {
  return cuts.every((other) => alike(cut.text, other.text) < 0.45);
}

/** `该产品`, `前者`: needs the sentence it points to before it; those between may only point to the same. */
function follows({ sentence }: Cut, cuts: readonly Cut[], all: readonly Sentence[]): boolean {
  const before = cuts.at(-1)?.sentence.place ?? -1;
  return (
    sentence.stands || all.every(({ place, opens }) => !opens || place <= before || place >= sentence.place)
  );
}

/**
 * What a combination is worth, by what the summaries of an AI-aided editor's daily have in common with their bodies: the
 * first sentence tells the event, the later a sentence the less of it is news, and what the title says must be there. The
 * weights are least squares of character ROUGE over all combinations of the days' first half.
 */
function worthOf(cuts: readonly Cut[], title: ReadonlySet<string>): number {
  const length = cuts.reduce((sum, cut) => sum + cut.length, 0);
  const said = pairsOf(cuts.map(({ text }) => text).join(''));
  const told = title.size === 0 ? 0 : [...title].filter((pair) => said.has(pair)).length / title.size;
  const skipped = (cuts.at(-1)?.sentence.place ?? 0) - (cuts.length - 1);
  const places = cuts.reduce(
    (sum, { sentence, length: own }) =>
      sum + ((PLACE_WORTH[sentence.place] ?? LATER_WORTH) + tone(sentence.text)) * (own / length),
    0,
  );
  return places + 0.2 * told - 0.007 * skipped + 0.07 * (length / SUMMARY.most);
}

const PLACE_WORTH = [0.12, -0.01, -0.035];
const LATER_WORTH = -0.05;

/** A voice that speaks to the reader, shouts or quotes is no news desk's. */
function tone(text: string): number {
  return (
    (/[我你咱]/.test(text) ? -0.15 : 0) +
    (/[！!]/.test(text) ? -0.04 : 0) +
    (/^[“"「]/.test(text) ? -0.04 : 0)
  );
}

/** The sentence as it is, and every run of its first clauses that can stand alone, each ended by a full stop. */
function cutsOf(sentence: Sentence, desk: WritingDesk, most: number): Cut[] {
  const clauses = clausesOf(sentence.text);
  const cuts: Cut[] = [];
  for (let count = 1; count <= clauses.length; count += 1) {
    const whole = count === clauses.length;
    if (!whole && !canStand(clauses.slice(0, count), clauses[count] ?? '', desk)) continue;
    const text = closed(clauses.slice(0, count).join(''));
    const length = visibleLength(text);
    if (length > most) break;
    cuts.push({ sentence, text, length });
  }
  // The longer say more.
  return cuts.slice(-CUTS_PER_SENTENCE);
}

/** May a sentence end after these clauses? Not after a time, a condition or a bare subject, nor before `但`'s turn. */
export function canStand(clauses: readonly string[], next: string, desk: WritingDesk): boolean {
  const { subordinate } = desk.style.summary;
  const last = clauses.at(-1) ?? '';
  const said = clauses.join('');
  if (/[：:]$/.test(last) || visibleLength(said) < 14) return false;
  if (subordinate.some((word) => last.startsWith(word))) return false;
  // A turn or a denial that follows would be lost, and with it the truth.
  if (/^(?:但|不过|然而|却|而是|并未|没有|除非|只是|尽管|虽然|否则|前提|如果)/.test(next)) return false;
  if (/(?:指出|表示|称|显示|认为|透露|强调|提到|发现|意味着|的是|时|之后|后)[，,]?$/.test(last)) return false;
  // `允许部分用户，` — to do what?
  if (
    /(?:允许|让|使|帮助|协助|要求)[^，]*(?:用户|开发者|企业|团队|客户|员工|学生|公司|人)[，,]?$/u.test(last)
  )
    return false;
  if (onlyOpens(last, desk)) return false;
  const verbs =
    /[是有为将把被让使可会能达成出到了]|发布|推出|宣布|开源|上线|获|完成|表示|称|提供|支持|采用|提升|超过|领投|跟投|参投|参与|拒绝|维持|撤回|裁定/;
  return verbs.test(last);
}

/** `双方将基于后者的平台`, `某某针对滥用`: a preposition whose verb never comes. */
export function onlyOpens(clause: string, desk: WritingDesk): boolean {
  const rest = /^.{0,12}?(?:基于|针对|围绕|凭借|根据|按照|借助|鉴于)(.*)/u.exec(clause)?.[1];
  return rest !== undefined && !desk.style.summary.actions.some((verb) => rest.includes(verb));
}

function closed(text: string): string {
  const bare = text.replace(/[，,；;：:、\s]+$/u, '');
  return /[。！？!?…][”’」』》）]*$/.test(bare) ? bare.replace(/!$/, '！').replace(/\?$/, '？') : `${bare}。`;
}

/** Too little, or only long sentences: what is nearest to the measure, honestly shorter or a little longer. */
function fallback(sentences: readonly Sentence[], headline: string, passages: readonly Passage[]): Cut[] {
  const openers = sentences.filter((sentence) => sentence.opens);
  const texts = (openers.length > 0 ? openers : sentences).map(toCut);
  const [own, ...others] = passages.filter(({ kind }) => kind === 'title').map(titleAsCut);
  // Where the headline had to leave out part of the title, the whole title comes first.
  const saysMore = own !== undefined && own.length >= visibleLength(headline) + SAYS_MORE;
  const candidates = [...(own && saysMore ? [own] : []), ...texts, ...others];
  const packed = pack(withoutEchoes(candidates, headline, saysMore ? own : undefined));
  if (packed.length > 0) return packed;
  const shortest = texts.toSorted((a, b) => a.length - b.length)[0];
  if (shortest && shortest.length <= TOLERATED_MOST * 2) return [shortest];
  return own && own.length <= TOLERATED_MOST * 2 ? [own] : [];
}

function toCut(sentence: Sentence): Cut {
  const text = closed(sentence.text);
  return { sentence, text, length: visibleLength(text) };
}

function titleAsCut({ text: title, articleId }: Passage): Cut {
  return toCut({
    text: withoutDecoration(title),
    source: title,
    articleId,
    place: 0,
    score: 0,
    opens: true,
    stands: true,
  });
}

/** What repeats the headline or a sentence before it goes; `kept` stays whatever the headline says. */
function withoutEchoes(cuts: readonly Cut[], headline: string, kept: Cut | undefined): Cut[] {
  const said: string[] = [];
  return cuts.filter((cut) => {
    // A sentence that holds the whole headline and more is the news itself.
    const saysMore = cut.length >= visibleLength(headline) + SAYS_MORE;
    const known = saysMore ? said : [headline, ...said];
    const echo = known.some((other) => alike(cut.text, other) > 0.75);
    if (echo && cut !== kept) return false;
    said.push(cut.text);
    return true;
  });
}

function pack(cuts: readonly Cut[]): Cut[] {
  const packed: Cut[] = [];
  let length = 0;
  for (const cut of cuts)
    if (packed.length < 3 && length + cut.length <= (packed.length === 0 ? TOLERATED_MOST : SUMMARY.most)) {
      packed.push(cut);
      length += cut.length;
    }
  return packed;
}

/** Share of the shorter text's character pairs that the longer has too, 0..1. */
export function alike(a: string, b: string): number {
  const left = pairsOf(a);
  const right = pairsOf(b);
  const smaller = Math.min(left.size, right.size);
  if (smaller === 0) return 0;
  let both = 0;
  for (const pair of left) if (right.has(pair)) both += 1;
  return both / smaller;
}

function pairsOf(text: string): Set<string> {
  return new Set(letterPairs(text));
}
