import { type Article, type Instant, type Language, textOf } from '../domain/article.ts';
import { type FeatureReader, linkKey, workOf } from '../text/features.ts';
import { isLatin, isLetter } from '../text/letters.ts';
import { simplified } from '../text/simplified.ts';
import type { WorkKind } from '../text/works.ts';
import type { Draft } from './draft.ts';
import { worksOf } from './primary-source.ts';
import type { Part, Sheet } from './sheet-layout.ts';
import type { GroupSpace } from './space.ts';
import type { Terms } from './terms.ts';

/** What grouping needs from outside; built once by the newsroom from the editor's files. */
export type GroupTools = {
  readFeatures: FeatureReader;
  /** A digest of many events by its title: it never joins a story. */
  isRoundup: (article: Article) => boolean;
  /** A call to come or to take part, by its title. */
  isInvitation: (article: Article) => boolean;
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
  invitation: boolean;
  /** The addresses it stands for: its own and, when it only points, the one it points to. */
  links: readonly string[];
  /** The paper or repository it is the page of. */
  work: string | undefined;
  /** `owner/name` when the piece is but a listing of that repository. */
  repository: string | undefined;
  /** Title without case, width, marks and blanks. */
  plainTitle: string;
  /** Where title and the first characters of the text, lower case, lie among the texts. */
  opening: number;
  openingLength: number;
  /** The text is so short that an outlet may set it under two pieces, a recording and its transcript. */
  teaser: boolean;
  /** Where its signature lies, for near-duplicates; absent when the text is too short to tell. */
  signature: number | undefined;
  /** What it says, term by term. */
  sheet: Sheet;
};

/** Characters of the text that tell what the event is; later paragraphs are background that other stories share. */
const LEAD_CHARS = 500;
/** Characters of title and text compared letter by letter. */
const OPENING_CHARS = 160;
/** Works of which two are never one event. Many stories of one day may link one repository. */
const PROOF: ReadonlySet<WorkKind> = new Set<WorkKind>(['arxiv', 'doi', 'huggingface']);
/** A text with more links than this points to nothing in particular. */
const MAX_POINTED = 1;
/** In place of a title that a publishing program failed to fill in: `<translated_title>`, `{{ title }}`. */
const PLACEHOLDER = /^\s*(?:<[^<>]*>|\{\{?[^{}]*\}?\})\s*$/;
/** Below this many characters a text is a teaser, and teasers of different pieces look alike. */
const MIN_TEXT_CHARS = 150;
/** Below this many, equal texts of one outlet under two titles are no proof that one piece was published twice. */
const TEASER_CHARS = 300;
/** A text this long says what it is; a book pasted into a feed is not read to its end. */
const MAX_TEXT_CHARS = 20_000;

const NONE: ReadonlySet<string> = new Set();

/**
 * Reads an article and counts its terms. Titles and texts may be of any length; only their openings are looked at. Its
 * sheet is to be weighed before the piece is compared, when the whole batch was read and its terms were settled.
 */
export function readForGrouping(article: Article, tools: GroupTools, space: GroupSpace): Piece {
  const { terms, sheets, signatures, texts } = space;
  const full = textOf(article);
  const text = simplified(full.slice(0, LEAD_CHARS));
  const titleText = simplified(article.title.slice(0, LEAD_CHARS)).replace(PLACEHOLDER, '');
  const title = tools.readFeatures(titleText);
  const lead = tools.readFeatures(text);
  const opening = openingOf(titleText, text);
  const { draft } = sheets;
  draft.mention(title.terms, 'title');
  draft.mention(lead.terms, 'lead');
  addUnits(opening, terms, draft);
  /** Facts are terms with a mark of their kind, so that no two kinds meet in a number. */
  const facts = (part: Part, mark: string, found: Iterable<string>) => {
    for (const fact of found) draft.mark(terms.id(fact, mark), part);
  };
  facts('figure', 'f:', figuresIn(`${titleText}\n${text}`));
  for (const { names, numbers, dates, versions } of [title, lead]) {
    facts('named', 'n:', names);
    facts('number', '#', numbers);
    facts('date', 'd:', dates);
    facts('version', 'v:', versions);
  }
  facts('titleVersion', 'v:', title.versions);
  facts('owner', 'o:', title.owners);
  facts('quote', 'q:', quotesIn(`${titleText}\n${text}`));
  const works = worksOf(article, []).filter(({ kind }) => PROOF.has(kind));
  facts(
    'work',
    'w:',
    works.map(({ id }) => id),
  );
  const pointed = lead.links.size <= MAX_POINTED ? lead.links : NONE;
  const work = workOf(article.url);
  const listed = /^[\w.-]+\s?\/\s?[\w.-]+/.test(titleText) && work?.startsWith('github:') === true;
  return {
    articleId: article.id,
    sourceId: space.oneCopy(article.sourceId),
    language: article.language,
    publishedAt: article.publishedAt,
    dated: article.publishedAt !== article.firstSeenAt,
    roundup: tools.isRoundup(article),
    invitation: tools.isInvitation(article),
    links: [...new Set([linkKey(article.url), ...pointed])],
    work,
    repository: listed ? work?.slice('github:'.length) : undefined,
    plainTitle: plainTitle(titleText),
    opening: texts.keep(opening),
    openingLength: opening.length,
    teaser: full.length < TEASER_CHARS,
    signature: full.length < MIN_TEXT_CHARS ? undefined : signatures.keep(full.slice(0, MAX_TEXT_CHARS)),
    sheet: draft.lay(article.language),
  };
}

/** Words in Latin letters and every other letter, as terms. */
function addUnits(text: string, terms: Terms, draft: Draft): void {
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (at < text.length && isLatin(text.charCodeAt(at))) at += 1;
    if (at > start) draft.unit(terms.id(text.slice(start, at), 'u:'));
    else {
      const code = text.codePointAt(at) ?? 0;
      if (isLetter(code)) draft.unit(terms.characterId(code));
      at += code > 0xffff ? 2 : 1;
    }
  }
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
