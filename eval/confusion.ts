/** What a label says and what was found, row by row. */
export type Called = { truth: string; found: string };

/** Counts of what was found (columns) for each label (lines), in the order of `names`; others are left out. */
export function confusionLines(title: string, rows: readonly Called[], names: readonly string[]): string[] {
  const used = names.filter((name) => rows.some(({ truth, found }) => truth === name || found === name));
  const count = (truth: string, found: string) =>
    rows.filter((row) => row.truth === truth && row.found === found).length;
  return [
    `${title}\t${used.join('\t')}`,
    ...used.map((truth) => `${truth}\t${used.map((found) => count(truth, found)).join('\t')}`),
  ];
}

/** Of rows that should be called noise and those that were: precision and recall over all rows alike. */
export function noiseFigures(rows: readonly Called[]): Record<string, number> {
  const share = (part: number, whole: number) => part / Math.max(1, whole);
  const called = rows.filter(({ found }) => found !== NOT_NOISE);
  const meant = rows.filter(({ truth }) => truth !== NOT_NOISE);
  const right = called.filter(({ truth }) => truth !== NOT_NOISE).length;
  return {
    'noise.precision': share(right, called.length),
    'noise.recall': share(right, meant.length),
  };
}

/** How a row that is no noise is written in these tables. */
export const NOT_NOISE = 'news';

export const NOISE_NAMES: readonly string[] = [
  NOT_NOISE,
  'off-topic',
  'advert',
  'event',
  'recruiting',
  'roundup',
  'repost',
  'thin',
];
