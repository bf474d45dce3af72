const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `2026-03-09` as `3月9日`. */
export function monthAndDay(date: string): string {
  const [, month, day] = date.split('-').map(Number);
  return `${month}月${day}日`;
}

/** `2026-03-10` as `2026年3月10日 星期二`. */
export function longDate(date: string): string {
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return `${Number(date.slice(0, 4))}年${monthAndDay(date)} 星期${weekday}`;
}

/** An address with the parts of a date in the places of `{date}`, `{year}`, `{month}`, `{day}`. */
export function datedAddress(template: string, date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return template
    .replaceAll('{date}', date)
    .replaceAll('{year}', year)
    .replaceAll('{month}', month)
    .replaceAll('{day}', day);
}
