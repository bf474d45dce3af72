/** ROUGE F1 by characters: of single ones, of neighbouring pairs, of the longest common subsequence. All 0..1. */
export type Rouge = { r1: number; r2: number; rl: number };

/**
 * Character ROUGE (Lin 2004) of a text against one reference, as is usual for Chinese: letters and digits in lower case,
 * marks and blanks left out. Cost: quadratic in the lengths, for the subsequence.
 */
export function rouge(candidate: string, reference: string): Rouge {
  const [one, other] = [lettersOf(candidate), lettersOf(reference)];
  return {
    r1: f1(shared(one, other), one.length, other.length),
    r2: f1(shared(pairsOf(one), pairsOf(other)), one.length - 1, other.length - 1),
    rl: f1(longestCommon(one, other), one.length, other.length),
  };
}

/** The mean of each figure; zeros of none. */
export function meanRouge(all: readonly Rouge[]): Rouge {
  const mean = (of: (one: Rouge) => number) =>
    all.reduce((sum, one) => sum + of(one), 0) / Math.max(1, all.length);
  return { r1: mean((one) => one.r1), r2: mean((one) => one.r2), rl: mean((one) => one.rl) };
}

function lettersOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]/gu) ?? []
  );
}

function pairsOf(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
}

/** How many the two lists share, each counted as often as both have it. */
function shared(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  let both = 0;
  for (const item of one) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    both += 1;
    left.set(item, count - 1);
  }
  return both;
}

function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (const [at, theirs] of other.entries())
      next.push(letter === theirs ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

function f1(both: number, one: number, other: number): number {
  return one <= 0 || other <= 0 ? 0 : (2 * both) / (one + other);
}
