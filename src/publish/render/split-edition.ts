import type { EditionContent, Item } from '../../domain/edition.ts';
import { sectionsWithDeepReads } from './deep-words.ts';
import { fitTitle } from './fit-title.ts';
import { CORRECTIONS_HEAD, correctionLines } from './item-words.ts';

/** How an outlet writes an edition as text. Everything an outlet of news wrote must come out as plain text. */
export type Dialect = {
  /** The first line of every message: the title, and which message of how many when there are several. */
  title: (title: string, mark: string) => string;
  tagline: (tagline: string) => string;
  opening: (opening: string) => string;
  section: (name: string) => string;
  item: (item: Item) => string;
  /** Between two of these. */
  gap: string;
  /** Whether a whole message is within the outlet's limits, in the outlet's own measure. */
  fits: (message: string) => boolean;
};

/** What stands in every message must leave room for the items; longer than these are mistakes or attacks. */
const TITLE_CHARS = 200;
const TAGLINE_CHARS = 200;
const OPENING_CHARS = 200;
const SECTION_CHARS = 30;
const CORRECTION_CHARS = 300;

/** Stands for the widest mark there is while messages are filled. */
const WIDEST_MARK = '（99/99）';

/**
 * The edition as messages within the outlet's limits: cut between items only, each with the title and its number, a
 * section that goes on in the next message named again. Nothing is lost: an item that alone is too long loses its side
 * links, then words of its summary at a clause's end, never its link. Linear in the number of items.
 */
export function splitEdition(content: EditionContent, dialect: Dialect): string[] {
  const { gap, fits } = dialect;
  const tagline = startOf(content.tagline, TAGLINE_CHARS);
  const opening = startOf(content.opening ?? '', OPENING_CHARS);
  const bodies: string[][] = [
    [
      ...(tagline === '' ? [] : [dialect.tagline(tagline)]),
      ...(opening === '' ? [] : [dialect.opening(opening)]),
    ],
  ];
  const title = fitTitle(content.title, (one) => one.length <= TITLE_CHARS);
  const whole = (blocks: readonly string[], mark = WIDEST_MARK) =>
    [dialect.title(title, mark), ...blocks].join(gap);
  for (const { name: fullName, items } of sectionsWithDeepReads(content)) {
    const name = startOf(fullName, SECTION_CHARS);
    let named = false;
    for (const item of items) {
      const current = bodies.at(-1) ?? [];
      const heading = named ? [] : [dialect.section(name)];
      const here = [...current, ...heading, dialect.item(item)];
      if (fits(whole(here))) bodies[bodies.length - 1] = here;
      else {
        const goesOn = dialect.section(named ? `${name}（续）` : name);
        const alone = shorterForms(item)
          .map((form) => [goesOn, dialect.item(form)])
          .find((blocks) => fits(whole(blocks)));
        const blocks = alone ?? [goesOn, dialect.item(bareItem(item))];
        if (current.length === 0 && bodies.length === 1) bodies[0] = blocks;
        else bodies.push(blocks);
      }
      named = true;
    }
  }
  for (const [n, line] of correctionLines(content).entries()) {
    const current = bodies.at(-1) ?? [];
    const words = dialect.tagline(startOf(line, CORRECTION_CHARS));
    const blocks = n === 0 ? [dialect.section(CORRECTIONS_HEAD), words] : [words];
    if (fits(whole([...current, ...blocks]))) bodies[bodies.length - 1] = [...current, ...blocks];
    else bodies.push(blocks);
  }
  const count = bodies.length;
  return bodies.map((blocks, n) => whole(blocks, count === 1 ? '' : `（${n + 1}/${count}）`));
}

/** Its beginning, with an ellipsis where something is left out. */
export function startOf(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** The item in ever fewer words, the smallest loss first. */
export function shorterForms(item: Item): Item[] {
  const bare = bareItem(item);
  const length = Array.from(item.brief.summary).length;
  return [
    item,
    bare,
    ...[0.75, 0.5, 0.25, 0].map((share) => withSummary(bare, Math.floor(length * share))),
  ].concat([120, 40].map((most) => withHeadline(withSummary(bare, 0), most)));
}

/** Without the links beside its own. */
function bareItem({ followUp: _, primary: __, ...item }: Item): Item {
  return { ...item, outlets: [] };
}

/** The summary's first clauses, so many characters at most. */
function withSummary(item: Item, most: number): Item {
  const letters = Array.from(item.brief.summary).slice(0, most).join('');
  const end = Math.max(
    ...['。', '；', '，', '！', '？', '. ', ', '].map((mark) => letters.lastIndexOf(mark)),
  );
  const kept = end > 0 ? letters.slice(0, end) : '';
  return { ...item, brief: { ...item.brief, summary: kept === '' ? '' : `${kept}…` } };
}

function withHeadline(item: Item, most: number): Item {
  return {
    ...item,
    publisher: startOf(item.publisher, most),
    brief: { ...item.brief, headline: startOf(item.brief.headline, most) },
  };
}

/** Bytes of a text as UTF-8. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
