import { sentencesOf } from '../../text/sentences.ts';
import type { FactDesk } from '../facts/fact-desk.ts';
import { plainText } from '../facts/plain-text.ts';
import { termsOf } from '../facts/terms.ts';

/** Who does a deed and to whom, as far as the order of words tells: the terms on its two sides. */
type Sides = { verb: string; by: ReadonlySet<string>; to: ReadonlySet<string>; said: string };

/**
 * A deed whose two sides stand the other way round in the sources, in the sources' words; undefined when none does. For
 * names that no table knows, where the fact check looks at the nearest characters only: a model rearranges whole
 * sentences. Within one script. Pure; linear.
 */
export function swappedParties(
  claim: string,
  sources: readonly string[],
  desk: FactDesk,
): string | undefined {
  const said = sentencesOf(plainText(claim)).flatMap((sentence) => sidesIn(sentence, desk));
  if (said.length === 0) return undefined;
  const known = sources.flatMap((source) =>
    sentencesOf(plainText(source)).flatMap((sentence) => sidesIn(sentence, desk)),
  );
  for (const one of said) {
    const same = known.filter(({ verb }) => verb === one.verb);
    const crossed = same.find((other) => isCrossed(one, other));
    if (crossed !== undefined && !same.some((other) => isStraight(one, other))) return crossed.said;
  }
  return undefined;
}

const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>) => one.intersection(other).size;

function isCrossed(claim: Sides, source: Sides): boolean {
  return (
    shared(claim.by, source.to) > shared(claim.by, source.by) &&
    shared(claim.to, source.by) > shared(claim.to, source.to)
  );
}

function isStraight(claim: Sides, source: Sides): boolean {
  return (
    shared(claim.by, source.by) > shared(claim.by, source.to) &&
    shared(claim.to, source.to) >= shared(claim.to, source.by)
  );
}

function sidesIn(sentence: string, desk: FactDesk): Sides[] {
  return desk
    .findDeeds(sentence)
    .filter(({ value }) => desk.isAgentVerb(value))
    .map(({ value: verb, start, end }) => {
      const rest = /[，；,;。]/.exec(sentence.slice(end))?.index ?? sentence.length - end;
      const lead = sentence.slice(0, start);
      const after = sentence.slice(end, end + rest);
      const turned = desk.passiveBefore(lead);
      const [by, to] =
        turned === undefined
          ? [lead, after]
          : [lead.slice(turned.end), `${lead.slice(0, turned.start)}，${after}`];
      return { verb, by: termSet(by), to: termSet(to), said: sentence };
    });
}

/** Dates and amounts stand on either side. */
function termSet(text: string): Set<string> {
  return new Set(
    termsOf(text)
      .map(({ term }) => term)
      .filter((term) => !/\d|^[年月日亿万元]/.test(term)),
  );
}
