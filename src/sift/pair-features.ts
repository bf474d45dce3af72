import type { Bag, Bags } from './bags.ts';
import type { Piece } from './pieces.ts';

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

/** Two tellings further apart are told apart no further by their distance. */
const MAX_HOURS = 240;

/** The values of `PAIR_FEATURES` for two pieces, in `into` when that is given. Symmetric. */
export type PairReader = (left: Piece, right: Piece, into?: Float64Array) => Float64Array;

/**
 * Prepares to look at pairs. Cost of a pair: a few microseconds, bounded by the bags' sizes; the first pair with another
 * `right` costs more, so it pays to compare one piece with all others in turn.
 */
export function createPairReader(bags: Bags): PairReader {
  const laid = {
    whole: bags.spread(),
    title: bags.spread(),
    hard: bags.spread(),
    titleHard: bags.spread(),
    units: bags.spread(),
    names: bags.spread(),
    figures: bags.spread(),
    head: bags.spread(),
  };
  return (left, right, into = new Float64Array(PAIR_FEATURES.length)) => {
    laid.whole.lay(right.wholeBag);
    laid.title.lay(right.titleBag);
    laid.hard.lay(right.hardBag);
    laid.titleHard.lay(right.titleHardBag);
    laid.units.lay(right.unitBag);
    laid.names.lay(right.nameBag);
    laid.figures.lay(right.figureBag);
    laid.head.lay(right.head);
    let at = 0;
    const put = (value: number) => {
      into[at] = value;
      at += 1;
    };
    const names = laid.names.overlap(left.nameBag);
    const whole = laid.whole.overlap(left.wholeBag);
    put(whole.cosine);
    put(whole.ofSmaller);
    put(whole.ofLarger);
    put(whole.mass);
    put(Math.min(bags.mass(left.wholeBag), bags.mass(right.wholeBag)) - whole.mass);
    put(Math.max(bags.mass(left.wholeBag), bags.mass(right.wholeBag)) - whole.mass);
    put(whole.rarest1);
    put(whole.rarest2);
    put(whole.rarest3);
    put(whole.count);
    put(whole.mass - names.mass);
    put(whole.count - names.count);
    const leftInRight = laid.whole.overlap(left.titleBag).mass;
    const rightInLeft = laid.title.overlap(left.wholeBag).mass;
    const leftTitle = bags.mass(left.titleBag);
    const rightTitle = bags.mass(right.titleBag);
    const leftHardApart = bags.mass(left.titleHardBag) - laid.whole.overlap(left.titleHardBag).mass;
    const rightHardApart = bags.mass(right.titleHardBag) - laid.titleHard.overlap(left.wholeBag).mass;
    const title = laid.title.overlap(left.titleBag);
    put(title.cosine);
    put(title.ofSmaller);
    put(title.ofLarger);
    put(title.mass);
    put(Math.max(leftInRight / (leftTitle || 1), rightInLeft / (rightTitle || 1)));
    put(Math.min(leftTitle - leftInRight, rightTitle - rightInLeft));
    put(Math.max(leftTitle - leftInRight, rightTitle - rightInLeft));
    put(Math.min(leftHardApart, rightHardApart));
    put(Math.max(leftHardApart, rightHardApart));
    const hardInOther = Math.max(
      laid.whole.overlap(left.hardBag).mass,
      laid.hard.overlap(left.wholeBag).mass,
    );
    const hard = laid.hard.overlap(left.hardBag);
    put(hard.cosine);
    put(hard.ofSmaller);
    put(hard.mass);
    const units = laid.units.overlap(left.unitBag);
    put(units.cosine);
    put(units.ofSmaller);
    put(units.ofLarger);
    put(units.mass);
    put(laid.head.overlap(left.head).mass);
    const figures = laid.figures.overlap(left.figureBag);
    put(figures.count);
    put(figures.mass);
    put(hardInOther);
    put(bags.shared(left.names, right.names));
    put(apart(left.names, right.names, bags));
    put(bags.shared(left.numbers, right.numbers));
    put(shareOf(left.numbers, right.numbers, bags));
    put(bags.shared(left.versions, right.versions));
    put(bags.shared(left.quotes, right.quotes));
    put(apart(left.quotes, right.quotes, bags));
    put(bags.shared(left.dates, right.dates));
    put(apart(left.dates, right.dates, bags));
    const shorter = Math.min(left.opening.length, right.opening.length);
    const longer = Math.max(left.opening.length, right.opening.length);
    put(shorter);
    put(longer);
    put(longer === 0 ? 1 : shorter / longer);
    put(Math.min(MAX_HOURS, Math.abs(left.publishedAt - right.publishedAt) / 3_600_000));
    put(left.sourceId === right.sourceId ? 1 : 0);
    return into;
  };
}

/** 1 when both have such facts and share none. */
function apart(left: Bag, right: Bag, bags: Bags): number {
  return left !== 0 && right !== 0 && bags.shared(left, right) === 0 ? 1 : 0;
}

/** How much of the smaller bag is shared; -1 when one of them is empty. */
function shareOf(left: Bag, right: Bag, bags: Bags): number {
  if (left === 0 || right === 0) return -1;
  return bags.shared(left, right) / Math.min(bags.size(left), bags.size(right));
}
