import type { FactDesk, Polarity } from './fact-desk.ts';
import { clauseAround, type FactSheet } from './fact-sheet.ts';

/** One word of rise or fall and what it is of. */
export type Turn = {
  polarity: Polarity;
  /** Need not be kept; it bears out a rise or fall, and turns one round only where it measures. */
  light: boolean;
  /** Says by how much (`快 3 倍`, `从 7 到 9`), so that a shared number makes it the same change. */
  measures: boolean;
  said: string;
  /** The rest of its clause, as far as it reaches. */
  following: string;
  /** The terms around it, up to the next such word. */
  around: ReadonlySet<string>;
  /** The terms that touch it: what rises, or by how much. */
  touching: ReadonlySet<string>;
  numbers: ReadonlySet<number>;
  /** Those of them that say by how much, or up to where. */
  amounts: ReadonlySet<number>;
};

/** What rises or falls stands this near to the word that says so, in characters. */
const NEAR = 20;
/** Of the light words those that say by how much. */
const MEASURED = /^(?:高|快|强|低|低至|少|省|节省|短|慢|差|弱)$/u;
/** 提升至, 降低 6 倍: words that lead to a number. Beside a word of rise or fall they say nothing of their own. */
const CARRIER = /^[至达倍超多]$/u;
/** `提升准确率的同时降低消耗`, `减少步骤将速度提升一倍`: what stands before the joint is the one's, after it the other's. */
const JOINT = /(?:同时|并且?|而且?|且|从而|进而|、|，|将|把|使|让)/gu;

/** 降低了约 6 倍, 8 倍的加速: between the word and its amount. */
const BY = /^\s?[了至到达为超过近约逾高低]{0,3}\s?$|^ (?:by|to) (?:about )?$/u;
const OF = /^\s?的?(?:大幅)?$/u;

/** The words of rise and fall of a sentence, each with what it is of. */
export function turnsOf(sheet: FactSheet, desk: FactDesk): Turn[] {
  const all = desk
    .findDirections(sheet.plain)
    .map((hit) => ({ ...hit, clause: clauseAround(sheet, hit.start) }));
  const hits = all.filter(
    (hit, n) =>
      !CARRIER.test(hit.phrase) ||
      ![all[n - 1], all[n + 1]].some(
        (next) => next && !CARRIER.test(next.phrase) && next.clause.start === hit.clause.start,
      ),
  );
  return [
    ...hits.map(({ value, start, end, clause }, n): Turn => {
      const before = hits[n - 1]?.end ?? 0;
      const next = hits[n + 1]?.start ?? sheet.plain.length;
      const from = Math.max(
        clause.start,
        start - NEAR,
        n === 0 ? 0 : before + jointsIn(sheet.plain.slice(before, start)).last,
      );
      const to = Math.min(
        clause.end,
        end + NEAR,
        n === hits.length - 1 ? next : end + jointsIn(sheet.plain.slice(end, next)).first,
      );
      const inReach = (span: { start: number; end: number }) => span.start >= from && span.end <= to;
      // 八折 is dearer than 七折 and yet the smaller discount: no direction is read from it.
      const quantities = sheet.quantities().filter((span) => inReach(span) && span.unit !== '折');
      const terms = sheet.terms().filter((term) => inReach(term) && (term.end <= start || term.start >= end));
      return {
        polarity: value.polarity,
        light: value.light,
        measures: !value.light || MEASURED.test(sheet.plain.slice(start, end)),
        said: sheet.plain.slice(start, end),
        following: sheet.plain.slice(end, to),
        around: new Set(terms.map(({ term }) => term)),
        touching: new Set(
          terms
            .filter(
              (term) =>
                (/^[了 ]?$/.test(sheet.plain.slice(term.end, start)) && term.end <= start) ||
                (term.start >= end && /^[了至到 ]?$/.test(sheet.plain.slice(end, term.start))),
            )
            .map(({ term }) => term),
        ),
        numbers: new Set(quantities.map(({ value: amount }) => amount)),
        amounts: new Set(
          quantities
            .filter((span) =>
              span.start >= end
                ? BY.test(sheet.plain.slice(end, span.start))
                : OF.test(sheet.plain.slice(span.end, start)),
            )
            .map(({ value: amount }) => amount),
        ),
      };
    }),
    ...fromTo(sheet),
  ];
}

/** `由 7 人调整为 8 人`, `从 25 分钟到 45 分钟`: which way it went is said by the two numbers. */
function fromTo(sheet: FactSheet): Turn[] {
  const amounts = sheet.quantities();
  return amounts.flatMap((one, n): Turn[] => {
    const other = amounts[n + 1];
    if (other === undefined || one.value === other.value) return [];
    if (one.unit !== other.unit && one.unit !== '') return [];
    if (other.unit === '折') return [];
    const between = sheet.plain.slice(one.end, other.start);
    if (!FROM.test(sheet.plain.slice(0, one.start)) || !TO.test(between)) return [];
    const near = sheet.terms().filter(({ start, end }) => start >= one.start - NEAR && end <= one.start);
    return [
      {
        polarity: one.value < other.value ? 'up' : 'down',
        light: true,
        measures: true,
        said: sheet.plain.slice(one.start, other.end),
        following: '',
        around: new Set(near.map(({ term }) => term)),
        touching: new Set(),
        numbers: new Set([one.value, other.value]),
        amounts: new Set([one.value, other.value]),
      },
    ];
  });
}
/** Before the first of two numbers and between them. */
const FROM = /[从由自][^，。；,;]{0,6}$|\bfrom\s(?:[a-z]+\s)?$/u;
const TO = /^[^，。；,;]{0,8}(?:至|到|为|成|→|->|\bto)(?:了|超过?|约|近|逾)?\s?$/u;

function jointsIn(text: string): { first: number; last: number } {
  const joints = [...text.matchAll(JOINT)];
  const last = joints.at(-1);
  return { first: joints[0]?.index ?? text.length, last: last ? last.index + last[0].length : 0 };
}
