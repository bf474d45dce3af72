import { type Article, type Instant, type Language, textOf } from '../domain/article.ts';
import { type FeatureReader, linkKey, workOf } from '../text/features.ts';
import { isLatin, isLetter } from '../text/letters.ts';
import { type Signature, signatureOf } from '../text/similarity.ts';
import { simplified } from '../text/simplified.ts';
import type { WorkKind } from '../text/works.ts';
import type { Bag, Bags } from './bags.ts';
import { worksOf } from './primary-source.ts';
import type { Counted, Terms } from './terms.ts';

/** What grouping needs from outside; built once by the newsroom from the editor's files. */
export type GroupTools = {
  readFeatures: FeatureReader;
  /** A digest of many events by its title: it never joins a story. */
  isRoundup: (article: Article) => boolean;
  /** A call to come or to take part, by its title. */
  isInvitation: (article: Article) => boolean;
};

/** What the pieces of one window share: their terms, and the memory their bags lie in. */
export type GroupSpace = { terms: Terms; bags: Bags };

/** What of an article is kept for comparing: small, so that a window of 100,000 articles fits in memory. */
export type Piece = {
  articleId: string;
  sourceId: string;
  language: Language;
  publishedAt: Instant;
  /** False when the source gave no time: then `publishedAt` is but when it was first seen. */
  dated: boolean;
  roundup: boolean;
  invitation: boolean;
  /** The addresses it stands for: its own and, when it only points, the one it points to. */
  links: readonly string[];
  /** The paper or repository it is the page of. */
  work: string | undefined;
  /** `owner/name` when the piece is but a listing of that repository. */
  repository: string | undefined;
  /** Title without case, width, marks and blanks. */
  plainTitle: string;
  /** Title and the first characters of the text, lower case. */
  opening: string;
  /** The text is so short that an outlet may set it under two pieces, a recording and its transcript. */
  teaser: boolean;
  /** For near-duplicates; absent when the text is too short to tell. */
  signature: Signature | undefined;
  /** Hard facts of title and lead as bags of their terms; versions of the title alone, which may contradict. */
  names: Bag;
  numbers: Bag;
  dates: Bag;
  versions: Bag;
  titleVersions: Bag;
  quotes: Bag;
  /** The papers and models it is about. */
  works: Bag;
  /** Words, names, concepts, versions and numbers: of the title, and of title and lead together. */
  titleBag: Bag;
  wholeBag: Bag;
  /** Names, versions, numbers, concepts and Latin words: what both languages write alike. */
  hardBag: Bag;
  /** The same, of the title alone. */
  titleHardBag: Bag;
  /** Whose news the title says it is. */
  owners: Bag;
  /** The names alone. */
  nameBag: Bag;
  /** Every number of two digits or more, by value: `192` of 192GB, `1.2` of 1.2 PFLOPS. */
  figureBag: Bag;
  /** Single characters (Han) or words (Latin) of the opening. */
  unitBag: Bag;
  /** The first words of the title. */
  head: Bag;
};

/** Characters of the text that tell what the event is; later paragraphs are background that other stories share. */
const LEAD_CHARS = 500;
/** A word of the title says as much as this many mentions in the lead. */
const TITLE_WEIGHT = 3;
/** Characters of title and text compared letter by letter. */
const OPENING_CHARS = 160;
/** Works of which two are never one event. Many stories of one day may link one repository. */
const PROOF: ReadonlySet<WorkKind> = new Set<WorkKind>(['arxiv', 'doi', 'huggingface']);
/** A text with more links than this points to nothing in particular. */
const MAX_POINTED = 1;
/** In place of a title that a publishing program failed to fill in: `<translated_title>`, `{{ title }}`. */
const PLACEHOLDER = /^\s*(?:<[^<>]*>|\{\{?[^{}]*\}?\})\s*$/;
/** Words of a title that name its subject. */
const HEAD_WORDS = 4;
/** Below this many characters a text is a teaser, and teasers of different pieces look alike. */
const MIN_TEXT_CHARS = 150;
/** Below this many, equal texts of one outlet under two titles are no proof that one piece was published twice. */
const TEASER_CHARS = 300;
/** A text this long says what it is; a book pasted into a feed is not read to its end. */
const MAX_TEXT_CHARS = 20_000;

const NONE: ReadonlySet<string> = new Set();

/** An article read, its terms counted: made comparable by `finish` when its whole batch was counted. */
export type Reading = { article: Article; finish(): Piece };

/** Reads an article and counts its terms. Titles and texts may be of any length; only their openings are looked at. */
export function readForGrouping(article: Article, tools: GroupTools, { terms, bags }: GroupSpace): Reading {
  const full = textOf(article);
  const text = simplified(full.slice(0, LEAD_CHARS));
  const titleText = simplified(article.title.slice(0, LEAD_CHARS)).replace(PLACEHOLDER, '');
  const title = tools.readFeatures(titleText);
  const lead = tools.readFeatures(text);
  const opening = openingOf(titleText, text);
  const inTitle = terms.tally([{ found: title.terms, weight: 1 }]);
  const inWhole = terms.tally([
    { found: title.terms, weight: TITLE_WEIGHT },
    { found: lead.terms, weight: 1 },
  ]);
  const units = unitsIn(opening, terms);
  const figures = figuresIn(`${titleText}\n${text}`).map((figure) => terms.id(`f:${figure}`));
  terms.count([...inWhole.ids, ...units, ...figures]);
  /** Facts are terms with a mark of their kind, so that no two kinds meet in a number. */
  const facts = (mark: string, ...sets: ReadonlySet<string>[]) =>
    sets.flatMap((set) => [...set].map((fact) => terms.id(mark + fact)));
  const names = facts('n:', title.names, lead.names);
  const numbers = facts('#', title.numbers, lead.numbers);
  const dates = facts('d:', title.dates, lead.dates);
  const versions = facts('v:', title.versions, lead.versions);
  const titleVersions = facts('v:', title.versions);
  const owners = facts('o:', title.owners);
  const quotes = facts('q:', quotesIn(`${titleText}\n${text}`));
  const works = worksOf(article, [])
    .filter(({ kind }) => PROOF.has(kind))
    .map(({ id }) => terms.id(`w:${id}`));
  const pointed = lead.links.size <= MAX_POINTED ? lead.links : NONE;
  const work = workOf(article.url);
  const listed = /^[\w.-]+\s?\/\s?[\w.-]+/.test(titleText) && work?.startsWith('github:') === true;
  const links = [...new Set([linkKey(article.url), ...pointed])];
  const signature = full.length < MIN_TEXT_CHARS ? undefined : signatureOf(full.slice(0, MAX_TEXT_CHARS));
  const plain = plainTitle(titleText);
  // What is read stays small until the batch is finished: of a day's articles only numbers are kept.
  const finish = (): Piece => ({
    articleId: article.id,
    sourceId: article.sourceId,
    language: article.language,
    publishedAt: article.publishedAt,
    dated: article.publishedAt !== article.firstSeenAt,
    roundup: tools.isRoundup(article),
    invitation: tools.isInvitation(article),
    links,
    work,
    repository: listed ? work?.slice('github:'.length) : undefined,
    plainTitle: plain,
    opening,
    teaser: full.length < TEASER_CHARS,
    signature,
    names: bags.plain(names),
    numbers: bags.plain(numbers),
    dates: bags.plain(dates),
    versions: bags.plain(versions),
    titleVersions: bags.plain(titleVersions),
    quotes: bags.plain(quotes),
    works: bags.plain(works),
    titleBag: bags.weighted(inTitle),
    wholeBag: bags.weighted(inWhole),
    hardBag: bags.weighted(hardOf(inWhole, article.language, terms)),
    titleHardBag: bags.plain(hardOf(inTitle, article.language, terms).ids),
    owners: bags.plain(owners),
    nameBag: bags.plain(inWhole.ids.filter((id) => terms.kind(id) === 'name')),
    figureBag: bags.plain(figures),
    unitBag: bags.plain(units),
    head: bags.plain(inTitle.ids.slice(0, HEAD_WORDS)),
  });
  return { article, finish };
}

/** Words in Latin letters and every other letter, as terms. */
function unitsIn(text: string, terms: Terms): Int32Array {
  const units: number[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (at < text.length && isLatin(text.charCodeAt(at))) at += 1;
    if (at > start) units.push(terms.id(`u:${text.slice(start, at)}`));
    else {
      const code = text.codePointAt(at) ?? 0;
      if (isLetter(code)) units.push(terms.characterId(code));
      at += code > 0xffff ? 2 : 1;
    }
  }
  // A day's articles wait together to be finished, and a long list takes three times the room.
  return Int32Array.from(units);
}

/** Latin words in Chinese text are names more often than not; in English text they are just words. */
function hardOf({ ids, counts }: Counted, language: Language, terms: Terms): Counted {
  const hard = (id: number) => {
    const kind = terms.kind(id);
    return kind === 'latin' ? language === 'zh' : kind !== 'word' && kind !== 'other';
  };
  const places = Array.from(ids.keys()).filter((at) => hard(ids[at] ?? 0));
  return { ids: places.map((at) => ids[at] ?? 0), counts: places.map((at) => counts[at] ?? 0) };
}

function openingOf(title: string, text: string): string {
  const start = text.trimStart();
  const whole = start.startsWith(title.trim()) ? start : `${title} ${start}`;
  return copyOf(whole.slice(0, OPENING_CHARS).normalize('NFKC').toLowerCase());
}

/** The same text on memory of its own: a slice would keep the whole article in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** Numbers that may be facts: no years, no single digits; 4,200 is 4200. */
function figuresIn(text: string): string[] {
  const found = text.match(/(?<![\d.])\d[\d,]*(?:\.\d+)?/g) ?? [];
  return found
    .map((figure) => figure.replaceAll(',', '').replace(/(\.\d*?)0+$/, '$1'))
    .filter((figure) => figure.length > 1 && !/^(19|20)\d\d$/.test(figure));
}

function quotesIn(text: string): ReadonlySet<string> {
  const found = text.match(/[《“"「『][^《》“”"「」『』\n]{2,24}[》”"」』]/g);
  return found === null ? NONE : new Set(found.map((quote) => quote.slice(1, -1).toLowerCase()));
}

/** A title without case, width, punctuation and blanks. */
export function plainTitle(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
