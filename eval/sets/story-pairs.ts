import { join } from 'node:path';
import { z } from 'zod';
import type { Article } from '../../src/domain/article.ts';
import { detectLanguage } from '../../src/gather/detect-language.ts';
import { articleId, identityOf } from '../../src/gather/identity.ts';
import { readCsv } from './read-csv.ts';
import { readLines } from './read-lines.ts';

/** Two texts with the answer whether they tell one event. `undefined` labels are left out before this. */
export type LabelledPair = { left: Article; right: Article; same: boolean };

const sohuRow = z.object({
  source: z.string(),
  target: z.string(),
  label: z.union([z.string(), z.number()]).transform(Number),
});

/** Chinese pairs of a contest (titles and texts, no dates); undefined when the folder has none. */
export function sohuPairs(data: string, name: 'sohu-same-event' | 'sohu-same-topic' = 'sohu-same-event') {
  return readLines(join(data, 'stories', `${name}.jsonl.gz`), sohuRow)?.map(
    ({ source, target, label }, n): LabelledPair => ({
      left: bareArticle(`${name}/${n}/left`, source),
      right: bareArticle(`${name}/${n}/right`, target),
      same: label === 1,
    }),
  );
}

const semevalRow = z.object({
  lang1: z.string(),
  lang2: z.string(),
  text1: z.string(),
  text2: z.string(),
  overall: z.number(),
});

/** From here on its scale (1 = the same, 4 = nothing in common) a SemEval pair counts as one event. */
const SEMEVAL_SAME = 2;

/** News pairs in English and Chinese with a judged likeness. */
export function semevalPairs(data: string) {
  return readLines(join(data, 'stories', 'semeval2022-pairs.jsonl.gz'), semevalRow)?.map(
    ({ text1, text2, overall }, n): LabelledPair => ({
      left: bareArticle(`semeval/${n}/left`, text1),
      right: bareArticle(`semeval/${n}/right`, text2),
      same: overall <= SEMEVAL_SAME,
    }),
  );
}

/** One pair of finance headlines; `verdicts` are those of language models where the file has them. */
export type FinancePair = LabelledPair & { id: string; verdicts: string[] };

/** English headlines about one company, by the column that holds the answer; unclear ones are left out. */
export function financePairs(data: string, file: string, column: string): FinancePair[] | undefined {
  const rows = readCsv(join(data, 'stories', 'finance-pairs', file));
  return rows?.flatMap((row): FinancePair[] => {
    const answer = row[column];
    if (answer !== 'SAME' && answer !== 'DIFFERENT') return [];
    const id = row.pair_id ?? '';
    return [
      {
        id,
        same: answer === 'SAME',
        verdicts: [row.verdict_sonnet, row.verdict_openai, row.verdict_gemini].map((one) => one ?? ''),
        left: financeArticle(row, 'a'),
        right: financeArticle(row, 'b'),
      },
    ];
  });
}

function financeArticle(row: Record<string, string>, side: 'a' | 'b'): Article {
  const title = row[`item_${side}_title`] ?? '';
  const article = bareArticle(row[`item_${side}_id`] ?? `${title}/${side}`, title);
  const at = Date.parse(row[`item_${side}_published_at`] ?? '');
  const excerpt = row[`item_${side}_lede`] ?? '';
  return { ...article, excerpt, ...(Number.isNaN(at) ? {} : { publishedAt: at }) };
}

const scoopRow = z.object({
  story_gt_id: z.string(),
  source: z.string(),
  canonical_url: z.string(),
  title: z.string(),
  published_at: z.string(),
  body_text: z.string().nullable(),
});

/** Items of a scraped news day with the story each belongs to: the same item fetched twice is one story. */
export function scoopItems(data: string): { article: Article; story: string }[] | undefined {
  return readLines(join(data, 'stories', 'scoop.jsonl.gz'), scoopRow)?.map((row, n) => ({
    story: row.story_gt_id,
    article: {
      ...bareArticle(`scoop/${n}`, row.title),
      sourceId: row.source,
      publisher: row.source,
      url: row.canonical_url,
      identity: identityOf(row.canonical_url),
      excerpt: row.body_text ?? '',
      publishedAt: Date.parse(row.published_at) || 0,
    },
  }));
}

/** A text alone as an article: a long one is its own lead under its first sentence. */
export function bareArticle(key: string, raw: string): Article {
  const text = raw.trim();
  const first = /^[^。！？!?\n]{6,60}[。！？!?\n]/.exec(text)?.[0] ?? text.slice(0, 60);
  const title = text.length <= 60 ? text : first;
  return {
    id: articleId(key),
    identity: `url:${key}`,
    sourceId: key,
    publisher: key,
    url: `https://example.com/${key}`,
    title,
    language: detectLanguage(text),
    publishedAt: 0,
    firstSeenAt: 0,
    excerpt: title === text ? '' : text,
    tags: [],
    body: { kind: 'unread' },
  };
}
