import { type Article, textOf } from '../domain/article.ts';
import type { StoryFile } from '../domain/story.ts';
import { type FeatureReader, linkKey, type TextFeatures, workOf } from '../text/features.ts';

/** What grouping needs from outside; built once by the newsroom from the editor's files. */
export type GroupTools = {
  readFeatures: FeatureReader;
  /** A digest of many events by its title: it never joins a story. */
  isRoundup: (article: Article) => boolean;
};

/** An article as grouping sees it. */
export type Piece = {
  article: Article;
  /** Place in time order; makes every comparison deterministic. */
  order: number;
  /** Set for articles of stories that are open already. */
  openStory: string | undefined;
  roundup: boolean;
  /** The addresses it stands for: its own and, when it only points, the one it points to. */
  links: Set<string>;
  /** The paper or repository it is the page of. */
  work: string | undefined;
  /** `owner/name` when the piece is but a listing of that repository. */
  repository: string | undefined;
  text: string;
  title: TextFeatures;
  lead: TextFeatures;
  /** TF-IDF vectors of length 1. */
  titleVector: Vector;
  wholeVector: Vector;
  idf: ReadonlyMap<string, number>;
};

/** Sparse, by term. */
export type Vector = ReadonlyMap<string, number>;

/** Characters of the text that tell what the event is; later paragraphs are background that other stories share. */
const LEAD_CHARS = 500;
/** A word of the title says as much as this many mentions in the lead. */
const TITLE_WEIGHT = 3;
/**
 * Documents assumed beside the batch: keeps the idf of a small day sane, where everything is rare. A term of one article
 * in a batch of 20 then weighs about as much as in a batch of 300.
 */
const SMOOTHING_DOCUMENTS = 300;
/** Terms of these kinds weigh more than words of the same rarity: they are what an event is made of. */
const KIND_WEIGHT: readonly (readonly [prefix: string, weight: number])[] = [
  ['v:', 1.6],
  ['#', 1.2],
  ['n:', 1.2],
  ['c:', 1.0],
];
/** A text with more links than this points to nothing in particular. */
const MAX_POINTED = 1;
/** At most this many members of an open story are compared: its first ones and its latest. */
const OPEN_MEMBERS = 8;

/** Reads what grouping needs of all articles: fresh ones (in time order) and the open stories' own. */
export function readPieces(
  fresh: readonly Article[],
  open: readonly StoryFile[],
  tools: GroupTools,
): Piece[] {
  const rows = [
    ...open.flatMap((file) =>
      sampleOf(file.articles).map((article) => ({ article, openStory: file.story.id })),
    ),
    ...fresh.map((article) => ({ article, openStory: undefined })),
  ].map((row) => readRow(row, tools));
  const idf = inverseFrequencies(rows);
  return rows.map((row, order) => ({
    ...row,
    order,
    idf,
    titleVector: vectorOf([[row.title, 1]], idf),
    wholeVector: vectorOf(
      [
        [row.title, TITLE_WEIGHT],
        [row.lead, 1],
      ],
      idf,
    ),
  }));
}

type Row = Pick<
  Piece,
  'article' | 'openStory' | 'roundup' | 'links' | 'work' | 'repository' | 'text' | 'title' | 'lead'
>;

function readRow(row: { article: Article; openStory: string | undefined }, tools: GroupTools): Row {
  const text = textOf(row.article);
  const title = tools.readFeatures(row.article.title);
  const lead = tools.readFeatures(text.slice(0, LEAD_CHARS));
  const links = new Set([linkKey(row.article.url), ...(lead.links.size <= MAX_POINTED ? lead.links : [])]);
  const work = workOf(row.article.url);
  const listed = /^[\w.-]+\s?\/\s?[\w.-]+/.test(row.article.title) && work?.startsWith('github:') === true;
  const repository = listed ? work?.slice('github:'.length) : undefined;
  return { ...row, text, title, lead, links, work, repository, roundup: tools.isRoundup(row.article) };
}

function sampleOf(articles: readonly Article[]): readonly Article[] {
  if (articles.length <= OPEN_MEMBERS) return articles;
  return [...articles.slice(0, OPEN_MEMBERS / 2), ...articles.slice(-OPEN_MEMBERS / 2)];
}

function inverseFrequencies(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const term of new Set([...row.title.terms.keys(), ...row.lead.terms.keys()])) {
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  const total = rows.length + SMOOTHING_DOCUMENTS;
  return new Map([...counts].map(([term, count]) => [term, Math.log(total / (count + 1))]));
}

function vectorOf(
  parts: readonly (readonly [TextFeatures, number])[],
  idf: ReadonlyMap<string, number>,
): Vector {
  const counts = new Map<string, number>();
  for (const [features, weight] of parts) {
    for (const [term, count] of features.terms) counts.set(term, (counts.get(term) ?? 0) + weight * count);
  }
  const vector = new Map<string, number>();
  let squares = 0;
  for (const [term, count] of counts) {
    const weight = (1 + Math.log(count)) * (idf.get(term) ?? 0) * kindWeight(term);
    vector.set(term, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares) || 1;
  for (const [term, weight] of vector) vector.set(term, weight / length);
  return vector;
}

function kindWeight(term: string): number {
  return KIND_WEIGHT.find(([prefix]) => term.startsWith(prefix))?.[1] ?? 1;
}

/** Cosine of two vectors of length 1. */
export function cosine(left: Vector, right: Vector): number {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}
