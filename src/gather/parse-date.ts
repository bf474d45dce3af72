import type { Instant } from '../domain/article.ts';
import { parseRelativeDate } from './relative-date.ts';

const MINUTE = 60_000;

/** Nothing on the web is older; feeds write 0001-01-01 or 1970-01-01 when they know no date. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** North American names of RFC 822 and the ones feeds really use, in minutes. China's CST is told apart by the caller's zone. */
const ZONES: Record<string, number> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360 },
  ...{
    pst: -480,
    pdt: -420,
    bst: 60,
    cet: 60,
    cest: 120,
    msk: 180,
    ist: 330,
    hkt: 480,
    sgt: 480,
    jst: 540,
    kst: 540,
  },
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A date as feeds and pages write it: ISO 8601, RFC 822, `2026/5/22 8:30`, `2026年5月22日 08:30`, Unix seconds or
 * milliseconds. A date without a zone is taken to be in the zone given (minutes east of UTC).
 * With `now`, the moment it was fetched, also `3小时前`, `昨天 09:30` and the like.
 * Undefined for what cannot be understood or cannot be (before 1990, month 13).
 */
export function parseDate(text: string, assumedZoneMinutes: number, now?: Instant): Instant | undefined {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  const at =
    unixTime(trimmed) ??
    numericDate(trimmed, assumedZoneMinutes) ??
    namedDate(trimmed, assumedZoneMinutes) ??
    (now === undefined ? undefined : parseRelativeDate(trimmed, assumedZoneMinutes, now));
  return at !== undefined && Number.isFinite(at) && at >= EARLIEST ? at : undefined;
}

function unixTime(text: string): Instant | undefined {
  if (/^\d{10}(\.\d+)?$/.test(text)) return Math.floor(Number(text) * 1000);
  return /^\d{13}$/.test(text) ? Number(text) : undefined;
}

/** `2026-05-22T08:30:00.000+08:00` and its relatives; separators `-`, `/`, `.`, or 年月日. */
function numericDate(text: string, assumed: number): Instant | undefined {
  const found =
    /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?:[T ,]*(\d{1,2})(?::|时)(\d{1,2})(?:(?::|分)(\d{1,2})(?:[.,]\d+)?)?秒?分?)? ?(.*)$/i.exec(
      text,
    );
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone = ''] = found;
  return moment(
    [year, month, day, hour, minute, second].map((part) => Number(part ?? 0)),
    zone,
    assumed,
  );
}

/** `Fri, 22 May 2026 08:30:00 +0800`, also with two-digit years, full month names, or the month first. */
function namedDate(text: string, assumed: number): Instant | undefined {
  const clock = '(?:(?:,? )(\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?';
  const dayFirst = new RegExp(
    `^(?:[a-z]+,? )?(\\d{1,2})[ -]([a-z]{3})[a-z]*\\.?[ -](\\d{4}|\\d{2})${clock} ?(.*)$`,
    'i',
  );
  const monthFirst = new RegExp(
    `^(?:[a-z]{3,9},? )?([a-z]{3})[a-z]*\\.? (\\d{1,2}),? (\\d{4})${clock} ?(.*)$`,
    'i',
  );
  const a = dayFirst.exec(text);
  const b = a === null ? monthFirst.exec(text) : null;
  const found = a ?? b;
  if (found === null) return undefined;
  const [day, name] = a === null ? [found[2], found[1]] : [found[1], found[2]];
  const month = MONTHS.indexOf((name ?? '').toLowerCase()) + 1;
  const short = Number(found[3]);
  const year = short < 100 ? short + (short < 70 ? 2000 : 1900) : short;
  const parts = [
    year,
    month,
    Number(day),
    Number(found[4] ?? 0),
    Number(found[5] ?? 0),
    Number(found[6] ?? 0),
  ];
  return moment(parts, found[7] ?? '', assumed);
}

function moment(parts: number[], zone: string, assumed: number): Instant | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60)
    return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second) - zoneMinutes(zone, assumed) * MINUTE;
}

function zoneMinutes(zone: string, assumed: number): number {
  const offset = /(?:^|[a-z ])([+-])(\d{2}):?(\d{2})?\b/i.exec(zone);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return offset[1] === '-' ? -minutes : minutes;
  }
  const name = /^\(?([a-z]+)/i.exec(zone.trim())?.[1]?.toLowerCase();
  // CST is also China Standard Time: in a feed whose own zone is China's, it means that.
  if (name === 'cst' && assumed === 480) return 480;
  return name === undefined ? assumed : (ZONES[name] ?? assumed);
}
