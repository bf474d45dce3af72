import type { Evidence } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { sentencesOf } from '../text/sentences.ts';
import { withoutDecoration } from '../text/typography.ts';
import { alike } from './alike.ts';
import { closed } from './can-stand.ts';
import { cleanTitle } from './clean-title.ts';
import { type Cut, combineSentences, type Lengths, sentencesIn } from './combine-sentences.ts';
import { type Passage, readSentences, type Sentence, SPEAKS_ITSELF } from './read-sentences.ts';
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
  // What points back in a text of one sentence points to the title.
  const leads = own !== undefined && (saysMore || (texts.length > 0 && openers.length === 0));
  const all = [...(leads ? [own] : []), ...texts, ...others];
  const told = all.filter(({ text }) => !/[？?]$/.test(text));
  const candidates = told.length > 0 ? told : all;
  const packed = pack(withoutEchoes(candidates, headline, leads ? own : undefined), lengths);
  if (packed.length > 0) return packed;
  const shortest = texts.toSorted((a, b) => a.length - b.length)[0];
  if (shortest && shortest.length <= lengths.most * 2) return [shortest];
  return own && own.length <= lengths.most * 2 ? [own] : [];
}

/** `huggingface/ml-intern`: an address is no sentence. */
const REPOSITORY = /^[\w.-]+\/[\w.-]+(?:（[^）]*）)?$/;

/** A title as a sentence: no labels or openers, a calm voice, no question where something else is said. */
function plainTitle(title: string, desk: WritingDesk): string {
  const bare = title.replace(/[【（(]附[^】）)]{1,24}[】）)]/gu, '');
  const said = sentencesOf(cleanTitle(bare, desk).replace(/！(?=\S)/gu, '。'));
  const told = said.filter((sentence) => !/[？?]$/.test(sentence));
  return (told.length > 0 ? told : said).join('');
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
    said.push(cut.text);
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
