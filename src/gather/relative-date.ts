import type { Instant } from '../domain/article.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Record<string, number> = {
  ...{ 秒: 1000, 分: MINUTE, 分钟: MINUTE, 小时: HOUR, 天: DAY, 日: DAY, 周: 7 * DAY, 星期: 7 * DAY },
  ...{ second: 1000, sec: 1000, minute: MINUTE, min: MINUTE, hour: HOUR, hr: HOUR, day: DAY, week: 7 * DAY },
};

const DAYS_BACK: Record<string, number> = {
  今天: 0,
  今日: 0,
  昨天: 1,
  昨日: 1,
  前天: 2,
  today: 0,
  yesterday: 1,
};

/** A date without a year that lies further ahead than this was last year's: clocks and zones differ by hours, not days. */
const AHEAD = DAY;

/**
 * A moment told from the reader's own: `刚刚`, `3小时前`, `半小时前`, `昨天 09:30`, `今天`, `11月22日 08:15`, `11-22 08:15`,
 * `2 hours ago`, `yesterday`. `now` is when the page was fetched; days and clock times are of the zone given (minutes
 * east of UTC). A day without a time is its beginning; a date without a year is the latest such day that is not ahead.
 */
export function parseRelativeDate(text: string, zoneMinutes: number, now: Instant): Instant | undefined {
  const said = text.trim().toLowerCase();
  if (/^(?:刚刚|刚才|just now|now)$/.test(said)) return now;
  return ago(said, now) ?? namedDay(said, zoneMinutes, now) ?? dayOfYear(said, zoneMinutes, now);
}

function ago(text: string, now: Instant): Instant | undefined {
  const found =
    /^(?:约|大约|about )?(\d{1,3}|半|一|an?|half an) ?(?:个)?(秒|分钟?|小时|天|日|周|星期|second|sec|minute|min|hour|hr|day|week)s? ?(?:之?前|以前|ago)$/.exec(
      text,
    );
  if (found === null) return undefined;
  const [, amount = '', unit = ''] = found;
  const count = /^\d/.test(amount) ? Number(amount) : /半|half/.test(amount) ? 0.5 : 1;
  return now - count * (UNITS[unit] ?? 0);
}

function namedDay(text: string, zone: number, now: Instant): Instant | undefined {
  const found =
    /^(今天|今日|昨天|昨日|前天|today|yesterday)(?:,? (?:at )?|\s*)?(?:(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?)?$/.exec(
      text,
    );
  if (found === null) return undefined;
  const [, name = '', hour = '0', minute = '0'] = found;
  const midnight = Math.floor((now + zone * MINUTE) / DAY) * DAY - zone * MINUTE;
  return clock(midnight - (DAYS_BACK[name] ?? 0) * DAY, Number(hour), Number(minute));
}

function dayOfYear(text: string, zone: number, now: Instant): Instant | undefined {
  const found =
    /^(\d{1,2})(?:月(\d{1,2})[日号]\s*(?:(\d{1,2})[:：](\d{2}))?|[-/](\d{1,2})\s+(\d{1,2})[:：](\d{2}))(?:[:：]\d{2})?$/.exec(
      text,
    );
  if (found === null) return undefined;
  const month = Number(found[1]);
  const day = Number(found[2] ?? found[5]);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const year = new Date(now + zone * MINUTE).getUTCFullYear();
  const inYear = (one: number): Instant | undefined =>
    clock(
      Date.UTC(one, month - 1, day) - zone * MINUTE,
      Number(found[3] ?? found[6] ?? 0),
      Number(found[4] ?? found[7] ?? 0),
    );
  const this_ = inYear(year);
  return this_ !== undefined && this_ > now + AHEAD ? inYear(year - 1) : this_;
}

function clock(midnight: Instant, hour: number, minute: number): Instant | undefined {
  return hour < 24 && minute < 60 ? midnight + hour * HOUR + minute * MINUTE : undefined;
}

const EXPRESSIONS: RegExp[] = [
  /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?/,
  /(?:19|20)\d{2}(?:-|\/|\.|年)\d{1,2}(?:-|\/|\.|月)\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?/,
  /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}/i,
  /\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? \d{4}/i,
  /(?:约|大约)?(?:\d{1,3}|半|一)\s?个?(?:秒|分钟?|小时|天|周)之?前/,
  /(?:\d{1,3}|an?) (?:second|minute|min|hour|day|week)s? ago/i,
  /(?:今天|今日|昨天|昨日|前天)\s*\d{1,2}[:：]\d{2}/,
  /\d{1,2}月\d{1,2}日(?:\s*\d{1,2}[:：]\d{2})?/,
  /刚刚|刚才/,
];

/** The first expression of a date in a short text such as a byline, for a parser to read; empty when there is none. */
export function dateExpressionIn(text: string): string {
  for (const expression of EXPRESSIONS) {
    const found = expression.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return '';
}
