import { daysOf, isWeek } from '../../domain/week.ts';

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `2026-03-09` as `3月9日`, `2026-W11` as `第11周`. */
export function monthAndDay(date: string): string {
  if (isWeek(date)) return `第${Number(date.slice(6))}周`;
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日`;
}

/** `2026-03-10` as `2026年3月10日 星期二`, `2026-W11` as `2026年第11周 3月9日至15日`. */
export function longDate(date: string): string {
  if (isWeek(date)) {
    const { first, last } = daysOf(date);
    const end = first.slice(0, 7) === last.slice(0, 7) ? `${Number(last.slice(8))}日` : monthAndDay(last);
    return `${date.slice(0, 4)}年${monthAndDay(date)} ${monthAndDay(first)}至${end}`;
  }
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return `${Number(date.slice(0, 4))}年${monthAndDay(date)} 星期${weekday}`;
}

/**
 * An address with the parts of a date in the places of `{date}`, `{year}`, `{month}`, `{day}`. A week stands where a month
 * does: `2026/W11.html` where a day is `2026/03/10.html`.
 */
export function datedAddress(template: string, date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return (isWeek(date) ? template.replace(/[-/]\{day\}/, '') : template)
    .replaceAll('{date}', date)
    .replaceAll('{year}', year)
    .replaceAll('{month}', month)
    .replaceAll('{day}', day);
}
