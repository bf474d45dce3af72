import type { Correction, EditionContent, Item } from '../domain/edition.ts';
import type { Ruling } from '../domain/ruling.ts';

/** The day an editor's word fell on, `YYYY-MM-DD`. */
type DayOf = (at: number) => string;

/**
 * The edition with what editors corrected and withdrew laid over it, whatever was laid over it before taken off first:
 * laying twice is laying once, and a ruling that was undone leaves no trace. A correction of an item that is no longer
 * there changes nothing. `now`: where stories went that were merged since. Pure.
 */
export function layCorrections(
  content: EditionContent,
  rulings: readonly Ruling[],
  dayOf: DayOf,
  now: ReadonlyMap<string, string> = new Map(),
): EditionContent {
  const printed = liftCorrections(content);
  let laid = printed;
  const made: Correction[] = [];
  for (const ruling of rulings) {
    const { decision, undoneAt } = ruling;
    if (undoneAt !== undefined || !('date' in decision) || decision.date !== content.date) continue;
    const placed = placeOf(laid, new Set([decision.storyId, now.get(decision.storyId) ?? decision.storyId]));
    if (placed === undefined) continue;
    const said = { ruling: ruling.n, at: ruling.at, on: dayOf(ruling.at), note: ruling.note };
    const { item, ...where } = placed;
    const { storyId, headline, summary } = item.brief;
    if (decision.kind === 'withdraw') {
      made.push({ ...said, kind: 'withdrawn', storyId, headline, ...where, item });
      laid = withoutItem(laid, item);
    } else {
      const was = { headline, summary };
      made.push({ ...said, kind: 'corrected', storyId, headline: decision.headline, was });
      laid = withWords(laid, item, decision, { on: said.on, note: said.note });
    }
  }
  if (made.length === 0) return printed;
  const { title, opening, deepReads } = printed;
  const asPrinted = {
    title,
    ...(opening === undefined ? {} : { opening }),
    ...(deepReads === undefined ? {} : { deepReads }),
  };
  return { ...laid, corrections: { printed: asPrinted, made } };
}

/** As it was printed. */
function liftCorrections({ corrections, ...content }: EditionContent): EditionContent {
  if (corrections === undefined) return content;
  const { opening: _, deepReads: __, ...rest } = content;
  let printed: EditionContent = { ...rest, ...corrections.printed };
  for (const one of corrections.made.toReversed())
    printed =
      one.kind === 'withdrawn'
        ? withItem(printed, one)
        : mapItems(printed, (item) =>
            item.brief.storyId === one.storyId ? { ...item, brief: { ...item.brief, ...one.was } } : item,
          );
  return mapItems(printed, ({ corrected: _, ...item }) => item);
}

function placeOf(
  { sections }: EditionContent,
  ids: ReadonlySet<string>,
): { item: Item; section: string; sectionPlace: number; place: number } | undefined {
  for (const [sectionPlace, { name, items }] of sections.entries()) {
    const place = items.findIndex(({ brief }) => ids.has(brief.storyId));
    const item = items[place];
    if (item !== undefined) return { item, section: name, sectionPlace, place };
  }
  return undefined;
}

function mapItems(content: EditionContent, change: (item: Item) => Item): EditionContent {
  const sections = content.sections.map(({ name, items }) => ({ name, items: items.map(change) }));
  return { ...content, sections };
}

function withWords(
  content: EditionContent,
  item: Item,
  { headline, summary }: { headline: string; summary: string },
  note: { on: string; note: string },
): EditionContent {
  const changed = {
    ...item,
    brief: { ...item.brief, headline, summary },
    corrected: [...(item.corrected ?? []), note],
  };
  const title = content.title.replace(item.brief.headline, () => headline);
  return { ...mapItems(content, (one) => (one === item ? changed : one)), title };
}

function withoutItem(content: EditionContent, item: Item): EditionContent {
  const sections = content.sections
    .map(({ name, items }) => ({ name, items: items.filter((one) => one !== item) }))
    .filter(({ items }) => items.length > 0);
  const { deepReads, ...rest } = content;
  const read = deepReads?.filter(({ storyId }) => storyId !== item.brief.storyId) ?? [];
  return {
    ...rest,
    sections,
    title: titleWithout(content.title, item.brief.headline, sections),
    ...(read.length === 0 ? {} : { deepReads: read }),
  };
}

/** A title of headlines loses the one that was withdrawn; when no headline is left, the first of the edition steps in. */
function titleWithout(title: string, headline: string, sections: EditionContent['sections']): string {
  const others = [`${headline}; `, `; ${headline}`].find((words) => title.includes(words));
  if (others !== undefined) return title.replace(others, () => '');
  return title.replace(headline, () => sections[0]?.items[0]?.brief.headline ?? '');
}

function withItem(
  content: EditionContent,
  { section, sectionPlace, place, item }: Extract<Correction, { kind: 'withdrawn' }>,
) {
  const known = content.sections.some(({ name }) => name === section);
  const sections = known
    ? content.sections
    : content.sections.toSpliced(sectionPlace, 0, { name: section, items: [] });
  return {
    ...content,
    sections: sections.map(({ name, items }) => ({
      name,
      items: name === section ? items.toSpliced(place, 0, item) : items,
    })),
  };
}
