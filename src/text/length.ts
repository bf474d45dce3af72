/**
 * How long a text is to a reader: its code points, blanks included; a Chinese character and a Latin letter count one
 * each. «11-20 characters» and «70-95 characters» are always meant this way.
 */
export function visibleLength(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
