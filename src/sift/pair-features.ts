import { overlap } from './bags.ts';
import type { Piece } from './pieces.ts';

/** What an editor would look at to tell whether two pieces tell the same event. The order is that of the values. */
export const PAIR_FEATURES = [
  'wholeCosine',
  'wholeOfSmaller',
  'wholeOfLarger',
  'wholeMass',
  'rarest1',
  'rarest2',
  'rarest3',
  'sharedTerms',
  'massBeyondNames',
  'termsBeyondNames',
  'titleCosine',
  'titleOfSmaller',
  'titleOfLarger',
  'titleMass',
  'titleInOther',
  'hardCosine',
  'hardOfSmaller',
  'hardMass',
  'unitCosine',
  'unitOfSmaller',
  'unitOfLarger',
  'unitMass',
  'headMass',
  'figures',
  'figureMass',
  'hardInOther',
  'names',
  'namesApart',
  'numbers',
  'numbersShare',
  'versions',
  'quotes',
  'quotesApart',
  'dates',
  'datesApart',
  'shorterLength',
  'longerLength',
  'lengthRatio',
  'hoursApart',
  'sameSource',
] as const;

export type PairFeature = (typeof PAIR_FEATURES)[number];

/** Two tellings further apart are told apart no further by their distance. */
const MAX_HOURS = 240;

/** The values of `PAIR_FEATURES` for two pieces. Symmetric. Cost: some microseconds, bounded by the bags' sizes. */
export function pairFeatures(left: Piece, right: Piece, idf: Float32Array): Float64Array {
  const whole = overlap(left.wholeBag, right.wholeBag, idf);
  const title = overlap(left.titleBag, right.titleBag, idf);
  const hard = overlap(left.hardBag, right.hardBag, idf);
  const units = overlap(left.unitBag, right.unitBag, idf);
  const shared = overlap(left.nameBag, right.nameBag, idf);
  const figures = overlap(left.figureBag, right.figureBag, idf);
  const names = compare(left.names, right.names);
  const numbers = compare(left.numbers, right.numbers);
  const dates = compare(left.dates, right.dates);
  const quotes = compare(left.quotes, right.quotes);
  const shorter = Math.min(left.opening.length, right.opening.length);
  const longer = Math.max(left.opening.length, right.opening.length);
  return Float64Array.of(
    whole.cosine,
    whole.ofSmaller,
    whole.ofLarger,
    whole.mass,
    whole.rarest[0],
    whole.rarest[1],
    whole.rarest[2],
    whole.count,
    whole.mass - shared.mass,
    whole.count - shared.count,
    title.cosine,
    title.ofSmaller,
    title.ofLarger,
    title.mass,
    Math.max(titleInside(left, right, idf), titleInside(right, left, idf)),
    hard.cosine,
    hard.ofSmaller,
    hard.mass,
    units.cosine,
    units.ofSmaller,
    units.ofLarger,
    units.mass,
    headMass(left, right, idf),
    figures.count,
    figures.mass,
    Math.max(
      overlap(left.hardBag, right.wholeBag, idf).mass,
      overlap(right.hardBag, left.wholeBag, idf).mass,
    ),
    names.both,
    names.apart,
    numbers.both,
    numbers.share,
    compare(left.versions, right.versions).both,
    quotes.both,
    quotes.apart,
    dates.both,
    dates.apart,
    shorter,
    longer,
    longer === 0 ? 1 : shorter / longer,
    Math.min(MAX_HOURS, Math.abs(left.publishedAt - right.publishedAt) / 3_600_000),
    left.sourceId === right.sourceId ? 1 : 0,
  );
}

/** Share of one title's rarity that stands anywhere in the other's title and lead. */
function titleInside(title: Piece, other: Piece, idf: Float32Array): number {
  return overlap(title.titleBag, other.wholeBag, idf).mass / (title.titleBag.mass || 1);
}

/** How many facts both have; `apart` 1 when both have some and share none; `share` -1 when one has none. */
function compare(left: ReadonlySet<string>, right: ReadonlySet<string>) {
  if (left.size === 0 || right.size === 0) return { both: 0, apart: 0, share: -1 };
  let both = 0;
  for (const fact of left) if (right.has(fact)) both += 1;
  return { both, apart: both === 0 ? 1 : 0, share: both / Math.min(left.size, right.size) };
}

/** Rarity of the words that both titles begin with. */
function headMass(left: Piece, right: Piece, idf: Float32Array): number {
  let mass = 0;
  for (const id of left.head) if (right.head.includes(id)) mass += idf[id] ?? 0;
  return mass;
}
