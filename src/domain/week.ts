/**
 * A weekly edition is dated by its ISO week, `2026-W11`, where a daily is dated by its day. Everything that is keyed by an
 * edition's date (store, deliveries, files, pages) takes either.
 */

const DAY_MS = 86_400_000;

/** Is this the key of a weekly edition? */
export function isWeek(key: string): boolean {
  return /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/.test(key) && weekOf(daysOf(key).first) === key;
}

/** The ISO week a day belongs to: weeks begin on Monday, the first one has the year's first Thursday. */
export function weekOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const thursday = new Date(at + (3 - ((new Date(at).getUTCDay() + 6) % 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** The Monday and the Sunday of a week. */
export function daysOf(week: string): { first: string; last: string } {
  const [year = '', number = ''] = week.split('-W');
  const fourth = Date.UTC(Number(year), 0, 4);
  const monday =
    fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY_MS + (Number(number) - 1) * 7 * DAY_MS;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { first: day(monday), last: day(monday + 6 * DAY_MS) };
}

/** The day an edition stands for: its own, or the last of its week. */
export function dayOf(key: string): string {
  return isWeek(key) ? daysOf(key).last : key;
}

/** What sorts editions by time; a weekly edition comes after the daily of its last day. */
export function orderOf(key: string): string {
  return isWeek(key) ? `${dayOf(key)}w` : key;
}
