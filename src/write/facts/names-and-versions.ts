import type { Name, NameFinder } from '../../text/names.ts';

/** A version with what it is a version of: `Claude Opus 4.7` is 4.7 of `opus` in the run `claude opus`. */
export type Version = {
  version: string;
  /** The words right before it, nearest last, lower case. */
  run: string[];
  /** Canonical name that ends right before it. */
  name: string | undefined;
  said: string;
  start: number;
  end: number;
};

/** A Latin word that may be a name. */
export type LatinWord = { word: string; start: number; end: number };
export type FoundName = { name: Name; said: string; start: number; end: number };

const LATIN = /[A-Za-z][A-Za-z0-9]*(?:[.\-_+'&/#][A-Za-z0-9]+)*\+*/g;
/** A unit, a scale or a counter after it makes the number an amount, not a version. */
const AMOUNT_AFTER_DECIMAL = /^\s?(?:[%％万亿千百倍年月]|million|billion|trillion|x\b|GB|TB|MB)/u;
const AMOUNT_AFTER =
  /^(?:[\d,]*\d|\s?(?:[%％万亿千百倍年月日号个款项家种类位名人条次篇台座轮届张部套件元美天周小分秒米瓦岁亿折成]|million|billion|trillion|thousand|hundred|percent|years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|x\b|dollars?|[KMBTGkmb]{1,2}B?\b)|[-~至到](?!\p{L}))/u;
/** The Latin words right before a number, the last without a digit: `Claude Opus ` before `4.7`. */
const RUN_BEFORE = /((?:[A-Za-z][A-Za-z0-9+.]*[ -])*[A-Za-z][A-Za-z+.]*)([ -]?)$/;
const VERSION = /(?<![\d.,$¥€£])(?:(?<![A-Za-z])[vV])?(\d{1,3}(?:\.(?:\d+|x))*)(?![\d])/gu;
/** Capitalised words before a number that is no version of theirs. */
const NOT_VERSIONED = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec top the in at on by for of to from and over about no number part chapter series day week pass best than q h fy level phase step'.split(
    ' ',
  ),
);

/** The versions in a text: a number right after a Latin word or a known name, joined by nothing, a blank or a hyphen. */
export function readVersions(text: string, names: readonly FoundName[]): Version[] {
  const found: Version[] = [];
  for (const match of text.matchAll(VERSION)) {
    const start = match.index;
    const end = start + match[0].length;
    const version = (match[1] ?? '').replace(/^0+(?=\d)/, '').replace(/(?<=\d)(?:\.0)+$/, '');
    const lead = text.slice(Math.max(0, start - 48), start);
    const run = RUN_BEFORE.exec(lead);
    const known = names.find(
      (name) => name.end <= start && name.end >= start - 1 && /^[ -]?$/.test(text.slice(name.end, start)),
    );
    if (run === null && known === undefined) continue;
    // `日本 2纳米`: places and people have no versions.
    if (run === null && known && !/^(?:model|product|company)$/.test(known.name.kind)) continue;
    const words = (run?.[1] ?? '').split(/[ -]/).filter((word) => word !== '');
    const nearest = words.at(-1) ?? '';
    const joined = known === undefined ? run?.[2] : text.slice(known.end, start);
    const rest = text.slice(end);
    const amount = version.includes('.') ? AMOUNT_AFTER_DECIMAL : AMOUNT_AFTER;
    if (
      amount.test(rest) &&
      (joined === ' ' ||
        known === undefined ||
        /\p{Script=Han}$/u.test(known.said) ||
        /^[万亿千百%％年月]/.test(rest))
    )
      continue;
    // «the 14 objects»: a lower-case word and a blank before a whole number make no version.
    if (known === undefined && joined === ' ' && !version.includes('.') && !/[A-Z]/.test(nearest)) continue;
    if (known === undefined && NOT_VERSIONED.has(nearest.toLowerCase())) continue;
    found.push({
      version,
      run: words.map((word) => word.toLowerCase()),
      name: known?.name.name,
      said: text.slice(known?.start ?? start - nearest.length - (joined?.length ?? 0), end),
      start,
      end,
    });
  }
  return found;
}

/** Is the claim's version one of the same thing in the source? */
export function sameVersion(claim: Version, source: Version): boolean {
  return claim.version === source.version && sameFamily(claim, source);
}

/** Are these versions of one thing? */
export function sameFamily(claim: Version, source: Version): boolean {
  const nearest = claim.run.at(-1);
  return (
    (claim.name !== undefined && claim.name === source.name) ||
    (nearest !== undefined && source.run.includes(nearest)) ||
    (claim.run.length > 0 && claim.run.includes(source.run.at(-1) ?? '-'))
  );
}

/** Every Latin word of a text with its place. */
export function latinWords(text: string): LatinWord[] {
  return [...text.matchAll(LATIN)].map((match) => ({
    word: match[0].replace(/'s$/, ''),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

export function readNames(text: string, find: NameFinder): FoundName[] {
  return find(text).map((hit) => ({ ...hit, said: text.slice(hit.start, hit.end) }));
}

/** The ways a Latin word may stand in the source: whole, its parts, without plural; lower case. */
export function wordForms(word: string): string[] {
  const low = word.toLowerCase();
  const parts = low.split(/[^a-z0-9]+/).filter((part) => part !== '');
  return [low, ...parts].flatMap((form) => [form, form.replace(/(?<=[a-z]{2})s$/, '')]);
}
