import { isIn, overlap, PARTS, type Part } from './date-parts.ts';
import { readHanNumber } from './han-number.ts';

/** A day, month, quarter or year as far as it is said; several when the words leave it open (周三). */
export type DateFact = {
  days: CalendarDate[];
  /** A whole week is meant, of which every day is listed. */
  isWeek?: true;
  said: string;
  start: number;
  end: number;
};
/**
 * `word`: a relative word that cannot be resolved without the publish time. `nearYear`: of a month without a year, the
 * year that brings it nearest to the publish time.
 */
export type CalendarDate = {
  year?: number;
  nearYear?: number;
  month?: number;
  day?: number;
  quarter?: number;
  /** 上旬, 年底: where in the month or the year, as far as that is said. */
  part?: Part;
  word?: string;
};

const WEEKS: Record<string, number> = { 上周: -1, 本周: 0, 这周: 0, 下周: 1 };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?';
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const HAN_WEEKDAYS = '日一二三四五六';
const HAN = '[一二三四五六七八九十]{1,3}';
const DAY_MS = 86_400_000;

/** Words for days, counted from the day of publishing. */
const DAY_WORDS: Record<string, number> = {
  今天: 0,
  今日: 0,
  今晚: 0,
  今早: 0,
  今晨: 0,
  昨天: -1,
  昨日: -1,
  昨晚: -1,
  昨夜: -1,
  前天: -2,
  明天: 1,
  明日: 1,
  后天: 2,
  today: 0,
  tonight: 0,
  yesterday: -1,
  tomorrow: 1,
};
const YEAR_WORDS: Record<string, number> = {
  今年: 0,
  今春: 0,
  今夏: 0,
  今秋: 0,
  今冬: 0,
  去年: -1,
  前年: -2,
  明年: 1,
  后年: 2,
  'this year': 0,
  'last year': -1,
  'next year': 1,
};
const MONTH_WORDS: Record<string, number> = {
  本月: 0,
  当月: 0,
  上月: -1,
  上个月: -1,
  下月: 1,
  下个月: 1,
  'this month': 0,
  'last month': -1,
  'next month': 1,
};

type Read = (groups: Record<string, string | undefined>, published: Date | undefined) => CalendarDate[];

const PATTERNS: readonly (readonly [RegExp, Read])[] = [
  [
    /(?<!\d)(?<y>20\d\d|19\d\d)[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)/gu,
    ({ y, m, d }) => valid({ year: Number(y), month: Number(m), day: Number(d) }),
  ],
  [
    new RegExp(
      `(?:(?<y>(?<!\\d)(?:20|19)\\d\\d|[今去明前]年|[二][零〇一二三四五六七八九]{3})\\s?年?\\s?)?(?<![\\d.]|[一二三四五六七八九十])(?<m>\\d{1,2}|${HAN})\\s?月(?!亮|球|饼|份以)(?:份)?(?:\\s?(?<d>\\d{1,2}|${HAN})\\s?[日号])?`,
      'gu',
    ),
    ({ y, m, d }, published) =>
      valid({
        ...optional('year', yearOf(y, published)),
        ...optional('month', numberOf(m)),
        ...optional('day', numberOf(d)),
      }),
  ],
  [
    new RegExp(`\\b(?<m>${MONTH})\\s(?<d>\\d{1,2})(?:st|nd|rd|th)?(?![\\d])(?:,?\\s(?<y>20\\d\\d))?`, 'giu'),
    ({ y, m, d }) =>
      valid({ ...optional('year', numberOf(y)), ...optional('month', monthOf(m)), day: Number(d) }),
  ],
  [
    new RegExp(
      `\\b(?:(?<d>\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s)?)?(?<m>${MONTH})(?:,?\\s(?<y>20\\d\\d))?(?![A-Za-z])`,
      'gu',
    ),
    // «may» is a month only with a capital, and «March» alone may be a walk; a bare month counts with a year or day.
    ({ y, m, d }) =>
      /^(?:May|March|Mar)$/.test(m ?? '') && y === undefined && d === undefined
        ? []
        : valid({
            ...optional('year', numberOf(y)),
            ...optional('month', monthOf(m)),
            ...optional('day', numberOf(d)),
          }),
  ],
  [
    /(?<w>本月|当月|上个?月|下个?月)\s?(?<d>\d{1,2})\s?[日号]/gu,
    ({ w, d }, published) => {
      const moved = published === undefined ? undefined : addMonths(published, MONTH_WORDS[w ?? ''] ?? 0);
      return moved === undefined ? [{ day: Number(d) }] : [{ ...moved, day: Number(d) }];
    },
  ],
  [
    /(?<w>[本这上下]?)(?:个)?(?:周|星期|礼拜)(?<k>[一二三四五六日天])(?!期|个|年)/gu,
    ({ w, k }, published) => weekday(HAN_WEEKDAYS.indexOf(k === '天' ? '日' : (k ?? '')), w ?? '', published),
  ],
  [
    /\b(?:(?<w>this|last|next)\s)?(?<k>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)day\b/giu,
    ({ w, k }, published) =>
      weekday(WEEKDAYS.indexOf((k ?? '').slice(0, 3).toLowerCase()), (w ?? '').toLowerCase(), published),
  ],
  [
    /(?:(?<y>20\d\d)年?|(?<w>[今去明]年))?第?(?<q>[一二三四1-4])季度|(?:(?<y2>20\d\d)年?\s?)?\bQ(?<n>[1-4])\b(?:\s(?<y3>20\d\d))?/gu,
    ({ y, w, q, y2, n, y3 }, published) => [
      { ...optional('year', yearOf(y ?? w ?? y2 ?? y3, published)), quarter: numberOf(q ?? n) ?? 0 },
    ],
  ],
  [
    new RegExp(`(?<w>${Object.keys(DAY_WORDS).join('|')})`, 'giu'),
    ({ w = '' }, published) => {
      const offset = DAY_WORDS[w.toLowerCase()] ?? 0;
      return published === undefined ? [{ word: `day${offset}` }] : [dayOf(addDays(published, offset))];
    },
  ],
  [
    new RegExp(`(?<w>${Object.keys(YEAR_WORDS).join('|')})`, 'giu'),
    ({ w = '' }, published) => {
      const offset = YEAR_WORDS[w.toLowerCase()] ?? 0;
      return [
        published === undefined ? { word: `year${offset}` } : { year: published.getUTCFullYear() + offset },
      ];
    },
  ],
  [
    new RegExp(`(?<w>${Object.keys(MONTH_WORDS).join('|')})`, 'giu'),
    ({ w = '' }, published) => {
      const offset = MONTH_WORDS[w.toLowerCase()] ?? 0;
      return [published === undefined ? { word: `month${offset}` } : addMonths(published, offset)];
    },
  ],
  [
    /(?<![\d.,$¥€£#A-Za-z-])(?<y>20[0-4]\d|19[5-9]\d)(?:\s?年(?!代)|(?![\d.,]*\d|\s?(?:[%％万亿千百个家款人名台页张美元倍秒次条种项位篇颗枚辆座米吨瓦度]|小时|分钟|[天周](?!前))|[A-Za-z-]))/gu,
    ({ y }) => [{ year: Number(y) }],
  ],
  [/(?<![\d.]|月)(?<d>\d{1,2})\s?[日号](?!线|楼|元|均|活)/gu, ({ d }) => valid({ day: Number(d) })],
];

/**
 * The dates in a text. Relative words count from `publishedOn` (`YYYY-MM-DD`, the publisher's day); without it they
 * stand for themselves.
 */
export function readDates(text: string, publishedOn: string | undefined): DateFact[] {
  // Most sentences hold no date; one look spares the thirteen patterns.
  if (
    !/\d|[月周日天年季昨今明]|day|month|year|January|February|March|April|June|July|August|September|October|November|December|\bQ[1-4]/i.test(
      text,
    )
  )
    return [];
  const published = publishedOn === undefined ? undefined : new Date(`${publishedOn}T00:00:00Z`);
  const found: DateFact[] = [];
  for (const [pattern, read] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((other) => start < other.end && end > other.start)) continue;
      const days = read(match.groups ?? {}, published).map((day) => nearYear(day, published));
      if (days.length > 0) found.push({ days, said: match[0].trim(), start, end });
    }
  }
  for (const match of text.matchAll(
    /[上中下]旬|[上下]半年|(?<=[\d本上下个今去明一二三四五六七八九十])\s?[月年]?[月年]\s?(?:底|末|初)/gu,
  )) {
    // 本月月底, 1930 年 底.
    const part =
      PARTS[
        match[0]
          .replace(/\s/g, '')
          .slice(-3)
          .replace(/^[月年](?=[月年])/u, '')
      ];
    const span = { start: match.index, end: match.index + match[0].length };
    if (part !== undefined) found.push({ days: [{ part }], said: match[0].trim(), ...span });
  }
  for (const match of text.matchAll(/(?:上周|本周|这周|下周)(?![一二三四五六日天末])/gu)) {
    const week = WEEKS[match[0]] ?? 0;
    const monday = published && addDays(published, 7 * week - ((published.getUTCDay() + 6) % 7));
    const days = monday
      ? [0, 1, 2, 3, 4, 5, 6].map((day) => dayOf(addDays(monday, day)))
      : [{ word: `week${week}` }];
    found.push({
      days,
      isWeek: true,
      said: match[0],
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}

/** Does the source's date say at least what the claim's says? */
export function saysDate(claim: DateFact, source: DateFact): boolean {
  // A week is less than any of its days.
  if (source.isWeek && !claim.isWeek) return false;
  return claim.days.some((day) => source.days.some((known) => entails(known, day)));
}

function entails(known: CalendarDate, day: CalendarDate): boolean {
  if (day.part !== undefined)
    return known.part !== undefined ? overlap(day.part, known.part) : isIn(day.part, known);
  if (day.word !== undefined || known.word !== undefined) return day.word === known.word;
  const year = known.year ?? known.nearYear;
  if (day.year !== undefined && year !== undefined && day.year !== year) return false;
  const quarter = known.quarter ?? (known.month === undefined ? undefined : Math.ceil(known.month / 3));
  if (day.quarter !== undefined && day.quarter !== quarter) return false;
  if (day.month !== undefined && day.month !== known.month) return false;
  if (day.day !== undefined && day.day !== known.day) return false;
  return (
    day.month !== undefined || day.day !== undefined || day.quarter !== undefined || known.year !== undefined
  );
}

function nearYear(day: CalendarDate, published: Date | undefined): CalendarDate {
  if (published === undefined || day.month === undefined || day.year !== undefined) return day;
  const months = day.month - 1 - published.getUTCMonth();
  const turn = months > 6 ? -1 : months < -6 ? 1 : 0;
  return { ...day, nearYear: published.getUTCFullYear() + turn };
}

function valid(date: CalendarDate): CalendarDate[] {
  const { month, day } = date;
  if (month !== undefined && (month < 1 || month > 12)) return [];
  return day !== undefined && (day < 1 || day > 31) ? [] : [date];
}

function weekday(wanted: number, which: string, published: Date | undefined): CalendarDate[] {
  if (published === undefined) return [{ word: `weekday${wanted}` }];
  // Monday first, as both calendars here count; Sunday is the week's last day.
  const place = (day: number) => (day + 6) % 7;
  const offset = place(wanted) - place(published.getUTCDay());
  const weeks = /[上]|last/.test(which)
    ? [-1, 0]
    : /[下]|next/.test(which)
      ? [1, 0]
      : /[本这]|this/.test(which)
        ? [0]
        : [-1, 0, 1];
  return weeks.map((week) => dayOf(addDays(published, offset + 7 * week)));
}

function yearOf(text: string | undefined, published: Date | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d/.test(text)) return Number.parseInt(text, 10);
  if (/^二/.test(text)) return readHanNumber(text);
  const offset = YEAR_WORDS[text];
  return offset === undefined || published === undefined ? undefined : published.getUTCFullYear() + offset;
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : readHanNumber(text);
}

function monthOf(name: string | undefined): number | undefined {
  const at = MONTHS.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return at < 0 ? undefined : at + 1;
}

function optional<K extends keyof CalendarDate>(key: K, value: CalendarDate[K]): CalendarDate {
  return value === undefined ? {} : { [key]: value };
}

function dayOf(date: Date): CalendarDate {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

function addMonths(date: Date, months: number): CalendarDate {
  const moved = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1 };
}
