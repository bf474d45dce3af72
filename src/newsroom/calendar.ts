import type { Instant } from '../domain/article.ts';

/** The calendar day `YYYY-MM-DD` in this time zone at this moment. */
export function dateIn(timezone: string, at: Instant): string {
  return createDayReader(timezone)(at);
}

/** The same for many moments: making the format costs more than using it. */
export function createDayReader(timezone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
  return (at) => format.format(at);
}

/** The first moment after this day in this time zone (23, 24 or 25 hours after its first). */
export function endOfDay(timezone: string, date: string): Instant {
  const noon = Date.parse(`${date}T12:00:00Z`);
  // Zones lie within UTC-12..UTC+14, so the day's end is within 38 hours after its noon UTC minus 26.
  let low = noon - 26 * HOUR_MS;
  let high = noon + 38 * HOUR_MS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dateIn(timezone, middle) > date) high = middle;
    else low = middle;
  }
  return high;
}

/** The calendar day `days` after (or, negative, before) this one. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/** Is this a real `YYYY-MM-DD`? */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `2026-03-10 08:05` in this time zone. */
export function clockTime(timezone: string, at: Instant): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'short' }).format(at);
  return `${dateIn(timezone, at)} ${time}`;
}

/** `2026-03-10T08:05:00+08:00` in this time zone. */
export function localIso(timezone: string, at: Instant): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    timeStyle: 'medium',
    dateStyle: 'short',
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '00';
  const zone = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const offset = zone === undefined || zone === 'GMT' ? '+00:00' : zone.replace('GMT', '');
  return `${dateIn(timezone, at)}T${of('hour')}:${of('minute')}:${of('second')}${offset}`;
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
