import type { Evidence } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { sentencesOf } from '../text/sentences.ts';
import { withoutDecoration } from '../text/typography.ts';
import { alike } from './alike.ts';
import { closed } from './can-stand.ts';
import { cleanTitle } from './clean-title.ts';
import { type Cut, combineSentences, type Lengths, sentencesIn } from './combine-sentences.ts';
import { type Passage, readSentences, type Sentence, SPEAKS_ITSELF } from './read-sentences.ts';
import { readStatement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** The event itself may be these shares of the house's length short or long, rather than background of the right length. */
const WIDE = { least: 0.64, most: 1.16 } as const;

/** What a summary should measure, in characters, and what it may. */
function lengthsOf({ style }: WritingDesk): Lengths {
  const aim = style.length.summary;
  return { least: Math.round(aim.least * WIDE.least), most: Math.round(aim.most * WIDE.most), aim };
}

/** Characters beyond the headline that make a sentence more than its echo. */
const SAYS_MORE = 6;

/**
 * A few of the story's own sentences, in their order, that together measure what the house style asks for (70-95
 * characters); cut only where what is left can stand alone. Says `thin` when the story has too little to say.
 */
export function writeSummary(
  headline: string,
  passages: readonly Passage[],
  desk: WritingDesk,
): { summary: string; evidence: Evidence[]; thin: boolean } {
  const wide = lengthsOf(desk);
  const { aim } = wide;
  const named = passages.find(({ kind }) => kind === 'title');
  const title = named?.spell(named.text) ?? headline;
  const own = readSentences(headline, passages.slice(0, 1), desk);
  // The other outlets' sentences tell the same again in other words: only where this one has too little.
  const all = () => readSentences(headline, passages, desk);
  const fits = combineSentences(own, title, desk, wide);
  const cuts =
    (fits && measures(fits, aim) ? fits : undefined) ??
    combineSentences(all(), title, desk, { ...aim, aim }) ??
    fits ??
    fallback(all(), headline, passages, wide, desk);
  const summary = cuts.map((cut) => cut.text).join('');
  return {
    summary,
    evidence: cuts.map(({ text, sentence }) => ({
      claim: text,
      source: sentence.source,
      articleId: sentence.articleId,
    })),
    // A brief that has to begin with what points back is as poor as a short one.
    thin: visibleLength(summary) < aim.least || cuts[0]?.sentence.opens === false,
  };
}

function measures(cuts: readonly Cut[], aim: Lengths['aim']): boolean {
  const length = cuts.reduce((sum, cut) => sum + cut.length, 0);
  return length >= aim.least && length <= aim.most;
}

/** Too little, or only long sentences: what is nearest to the measure, honestly shorter or a little longer. */
function fallback(
  sentences: readonly Sentence[],
  headline: string,
  passages: readonly Passage[],
  lengths: Lengths,
  desk: WritingDesk,
): Cut[] {
  const openers = sentences.filter((sentence) => sentence.opens);
  const usable = (openers.length > 0 ? openers : sentences).map(toCut);
  const calm = usable.filter(({ text }) => !/[！!]/.test(text));
  const texts = calm.length > 0 ? calm : usable;
  const titles = passages
    .filter(({ kind, text }) => kind === 'title' && !REPOSITORY.test(text))
    .map((passage) => ({
      ...passage,
      source: passage.text,
      text: plainTitle(passage.spell(passage.text), desk),
    }));
  const [own, ...others] = titles
    .filter(({ text }, n) => n === 0 || !SPEAKS_ITSELF.test(text))
    .map(titleAsCut);
  // Where the headline had to leave out part of the title, the whole title comes first.
  const saysMore = own !== undefined && own.length >= visibleLength(headline) + SAYS_MORE;
  // What points back in a text of one sentence, or leaves out who, is said of the title.
  const needed = texts.length > 0 && (openers.length === 0 || leansOnTitle(texts, desk));
  const lead = own && (saysMore ? own : needed ? namedBefore(own, desk) : undefined);
  const all = [...(lead ? [lead] : []), ...texts, ...others];
  const told = all.filter((cut) => (needed && cut === lead) || !/[？?]$/.test(cut.text));
  const candidates = told.length > 0 ? told : all;
  const packed = pack(withoutEchoes(candidates, headline, lead), lengths);
  const shortest = texts.toSorted((a, b) => a.length - b.length)[0];
  const onlyTitle = packed.length === 1 && packed[0] === lead && own;
  if (onlyTitle) {
    const better = !saysMore && openers.length > 0 && shortest !== undefined && shortest.length > own.length;
    return [better ? shortest : own];
  }
  if (packed.length > 0) return packed;
  if (shortest && shortest.length <= lengths.most * 2) return [shortest];
  return own && own.length <= lengths.most * 2 ? [own] : [];
}

/** `好比白卷考上大学。`, `这个问题问错了。`: without a subject, or so short that only the title makes it clear. */
function leansOnTitle(texts: readonly Cut[], desk: WritingDesk): boolean {
  const length = texts.reduce((sum, cut) => sum + cut.length, 0);
  const first = texts[0]?.text ?? '';
  if (/^.{2,12}：/u.test(first)) return false;
  return length < CLEAR_ALONE || !/^(?:whole|late|explained)$/.test(readStatement(first, desk).shape);
}
/** `Harbor` and `一个面向智能体的运行框架。` → `Harbor：一个面向智能体的运行框架。` */
function namedBefore(title: Cut, desk: WritingDesk): Cut {
  const name = title.text.replace(/。$/u, '');
  const bare = title.length <= CLEAR_ALONE && readStatement(name, desk).shape === 'bare';
  return bare ? { ...title, text: `${name}：` } : title;
}

/** Characters of a text that is about to be clear by itself. */
const CLEAR_ALONE = 20;

/** `huggingface/ml-intern`: an address is no sentence. */
const REPOSITORY = /^[\w.-]+\/[\w.-]+(?:（[^）]*）)?$/;

/** A title as a sentence: no labels or openers, a calm voice, no question where something else is said. */
function plainTitle(title: string, desk: WritingDesk): string {
  const bare = title.replace(/[【（(]附[^】）)]{1,24}[】）)]/gu, '');
  const said = sentencesOf(withoutCries(cleanTitle(bare, desk), desk));
  const told = said.filter((sentence) => !/[？?]$/.test(sentence));
  return (told.length > 0 ? told : said).join('');
}

/**
 * `大跌眼镜！青石开源编程模型` → `青石开源编程模型`, `青石开源了！权重可商用` → `青石开源了，权重可商用`: a cry goes, a short
 * exclamation becomes a clause.
 */
function withoutCries(title: string, desk: WritingDesk): string {
  const said = title.split(/！(?=\S)/u);
  const [first = '', ...rest] = said;
  const cry =
    rest.length > 0 &&
    visibleLength(first) <= CRY_MOST &&
    !/\d/.test(first) &&
    desk.findNames(first).length === 0 &&
    visibleLength(rest.join('')) >= CRY_MOST &&
    readStatement(first, desk).shape !== 'whole';
  const kept = cry ? rest : said;
  return kept.reduce((all, part) => {
    const joins = visibleLength(lastOf(all)) <= CLAUSE_MOST && !/^[^。]*[？?]/u.test(part);
    return `${all}${joins ? '，' : '。'}${part}`;
  });
}
const CRY_MOST = 12;
const CLAUSE_MOST = 16;

/** What stands after the last mark that ends a sentence. */
function lastOf(text: string): string {
  return text.slice(text.lastIndexOf('。') + 1);
}

function toCut(sentence: Sentence): Cut {
  const text = closed(sentence.text);
  return { sentence, text, length: visibleLength(text) };
}

function titleAsCut({ text, source, articleId }: { text: string; source: string; articleId: string }): Cut {
  return toCut({
    text: withoutDecoration(text),
    source,
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
    // A name before a colon says nothing yet.
    if (!cut.text.endsWith('：')) said.push(cut.text);
    return true;
  });
}

function pack(cuts: readonly Cut[], { most, aim }: Lengths): Cut[] {
  const packed: Cut[] = [];
  let length = 0;
  for (const cut of cuts)
    if (packed.length < sentencesIn(aim) && length + cut.length <= (packed.length === 0 ? most : aim.most)) {
      packed.push(cut);
      length += cut.length;
    }
  return packed;
}
