import { plainTitle, tidyLines } from '../src/gather/html-text.ts';
import type { PageReading } from '../src/gather/pages/page-reading.ts';
import { parseDate } from '../src/gather/parse-date.ts';
import { newsFigures } from './page-news.ts';
import { wechatFigures } from './page-wechat.ts';
import type { Question } from './question.ts';
import { readOurs } from './read-ours.ts';
import { defuddleAlone, type Read, readabilityAlone } from './sets/other-readers.ts';
import * as sets from './sets/pages.ts';
import { harmonic, shingleScores } from './shingles.ts';

type Figures = Record<string, number>;

/**
 * How well pages are read: our reader, Readability alone and Defuddle alone over the same pages in the same run. Every set is
 * also given in two halves (every other page), because rules were chosen on the first and only checked on the second.
 */
export const pages: Question = async ({ data, say }) => {
  const figures: Figures = {};
  const absent: string[] = [];
  let cases = 0;
  const parts: [string, () => { cases: number; figures: Figures } | undefined][] = [
    ['aeb', () => aebFigures(data)],
    ['trafilatura', () => phraseFigures(data)],
    ['wechat', () => wechatFigures(data, say)],
    ['gne', () => newsFigures(data, say)],
    ['postlight', () => factFigures(sets.factPages(data))],
    ['readability', () => factFigures(sets.readabilityPages(data))],
  ];
  for (const [name, measure] of parts) {
    const part = measure();
    if (part === undefined) absent.push(`pages/${name}`);
    else {
      cases += part.cases;
      for (const [figure, value] of Object.entries(part.figures)) figures[`${name}.${figure}`] = value;
      say(`${name}: ${part.cases} pages`);
    }
  }
  return { cases, figures, absent };
};

const READERS: Record<string, (bytes: Uint8Array, url: string) => Read> = {
  ribao: (bytes, url) => asRead(readOurs(bytes, url)),
  readability: readabilityAlone,
  defuddle: defuddleAlone,
};

function asRead(reading: PageReading): Read {
  if (reading.kind !== 'text') return { text: '', title: '', author: '', published: '', image: '' };
  const { text, title = '', author = '', publishedAt, image = '' } = reading;
  const published = publishedAt === undefined ? '' : new Date(publishedAt).toISOString();
  return { text, title, author, published, image };
}

/** One row for each page and reader. */
type Row<Score> = { reader: string; half: number; score: Score };

function scoreAll<Known, Score>(
  pages: Iterable<sets.StoredPage<Known>>,
  score: (read: Read, known: Known) => Score,
): Row<Score>[] {
  const rows: Row<Score>[] = [];
  let n = 0;
  for (const { bytes, url, known } of pages) {
    for (const [reader, read] of Object.entries(READERS))
      rows.push({ reader, half: (n % 2) + 1, score: score(read(bytes, url), known) });
    n += 1;
  }
  return rows;
}

/** For each reader: all pages, and the two halves. */
function summarise<Score>(
  rows: Row<Score>[],
  figuresOf: (scores: Score[]) => Figures,
): { cases: number; figures: Figures } {
  const figures: Figures = {};
  for (const reader of Object.keys(READERS)) {
    const own = rows.filter((row) => row.reader === reader);
    for (const [part, chosen] of [
      ['', own],
      ['.half1', own.filter(({ half }) => half === 1)],
      ['.half2', own.filter(({ half }) => half === 2)],
    ] as const)
      for (const [name, value] of Object.entries(figuresOf(chosen.map(({ score }) => score))))
        figures[`${reader}.${name}${part}`] = value;
  }
  return { cases: rows.length / Object.keys(READERS).length, figures };
}

const mean = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** `f1` as the benchmark publishes it: of the mean precision and the mean recall. */
function aebFigures(data: string) {
  const pages = sets.aebPages(data);
  if (pages === undefined) return undefined;
  const rows = scoreAll(pages, (read, known) => shingleScores(read.text, known.text));
  return summarise(rows, (scores) => {
    const precision = mean(scores.map((one) => one.precision));
    const recall = mean(scores.map((one) => one.recall));
    return { f1: harmonic(precision, recall), pageF1: mean(scores.map((one) => one.f1)), precision, recall };
  });
}

/** Share of phrases decided right: those that belong to the text are in it, the others are not. */
function phraseFigures(data: string) {
  const pages = sets.phrasePages(data);
  if (pages === undefined) return undefined;
  const rows = scoreAll(pages, ({ text }, known) => {
    const flat = flatten(text);
    const has = (phrase: string): boolean => flat.includes(flatten(phrase));
    return {
      found: known.with.filter(has).length,
      wanted: known.with.length,
      kept: known.without.filter(has).length,
      unwanted: known.without.length,
    };
  });
  return summarise(rows, (scores) => {
    const sum = (pick: (one: (typeof scores)[number]) => number) =>
      scores.reduce((total, one) => total + pick(one), 0);
    const [found, wanted] = [sum((one) => one.found), sum((one) => one.wanted)];
    const [kept, unwanted] = [sum((one) => one.kept), sum((one) => one.unwanted)];
    const [precision, recall] = [found / Math.max(1, found + kept), found / Math.max(1, wanted)];
    return {
      accuracy: (found + unwanted - kept) / Math.max(1, wanted + unwanted),
      f1: harmonic(precision, recall),
      with: recall,
      without: 1 - kept / Math.max(1, unwanted),
    };
  });
}

const flatten = (text: string): string => tidyLines(text).replace(/\s+/g, ' ');

/** Share of given facts that were read alike; case, typography and the time of day left aside. */
function factFigures(pages: Iterable<sets.StoredPage<sets.Facts>> | undefined) {
  if (pages === undefined) return undefined;
  const rows = scoreAll(pages, (read, known) => ({
    title: agreement(read.title, known.title, plain),
    author: agreement(read.author, known.author, plain),
    date: agreement(read.published, known.date_published, day),
    image: agreement(read.image, known.lead_image_url, withoutQuery),
  }));
  return summarise(rows, (scores) => {
    const share = (name: keyof (typeof scores)[number]) =>
      mean(scores.map((one) => one[name]).filter((one) => one !== undefined));
    return { title: share('title'), author: share('author'), date: share('date'), image: share('image') };
  });
}

function agreement(
  read: string,
  known: string | null | undefined,
  form: (text: string) => string,
): number | undefined {
  if (known === null || known === undefined || known === '') return undefined;
  return form(read) === form(known) ? 1 : 0;
}

const plain = (text: string): string =>
  plainTitle(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const withoutQuery = (text: string): string => text.replace(/^https?:/, '').replace(/[?#].*$/, '');
function day(text: string): string {
  const at = parseDate(text, 0);
  return at === undefined ? '?' : new Date(at).toISOString().slice(0, 10);
}
