import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Article } from '../../src/domain/article.ts';
import type { Source } from '../../src/domain/source.ts';
import { parseFeedText } from '../../src/gather/sources/parse-feed.ts';
import { toArticle } from '../../src/gather/to-article.ts';
import { endOfDay } from '../../src/newsroom/calendar.ts';
import { type Judgement, type LabelledBy, labelledBy, labelsOf } from './day-labels.ts';

export const ZONE = 'Asia/Shanghai';
/** The labels cover what was published in the 40 hours before the later of collectedAt and the day's end. */
export const LABELLED_HOURS = 40;

const daySchema = z.object({ date: z.string(), collectedAt: z.string() });

/** `labelledBy`: where somebody's labels of the day lie. */
export type Day = { date: string; folder: string; collectedAt: number; labelledBy: LabelledBy | undefined };

/** The days of a data folder, oldest first. */
export function listDays(data: string): Day[] {
  const root = join(data, 'days');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d{4}-/.test(name))
    .toSorted()
    .map((name) => {
      const folder = join(root, name);
      const { date, collectedAt } = daySchema.parse(
        JSON.parse(readFileSync(join(folder, 'day.json'), 'utf8')),
      );
      return {
        date,
        folder,
        collectedAt: Math.max(Date.parse(collectedAt), endOfDay(ZONE, date)),
        labelledBy: labelledBy(folder),
      };
    });
}

/** One labelled row with the article it names. */
export type LabelledArticle = { label: Judgement; article: Article; source: Source };

/** Labelled articles by day, of all days that somebody labelled. */
export type LabelledDays = Map<string, LabelledArticle[]>;

export async function loadLabelledDays(data: string): Promise<LabelledDays> {
  const days: LabelledDays = new Map();
  for (const day of listDays(data))
    if (day.labelledBy !== undefined) days.set(day.date, await labelledArticles(day));
  return days;
}

/** The labelled articles of one day, read from its feeds as the newsroom would; rows whose entry is gone are left out. */
export async function labelledArticles(day: Day): Promise<LabelledArticle[]> {
  const labels = new Map(labelsOf(day).map((label) => [label.articleId, label]));
  const rows = new Map<string, LabelledArticle>();
  for (const { article, source } of await articlesOf(day)) {
    const label = labels.get(article.id);
    if (label !== undefined && !rows.has(article.id)) rows.set(article.id, { label, article, source });
  }
  return [...rows.values()];
}

/** All entries of one day's feeds as articles that stand on their feed's text. */
export async function articlesOf(day: Day): Promise<{ article: Article; source: Source }[]> {
  const folder = join(day.folder, 'feeds');
  const found: { article: Article; source: Source }[] = [];
  for (const file of readdirSync(folder).toSorted()) {
    const source = sourceOf(file);
    const reading = await parseFeedText(readFileSync(join(folder, file), 'utf8'), {
      source,
      feedUrl: source.url,
      now: day.collectedAt,
    });
    if (reading.kind !== 'entries') continue;
    for (const entry of reading.entries) found.push({ article: standing(toArticle(entry, source)), source });
  }
  return found;
}

/** A day's feed file as a source: named by its file, standing on its feed's own text. */
export function sourceOf(file: string): Source {
  const id = basename(file, '.xml');
  return {
    id,
    kind: 'feed',
    name: id.replace(/^zh-/, ''),
    url: `http://feeds.example/${encodeURIComponent(file)}`,
    weight: 1,
    fullText: 'feed',
  };
}

function standing(article: Article): Article {
  return { ...article, body: { kind: 'feed', text: article.excerpt, why: 'no pages' } };
}
