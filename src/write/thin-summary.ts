import { visibleLength } from '../text/length.ts';
import { withoutDecoration } from '../text/typography.ts';
import { alike } from './alike.ts';
import { closed } from './can-stand.ts';
import { type Cut, type Lengths, sentencesIn } from './combine-sentences.ts';
import { REPOSITORY } from './headline-of-name.ts';
import { type Passage, type Sentence, SPEAKS_ITSELF } from './read-sentences.ts';
import { readStatement } from './statement.ts';
import { titleAsSentence } from './title-as-sentence.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Characters beyond the headline that make a sentence more than its echo. */
const SAYS_MORE = 6;

/** Too little, or only long sentences: what is nearest to the measure, honestly shorter or a little longer. */
export function thinSummary(
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
  // An address is no sentence.
  const titles = passages
    .filter(({ kind, text }) => kind === 'title' && !REPOSITORY.test(text))
    .map((passage) => ({
      ...passage,
      source: passage.text,
      text: titleAsSentence(passage.spell(passage.text), desk),
    }));
  const [own, ...others] = titles
    .filter(({ text }, n) => n === 0 || !SPEAKS_ITSELF.test(text))
    .map(titleAsCut);
  // Where the headline had to leave out part of the title, the whole title comes first.
  const saysMore = own !== undefined && own.length >= visibleLength(headline) + SAYS_MORE;
  // What points back in a text of one sentence, or leaves out who, is said of the title.
  const needed =
    texts.length > 0 && (openers.length === 0 || leansOnTitle(texts, own?.text ?? headline, desk));
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

/**
 * `好比白卷考上大学。`, `这个问题问错了。`, `感冒谁都得过。`: without a subject, so short that only the title makes it clear, or of
 * something else, of which the news is told later.
 */
function leansOnTitle(texts: readonly Cut[], title: string, desk: WritingDesk): boolean {
  const length = texts.reduce((sum, cut) => sum + cut.length, 0);
  const first = texts[0]?.text ?? '';
  if (/^.{2,12}：/u.test(first)) return false;
  return (
    length < CLEAR_ALONE ||
    !/^(?:whole|late|explained)$/.test(readStatement(first, desk).shape) ||
    (alike(texts.map(({ text }) => text).join(''), title) < SAME_MATTER && !sharesName(texts, title, desk))
  );
}

function sharesName(texts: readonly Cut[], title: string, { findNames }: WritingDesk): boolean {
  const names = new Set(findNames(title).map(({ name }) => name));
  return texts.some(({ text }) => findNames(text).some(({ name }) => names.has(name)));
}

/** Share of the title's character pairs that a text on the same matter has at least. */
const SAME_MATTER = 0.15;

/** `Harbor` and `一个面向智能体的运行框架。` → `Harbor：一个面向智能体的运行框架。` */
function namedBefore(title: Cut, desk: WritingDesk): Cut {
  const name = title.text.replace(/。$/u, '');
  const bare = title.length <= NAME_MOST && readStatement(name, desk).shape === 'bare';
  return bare ? { ...title, text: `${name}：` } : title;
}

/** A longer title is no name, whatever its words are taken for. */
const NAME_MOST = 15;

/** Characters of a text that is about to be clear by itself. */
const CLEAR_ALONE = 20;

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
