import type { Evidence } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { type Cut, combineSentences, type Lengths } from './combine-sentences.ts';
import { type Passage, readSentences } from './read-sentences.ts';
import { thinSummary } from './thin-summary.ts';
import type { WritingDesk } from './writing-desk.ts';

/** The event itself may be these shares of the house's length short or long, rather than background of the right length. */
const WIDE = { least: 0.64, most: 1.16 } as const;

/** What a summary should measure, in characters, and what it may. */
function lengthsOf({ style }: WritingDesk): Lengths {
  const aim = style.length.summary;
  return { least: Math.round(aim.least * WIDE.least), most: Math.round(aim.most * WIDE.most), aim };
}

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
    thinSummary(all(), headline, passages, wide, desk);
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
