import type { FactDesk } from '../facts/fact-desk.ts';
import type { Mark } from '../facts/marks.ts';
import { plainText } from '../facts/plain-text.ts';

/** English denies inside words, too: `unanswerable`, `lacks`, `stops`. */
const SOFTLY =
  /\b(?:un|non|dis|in|im|ir)[a-z]{4,}|\b(?:lack|stop|fail|lose|lost|refus|declin|miss|avoid|prevent|paus|end)[a-z]*/i;

/** A claim and the source sentences it names as its evidence, in another script. */
type Translated = {
  claim: string;
  /** The sentences named. */
  quoted: readonly string[];
  /** The clauses of them that are quoted. */
  clauses: readonly string[];
  sources: readonly string[];
};

/**
 * What a translation may have lost or added: a denial, a doubt, rise for fall. Words cannot be compared across scripts,
 * but the presence of such words can: in the claim, in the sentences it names, in the sources. Chinese messages.
 */
export function acrossScripts({ claim, quoted, clauses, sources }: Translated, desk: FactDesk): string[] {
  const said = plainText(claim);
  const evidence = plainText(quoted.join('\n'));
  const all = plainText(sources.join('\n'));
  const problems: string[] = [];
  for (const [group, added, lost] of [
    ['negation', '原文没有否定', '原文是否定的'],
    ['modality', '原文没有说是计划、可能或传闻', '原文说的是计划、可能或传闻'],
  ] as const) {
    const of = (text: string, soft: boolean) =>
      desk.readMarks(text).filter((mark: Mark) => mark.group === group && (soft || !mark.soft));
    const own = of(said, false)[0];
    if (
      own !== undefined &&
      of(evidence, true).length === 0 &&
      !(group === 'negation' && SOFTLY.test(evidence))
    )
      problems.push(`「${own.said}」：所附原文里${added.replace('原文', '')}`);
    const theirs = of(plainText(clauses.join('\n')), false)[0];
    if (theirs !== undefined && of(said, true).length === 0 && isOnly(clauses, group, desk))
      problems.push(`${lost}（${theirs.said}），简讯没有这样说`);
  }
  for (const polarity of ['up', 'down'] as const) {
    const turn = desk.findDirections(said).find(({ value }) => value.polarity === polarity && !value.light);
    if (turn === undefined) continue;
    const way = { polarity, said: turn.phrase };
    if (!desk.hintsAt(way, all)) problems.push(`「${turn.phrase}」：原文没有这样的升降`);
    const other = { polarity: polarity === 'up' ? 'down' : 'up', said: '' } as const;
    if (!desk.hintsAt(way, evidence) && desk.hintsAt(other, evidence))
      problems.push(`「${turn.phrase}」：所附原文说的是相反的升降`);
  }
  return problems;
}

/** Every clause named as evidence denies or doubts: then the claim cannot rest on one that does not. */
function isOnly(clauses: readonly string[], group: Mark['group'], desk: FactDesk): boolean {
  return clauses.every((sentence) =>
    desk.readMarks(plainText(sentence)).some((mark) => mark.group === group && !mark.soft),
  );
}
