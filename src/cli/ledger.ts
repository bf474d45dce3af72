import type { Edition, LeftOut } from '../domain/edition.ts';
import { sum } from '../publish/render/render-left-out.ts';

/** One candidate of the day, chosen or not; `why` of a chosen one is the sentence that is new, or empty. */
export type LedgerRow = LeftOut & { chosen: boolean };

/** The day's ledger, by worth. */
export function ledgerRows({ sections, leftOut }: Edition): LedgerRow[] {
  const chosen = sections.flatMap(({ name, items }) =>
    items.map(
      ({ brief, publisher, worth, parts, followUp }): LedgerRow => ({
        storyId: brief.storyId,
        title: brief.headline,
        url: brief.url,
        publisher,
        section: name,
        noise: null,
        worth,
        parts,
        chosen: true,
        why: followUp?.newSentence ?? '',
      }),
    ),
  );
  const rest = leftOut.map((row): LedgerRow => ({ ...row, chosen: false }));
  return [...chosen, ...rest].toSorted((one, other) => other.worth - one.worth);
}

/** The ledger as lines for a terminal. */
export function ledgerTable(edition: Edition): string[] {
  return ledgerRows(edition).flatMap((row) => [
    `${row.chosen ? '✓' : '·'} ${String(row.worth).padStart(3)}  ${row.section.padEnd(4, '　')}  ${row.title}（${row.publisher}）  ${row.storyId}`,
    `         ${sum(row.parts)}`,
    ...(row.why === '' ? [] : [`         ${row.chosen ? '新的事实：' : ''}${row.why}`]),
  ]);
}
