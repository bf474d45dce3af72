import type { FactRules } from './fact-rules.ts';
import { readHanNumber } from './han-number.ts';
import { oneOf } from './plain-text.ts';

/** How exactly a number is meant: 约, 近 / 超, 逾 / 不到, 最多. */
export type Bound = 'exact' | 'about' | 'over' | 'under';

/** An amount with its unit, by value: 5000亿美元 and $500 billion are `5e11 美元`. */
export type Quantity = {
  value: number;
  /** As `units` in the rules names it; `''` for a bare number or one with a counter (`14个`). */
  unit: string;
  bound: Bound;
  /** The number as it is written, without scale and unit: what stays when only the unit was changed. */
  digits: number;
  said: string;
  /** `三款`: few things, counted in Chinese characters; the word they are counted with. */
  few: string | undefined;
  start: number;
  end: number;
};

export type QuantityReader = (text: string) => Quantity[];

const SCALES: Record<string, number> = {
  万亿: 1e12,
  千亿: 1e11,
  百亿: 1e10,
  十亿: 1e9,
  亿: 1e8,
  千万: 1e7,
  百万: 1e6,
  十万: 1e5,
  万: 1e4,
  千: 1e3,
  百: 100,
  trillion: 1e12,
  billion: 1e9,
  million: 1e6,
  thousand: 1e3,
  hundred: 100,
  bn: 1e9,
  t: 1e12,
  b: 1e9,
  m: 1e6,
  k: 1e3,
};
const SCALE =
  '万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|(?:trillion|billion|million|thousand|hundred|bn|[TBMKbmk])(?![A-Za-z])';
const DIGITS = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';
const HAN = '[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?';
/** English number words that stand where a number would. */
const WORDS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};
/** Letters and digits around a number make it part of a name or a version (GPT-5, A3B, pass@2, 1.2.3). */
const NOT_BEFORE = '(?<![A-Za-z\\d@_]|[A-Za-z][-.]|\\d[.,])';
const NOT_AFTER = '(?![A-Za-z_\\d]|\\.\\d|-?[A-Za-z])';
const JOINT = /^\s?(?:-|~|—+|～|至|到|to|and|\/|[和与及或、])\s?$/;
const LIST = /and|[和与及或、]/;
/** Up to here things are counted by the eye: who writes 三款 may have counted them himself. */
const FEW = 12;
const FRACTION = new RegExp(`(${HAN})分之(${HAN})`, 'gu');
/** Round the clock: no amount. */
const IDIOM = /7\s?[x×*/]\s?24(?:\s?小时)?/gi;

/** Builds a reader of quantities in both languages. Linear in the text. */
export function createQuantityReader(rules: FactRules): QuantityReader {
  const forms = new Map(rules.units.flatMap((unit) => unit.forms.map((form) => [form, unit] as const)));
  const signs = new Map(rules.units.flatMap((unit) => unit.signs.map((sign) => [sign, unit] as const)));
  const latin = [...forms.keys()].filter((form) => /[A-Za-z]$/.test(form));
  const han = [...forms.keys()].filter((form) => !latin.includes(form));
  const number = new RegExp(
    `(?<sign>${oneOf([...signs.keys()])})?\\s?(?:(?<digits>${NOT_BEFORE}(?:${DIGITS}))|(?<han>(?<![第数几零〇一二两三四五六七八九十百千万亿])(?:${HAN}))|(?<word>\\b(?:${oneOf(Object.keys(WORDS))})\\b))` +
      `(?:\\s?(?<scale>${SCALE}))?(?:\\s?(?<vague>[多余几]|\\+))?\\s?` +
      // 成立, 周期: a unit's character may begin another word.
      `(?:(?<unit>(?:${oneOf(han)})(?!(?<=成)[立为功本长交品果都]|(?<=周)[期边围活榜报刊末年]|(?<=天)[生然文气际]|(?<=元)[年素])|(?:${oneOf(latin)})(?![A-Za-z\\d]))|(?<=[万亿千百])|${NOT_AFTER})`,
    'gu',
  );
  const counter = new RegExp(`^\\s?(?:${oneOf(rules.counters)})`, 'u');
  const readBound = createBoundReader(rules.bounds);
  const spelled = rules.spelled.map(({ forms: words, ...quantity }) => ({
    ...quantity,
    find: new RegExp(oneOf(words), 'gu'),
  }));
  return (whole) => {
    const text = whole.replace(IDIOM, (idiom) => '\u0001'.repeat(idiom.length));
    const found: Quantity[] = [];
    for (const match of text.matchAll(number)) {
      const parts = match.groups ?? {};
      const counted = counter.exec(text.slice(match.index + match[0].length))?.[0].trim();
      const digits = readDigits(parts, counted !== undefined);
      if (digits === undefined) continue;
      const unit = forms.get(parts.unit ?? '') ?? signs.get(parts.sign ?? '');
      const scale = SCALES[parts.scale ?? ''] ?? SCALES[(parts.scale ?? '').toLowerCase()] ?? 1;
      const lead = match[0].length - match[0].trimStart().length;
      const start = match.index + lead;
      const end = start + match[0].trim().length;
      found.push({
        value: exact(digits * scale * (unit?.factor ?? 1)),
        unit: unit?.unit ?? '',
        bound: readBound(text, start, end, parts.vague !== undefined),
        digits,
        few: parts.han !== undefined && parts.unit === undefined && digits <= FEW ? counted : undefined,
        said: match[0].trim(),
        start,
        end,
      });
    }
    for (const { unit, value, find } of spelled)
      for (const match of text.matchAll(find)) {
        const span = { start: match.index, end: match.index + match[0].length };
        const bound = /[过超近约]$/.exec(text.slice(0, span.start))?.[0];
        found.push({
          value,
          unit,
          bound: bound === undefined ? 'exact' : /[过超]/.test(bound) ? 'over' : 'about',
          digits: value,
          few: undefined,
          said: match[0],
          ...span,
        });
      }
    return [...joinRanges(text, found), ...fractionsIn(text)];
  };
}

/** 三分之一 = 33.3 %. */
function fractionsIn(text: string): Quantity[] {
  return [...text.matchAll(FRACTION)].flatMap((match): Quantity[] => {
    const [whole, part] = [match[1], match[2]].map((number) => readHanNumber(number ?? ''));
    if (whole === undefined || part === undefined || whole === 0) return [];
    const value = exact(Math.round((part / whole) * 1000) / 10);
    const span = { start: match.index, end: match.index + match[0].length };
    return [{ value, unit: '%', bound: 'exact', digits: value, few: undefined, said: match[0], ...span }];
  });
}

function readDigits(
  { digits, han, word, scale, unit, sign }: Record<string, string | undefined>,
  counted: boolean,
): number | undefined {
  if (digits !== undefined) return Number(digits.replaceAll(',', ''));
  if (word !== undefined) return WORDS[word];
  if (han === undefined) return undefined;
  const value = readHanNumber(han);
  // 千万, 百万 alone and 一个, 一款 say no number; 三星, 万一 are words.
  if (value === undefined || /^[百千万亿]/.test(han)) return undefined;
  if (unit !== undefined || sign !== undefined || scale !== undefined) return value;
  // 一千亿, 三百万: so large that nothing else is meant.
  if (/[一二两三四五六七八九十].*[万亿]$/u.test(han) && value >= 1e5) return value;
  return counted && value >= 2 ? value : undefined;
}

/** 10-20亿美元: the first number has the second's scale and unit. */
function joinRanges(text: string, found: Quantity[]): Quantity[] {
  for (let n = found.length - 2; n >= 0; n -= 1) {
    const low = found[n];
    const high = found[n + 1];
    if (low === undefined || high === undefined || !JOINT.test(text.slice(low.end, high.start))) continue;
    const joint = text.slice(low.end, high.start);
    if (joint === '/' && low.unit !== high.unit) continue;
    const scaleOfHigh = high.digits === 0 ? 1 : high.value / high.digits;
    const bare = low.value === low.digits;
    const list = LIST.test(joint);
    // `300亿和620亿美元` share the unit; `3和5万` do not share the scale.
    if (low.unit === '' && !bare && low.value / low.digits === high.value / high.digits)
      found[n] = { ...low, unit: high.unit };
    else if (low.unit === '' && bare && !list && low.digits <= high.digits)
      found[n] = { ...low, unit: high.unit, value: exact(low.digits * scaleOfHigh) };
  }
  return found;
}

function createBoundReader({ about, over, under }: FactRules['bounds']) {
  const before = (words: readonly string[]) =>
    new RegExp(`(?:${oneOf(words)})(?:了|达|至|到|于|为)?(?:每[秒天月年人])?\\s?$`, 'iu');
  const after = (words: readonly string[]) => new RegExp(`^\\s?[个名位家款人]?(?:${oneOf(words)})`, 'iu');
  const kinds = [
    // 不到 before 到, 不低于 before 低于: a longer word says the opposite of its end, so the longest match counts.
    { bound: 'under', before: before(under.before), after: after(under.after) },
    { bound: 'over', before: before(over.before), after: after(over.after) },
    { bound: 'about', before: before(about.before), after: after(about.after) },
  ] as const;
  return (text: string, start: number, end: number, vague: boolean): Bound => {
    const lead = text.slice(Math.max(0, start - 16), start);
    const tail = text.slice(end, end + 8);
    const hits = kinds
      .map((kind) => ({ bound: kind.bound, length: kind.before.exec(lead)?.[0].length ?? 0 }))
      .filter(({ length }) => length > 0)
      .toSorted((one, other) => other.length - one.length);
    if (hits[0] !== undefined) return hits[0].bound;
    if (vague) return 'over';
    return kinds.find((kind) => kind.after.test(tail))?.bound ?? 'exact';
  };
}

/** 1.1 × 1e8 is 110,000,000, not 110,000,000.00000001. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
