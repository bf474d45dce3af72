const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const QUARTERS = ['first', 'second', 'third', 'fourth'];

const TEN = `(${TENS.join('|')})(?:[- ](${SMALL.slice(1, 10).join('|')}))?`;
const SMALL_ONE = `(${SMALL.slice(1).join('|')})(?=[ -](?:hundred|thousand|million|billion|trillion)\\b)`;
const TEEN = `(${SMALL.slice(10).join('|')})`;
const TENS_WORD = new RegExp(`\\b${TEN}\\b`, 'gi');
const SCALED = new RegExp(`\\b${SMALL_ONE}`, 'gi');
const TEENS = new RegExp(`\\b${TEEN}\\b`, 'gi');
const QUARTER = new RegExp(`\\b(?:the )?(${QUARTERS.join('|')})[- ]quarter\\b`, 'gi');

/**
 * English text with the numbers it spells out in digits, quarters as `Q2`, so that they can be compared with what a Chinese sentence says: `Forty-seven companies` becomes `47 companies`, `one million` `1
 * million`. `one` to `nine` are left where no hundred or million follows: they count, or they do not.
 */
export function withDigits(text: string): string {
  return text
    .replace(TENS_WORD, (_, ten: string, unit: string | undefined) =>
      String((TENS.indexOf(ten.toLowerCase()) + 2) * 10 + (unit ? SMALL.indexOf(unit.toLowerCase()) : 0)),
    )
    .replace(TEENS, (word) => String(SMALL.indexOf(word.toLowerCase())))
    .replace(SCALED, (word) => String(SMALL.indexOf(word.toLowerCase())))
    .replace(QUARTER, (_, which: string) => `Q${QUARTERS.indexOf(which.toLowerCase()) + 1}`);
}
