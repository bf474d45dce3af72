import { type Article, type Instant, type Language, textOf } from '../domain/article.ts';
import { type FeatureReader, linkKey, type TextFeatures, workOf } from '../text/features.ts';
import { type Signature, signatureOf } from '../text/similarity.ts';
import { simplified } from '../text/simplified.ts';
import { type Bag, kindWeight, plainBag, weightedBag } from './bags.ts';
import type { Terms } from './terms.ts';

/** What grouping needs from outside; built once by the newsroom from the editor's files. */
export type GroupTools = {
  readFeatures: FeatureReader;
  /** A digest of many events by its title: it never joins a story. */
  isRoundup: (article: Article) => boolean;
};

/** What of an article is kept for comparing: small, so that a window of 100,000 articles fits in memory. */
export type Piece = {
  articleId: string;
  sourceId: string;
  language: Language;
  publishedAt: Instant;
  /** False when the source gave no time: then `publishedAt` is but when it was first seen. */
  dated: boolean;
  roundup: boolean;
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
  /** For near-duplicates; absent when the text is too short to tell. */
  signature: Signature | undefined;
  /** Hard facts of title and lead; versions of the title alone, which may contradict. */
  names: ReadonlySet<string>;
  numbers: ReadonlySet<string>;
  dates: ReadonlySet<string>;
  versions: ReadonlySet<string>;
  titleVersions: ReadonlySet<string>;
  quotes: ReadonlySet<string>;
  /** Words, names, concepts, versions and numbers: of the title, and of title and lead together. */
  titleBag: Bag;
  wholeBag: Bag;
  /** Names, versions, numbers, concepts and Latin words: what both languages write alike. */
  hardBag: Bag;
  /** The names alone. */
  nameBag: Bag;
  /** Every number of two digits or more, by value: `192` of 192GB, `1.2` of 1.2 PFLOPS. */
  figureBag: Bag;
  /** Single characters (Han) or words (Latin) of the opening. */
  unitBag: Bag;
  /** The first words of the title. */
  head: readonly number[];
};

/** Characters of the text that tell what the event is; later paragraphs are background that other stories share. */
const LEAD_CHARS = 500;
/** A word of the title says as much as this many mentions in the lead. */
const TITLE_WEIGHT = 3;
/** Characters of title and text compared letter by letter. */
const OPENING_CHARS = 160;
/** A text with more links than this points to nothing in particular. */
const MAX_POINTED = 1;
/** Words of a title that name its subject. */
const HEAD_WORDS = 4;
/** Below this many characters a text is a teaser, and teasers of different pieces look alike. */
const MIN_TEXT_CHARS = 150;
/** A text this long says what it is; a book pasted into a feed is not read to its end. */
const MAX_TEXT_CHARS = 20_000;

const NONE: ReadonlySet<string> = new Set();

/** An article read, its terms counted: made comparable by `finish` when its whole batch was counted. */
export type Reading = { article: Article; finish(): Piece };

/** Reads an article and counts its terms. Titles and texts may be of any length; only their openings are looked at. */
export function readForGrouping(article: Article, tools: GroupTools, terms: Terms): Reading {
  const full = textOf(article);
  const text = simplified(full.slice(0, LEAD_CHARS));
  const titleText = simplified(article.title.slice(0, LEAD_CHARS));
  const title = tools.readFeatures(titleText);
  const lead = tools.readFeatures(text);
  const opening = openingOf(titleText, text);
  const titleCounts = countTerms([[title, 1]], terms);
  const wholeCounts = countTerms(
    [
      [title, TITLE_WEIGHT],
      [lead, 1],
    ],
    terms,
  );
  const units = (opening.match(/[a-z0-9]+|[\p{L}\p{N}]/gu) ?? []).map((unit) => terms.id(`u:${unit}`));
  const figures = figuresIn(`${titleText}\n${text}`).map((figure) => terms.id(`f:${figure}`));
  terms.count(new Set([...wholeCounts.keys(), ...units, ...figures]));
  const pointed = lead.links.size <= MAX_POINTED ? lead.links : NONE;
  const work = workOf(article.url);
  const listed = /^[\w.-]+\s?\/\s?[\w.-]+/.test(titleText) && work?.startsWith('github:') === true;
  const finish = (): Piece => ({
    articleId: article.id,
    sourceId: article.sourceId,
    language: article.language,
    publishedAt: article.publishedAt,
    dated: article.publishedAt !== article.firstSeenAt,
    roundup: tools.isRoundup(article),
    links: [...new Set([linkKey(article.url), ...pointed])],
    work,
    repository: listed ? work?.slice('github:'.length) : undefined,
    plainTitle: plainTitle(titleText),
    opening,
    signature: full.length < MIN_TEXT_CHARS ? undefined : signatureOf(full.slice(0, MAX_TEXT_CHARS)),
    names: both(title.names, lead.names),
    numbers: both(title.numbers, lead.numbers),
    dates: both(title.dates, lead.dates),
    versions: both(title.versions, lead.versions),
    titleVersions: both(title.versions, NONE),
    quotes: quotesIn(`${titleText}\n${text}`),
    titleBag: weightedBag(titleCounts, terms),
    wholeBag: weightedBag(wholeCounts, terms),
    hardBag: weightedBag(hardOf(wholeCounts, article.language, terms), terms),
    nameBag: plainBag(
      [...wholeCounts.keys()].filter((id) => terms.term(id).startsWith('n:')),
      terms,
    ),
    figureBag: plainBag(figures, terms),
    unitBag: plainBag(units, terms),
    head: [...titleCounts.keys()].slice(0, HEAD_WORDS),
  });
  return { article, finish };
}

function countTerms(parts: readonly (readonly [TextFeatures, number])[], terms: Terms): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [features, weight] of parts)
    for (const [term, count] of features.terms) {
      const id = terms.id(term);
      counts.set(id, (counts.get(id) ?? 0) + weight * count);
    }
  return counts;
}

/** Latin words in Chinese text are names more often than not; in English text they are just words. */
function hardOf(counts: ReadonlyMap<number, number>, language: Language, terms: Terms): Map<number, number> {
  const hard = [...counts].filter(([id]) => {
    const term = terms.term(id);
    if (kindWeight(term) !== 1 || term.startsWith('c:')) return true;
    return language === 'zh' && /^[a-z][a-z0-9.+-]+$/.test(term);
  });
  return new Map(hard);
}

function both(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  return left.size + right.size === 0 ? NONE : left.union(right);
}

function openingOf(title: string, text: string): string {
  const start = text.trimStart();
  const whole = start.startsWith(title.trim()) ? start : `${title} ${start}`;
  return whole.slice(0, OPENING_CHARS).normalize('NFKC').toLowerCase();
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
