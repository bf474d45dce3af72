/** A part of a month by its days, or of a year by its months. */
export type Part = { of: 'month' | 'year'; from: number; to: number };
/** The days of a month or the months of a year that such a word may mean. */
export const PARTS: Record<string, Part> = {
  上旬: { of: 'month', from: 1, to: 10 },
  中旬: { of: 'month', from: 11, to: 20 },
  下旬: { of: 'month', from: 21, to: 31 },
  月初: { of: 'month', from: 1, to: 10 },
  月底: { of: 'month', from: 21, to: 31 },
  月末: { of: 'month', from: 21, to: 31 },
  年初: { of: 'year', from: 1, to: 4 },
  年底: { of: 'year', from: 9, to: 12 },
  年末: { of: 'year', from: 9, to: 12 },
  上半年: { of: 'year', from: 1, to: 6 },
  下半年: { of: 'year', from: 7, to: 12 },
};

/** Have both a day or a month in common? */
export function overlap(one: Part, other: Part): boolean {
  return one.of === other.of && one.from <= other.to && other.from <= one.to;
}

/** Is the source's day or month within the part that the claim names? */
export function isIn(
  { of, from, to }: Part,
  known: { quarter?: number; month?: number; day?: number },
): boolean {
  const last = of === 'year' ? known.month : known.day;
  const quarter = of === 'year' && known.quarter !== undefined ? known.quarter * 3 : last;
  return quarter !== undefined && quarter >= from && quarter <= to;
}
