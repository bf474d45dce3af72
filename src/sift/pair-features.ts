import type { Shared } from './compare-sheets.ts';
import type { Piece } from './pieces.ts';
import { PARTS } from './sheet-layout.ts';

/** What an editor would look at to tell whether two pieces tell the same event. The order is that of the values. */
export const PAIR_FEATURES = [
  'wholeCosine',
  'wholeOfSmaller',
  'wholeOfLarger',
  'wholeMass',
  'wholeApart',
  'wholeApartMost',
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
  'titleApart',
  'titleApartMost',
  'hardApart',
  'hardApartMost',
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

/** Where the value of a feature stands. */
const AT = Object.fromEntries(PAIR_FEATURES.map((name, at) => [name, at])) as Record<PairFeature, number>;

/** Two tellings further apart are told apart no further by their distance. */
const MAX_HOURS = 240;

/** The values of `PAIR_FEATURES` for two pieces and what their sheets share, in `into` when that is given. Symmetric. */
export function readPair(
  left: Piece,
  right: Piece,
  shared: Readonly<Shared>,
  into: Float64Array = new Float64Array(PAIR_FEATURES.length),
): Float64Array {
  const { whole, title, hard, units } = shared;
  const [one, other] = [shared.left, shared.right];
  into[AT.wholeCosine] = whole.cosine;
  into[AT.wholeOfSmaller] = share(whole.mass, whole.lighter);
  into[AT.wholeOfLarger] = share(whole.mass, whole.heavier);
  into[AT.wholeMass] = whole.mass;
  into[AT.wholeApart] = whole.lighter - whole.mass;
  into[AT.wholeApartMost] = whole.heavier - whole.mass;
  into[AT.rarest1] = shared.rarest1;
  into[AT.rarest2] = shared.rarest2;
  into[AT.rarest3] = shared.rarest3;
  into[AT.sharedTerms] = shared.terms;
  into[AT.massBeyondNames] = whole.mass - shared.nameMass;
  into[AT.termsBeyondNames] = shared.terms - shared.names;
  into[AT.titleCosine] = title.cosine;
  into[AT.titleOfSmaller] = share(title.mass, title.lighter);
  into[AT.titleOfLarger] = share(title.mass, title.heavier);
  into[AT.titleMass] = title.mass;
  into[AT.titleInOther] = Math.max(
    one.titleInOther / (one.titleMass || 1),
    other.titleInOther / (other.titleMass || 1),
  );
  const titleApart = one.titleMass - one.titleInOther;
  const otherTitleApart = other.titleMass - other.titleInOther;
  into[AT.titleApart] = Math.min(titleApart, otherTitleApart);
  into[AT.titleApartMost] = Math.max(titleApart, otherTitleApart);
  const hardApart = one.titleHardMass - one.titleHardInOther;
  const otherHardApart = other.titleHardMass - other.titleHardInOther;
  into[AT.hardApart] = Math.min(hardApart, otherHardApart);
  into[AT.hardApartMost] = Math.max(hardApart, otherHardApart);
  into[AT.hardCosine] = hard.cosine;
  into[AT.hardOfSmaller] = share(hard.mass, hard.lighter);
  into[AT.hardMass] = hard.mass;
  into[AT.unitCosine] = units.cosine;
  into[AT.unitOfSmaller] = share(units.mass, units.lighter);
  into[AT.unitOfLarger] = share(units.mass, units.heavier);
  into[AT.unitMass] = units.mass;
  into[AT.headMass] = shared.headMass;
  into[AT.figures] = shared.figures;
  into[AT.figureMass] = shared.figureMass;
  into[AT.hardInOther] = Math.max(one.hardInOther, other.hardInOther);
  const both = one.parts & other.parts;
  into[AT.names] = shared.named;
  into[AT.namesApart] = apart(both & PARTS.named, shared.named);
  into[AT.numbers] = shared.numbers;
  // How much of the fewer numbers is shared; -1 when one piece has none.
  into[AT.numbersShare] =
    (both & PARTS.number) === 0 ? -1 : shared.numbers / Math.min(one.numbers, other.numbers);
  into[AT.versions] = shared.versions;
  into[AT.quotes] = shared.quotes;
  into[AT.quotesApart] = apart(both & PARTS.quote, shared.quotes);
  into[AT.dates] = shared.dates;
  into[AT.datesApart] = apart(both & PARTS.date, shared.dates);
  const shorter = Math.min(left.openingLength, right.openingLength);
  const longer = Math.max(left.openingLength, right.openingLength);
  into[AT.shorterLength] = shorter;
  into[AT.longerLength] = longer;
  into[AT.lengthRatio] = longer === 0 ? 1 : shorter / longer;
  into[AT.hoursApart] = Math.min(MAX_HOURS, Math.abs(left.publishedAt - right.publishedAt) / 3_600_000);
  into[AT.sameSource] = left.sourceId === right.sourceId ? 1 : 0;
  return into;
}

/** 1 when both have such facts and share none. */
function apart(bothHave: number, shared: number): number {
  return bothHave !== 0 && shared === 0 ? 1 : 0;
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, part / whole);
}
