import type { FactSheet } from './fact-sheet.ts';
import { latinWords } from './names-and-versions.ts';
import { squeezed } from './plain-text.ts';

/** Somebody or something that does or is done to: a known name, or a run of Latin words. */
export type Party = { key: string; said: string; firm: boolean; of?: string; start: number; end: number };
/** A firm and what is named after it: 甲 and 甲助手. */
export function areAkin(one: Party, other: Party): boolean {
  return [one.key, one.said].some((a) => [other.key, other.said].some((b) => a.includes(b) || b.includes(a)));
}

/** Known names, and runs of capitalised Latin words that are none, in order. */
export function partiesOf(sheet: FactSheet, common: ReadonlySet<string>): Party[] {
  const names = sheet.names().map(({ name, start, end }) => ({
    key: squeezed(name.name),
    said: squeezed(sheet.plain.slice(start, end)),
    firm: name.kind === 'company' || name.kind === 'person',
    ...(name.of === undefined ? {} : { of: squeezed(name.of) }),
    start,
    end,
  }));
  const words = latinWords(sheet.plain).filter(
    ({ word, start, end }) =>
      /[A-Z\d]/.test(word) &&
      !common.has(word.toLowerCase()) &&
      !names.some((name) => start < name.end && end > name.start),
  );
  const runs = words.map(({ word, start, end }) => {
    const said = squeezed(word);
    return { key: said, said, firm: false, start, end };
  });
  return [...names, ...runs].toSorted((one, other) => one.start - other.start);
}
