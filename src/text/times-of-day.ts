const TENS_AND_UNITS = '(\\d{1,3})';
/** `3小时40分`, `3 hours and 40 minutes`, `3小时`, `40-minute`. */
const DURATION = new RegExp(
  `(?<![\\w.:])${TENS_AND_UNITS}[ -]?(?:(?:个?小时|hours?\\b)(?:\\s?(?:零|and )?(\\d{1,2})\\s?(?:分钟?|minutes?\\b))?|(分钟|minutes?\\b))`,
  'gi',
);
/** `凌晨2时14分`, `下午3点20`. */
const CHINESE_CLOCK =
  /(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|深夜|晚)?(?<![\d.:])(\d{1,2})[时点](?:([0-5]\d)(?![\d.:])分?|([0-9])分)/g;
/** `02:14`, `2:14 p.m.`. */
const LATIN_CLOCK = /(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])(?:\s?([ap])\.?m\b)?/gi;
/** Most texts have none of these, and a look is cheap. */
const ANY = /\d[ -]?(?:个?小时|hour|分钟|minute|[时点]\d|:[0-5]\d)/i;

/** Lengths of time in minutes (`220分钟`) and times of the day (`02:14`), each in one spelling for both languages. */
export function timesIn(text: string): string[] {
  if (!ANY.test(text)) return [];
  const lengths = [...text.matchAll(DURATION)].map(([, first = '0', minutes = '0', only]) =>
    only === undefined ? Number(first) * 60 + Number(minutes) : Number(first),
  );
  const chinese = [...text.matchAll(CHINESE_CLOCK)].map(([, part = '', hour = '0', minutes, minute = '0']) =>
    clock(Number(hour), minutes ?? `0${minute}`, /中午|下午|傍晚|晚/.test(part)),
  );
  const latin = [...text.matchAll(LATIN_CLOCK)].map(([, hour = '0', minutes = '00', half]) =>
    clock(Number(hour), minutes, half?.toLowerCase() === 'p'),
  );
  return [...lengths.map((minutes) => `${minutes}分钟`), ...chinese, ...latin];
}

function clock(hour: number, minutes: string, afternoon: boolean): string {
  return `${String(afternoon && hour < 12 ? hour + 12 : hour).padStart(2, '0')}:${minutes}`;
}
