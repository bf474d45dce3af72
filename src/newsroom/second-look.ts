import { type Article, textOf } from '../domain/article.ts';
import type { Failure } from '../domain/run.ts';
import type { StoryFile, Verdict } from '../domain/story.ts';
import type { Llm } from '../llm/llm.ts';
import { readItems, readPairs } from '../llm/second-reader.ts';
import { SAME_EVENT, type UnsurePair } from '../sift/story-window.ts';
import type { Newsroom } from './newsroom.ts';
import { pairKey } from './rulings.ts';

/** Characters of an article's text that a model is shown. */
const LEAD_CHARS = 400;
/** At most this many pairs are asked about in one run: those nearest to the line. */
const MOST_PAIRS = 64;
/** Among this many stories of most worth, those are asked about whose section is won by less than this (log odds). */
const ITEMS = { among: 60, margin: 0.5 };
/**
 * How a cosine of embeddings becomes log odds: models differ in scale, so it is measured in standard deviations above
 * the mean of unrelated pairs of the same day. Chosen by reasoning, not measured: no model is at hand where this is built.
 */
const EMBEDDING = { zeroAt: 3, each: 0.6, most: 1.5, sample: 500 };

/** Evidence from embeddings for any two of the articles, in log odds; 0 where a vector is missing. */
export async function embeddingEvidence(
  llm: Llm,
  articles: readonly Article[],
): Promise<{ further: (leftId: string, rightId: string) => number; failures: string[] }> {
  const texts = new Map(articles.map((article) => [article.id, `${article.title}\n${leadOf(article)}`]));
  const { vectors, failures } = await llm.embed([...new Set(texts.values())]);
  const vectorOf = (id: string) => vectors.get(texts.get(id) ?? '');
  const ids = [...texts.keys()];
  const sample = Array.from({ length: Math.min(EMBEDDING.sample, ids.length) }, (_, at) =>
    cosine(vectorOf(ids[at] ?? ''), vectorOf(ids[(at * 7 + 3) % ids.length] ?? '')),
  ).filter((one) => one !== undefined);
  const mean = sample.reduce((sum, one) => sum + one, 0) / Math.max(1, sample.length);
  const spread = Math.sqrt(
    sample.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, sample.length),
  );
  return {
    failures,
    further(leftId, rightId) {
      const alike = cosine(vectorOf(leftId), vectorOf(rightId));
      if (alike === undefined || spread === 0) return 0;
      const logOdds = ((alike - mean) / spread - EMBEDDING.zeroAt) * EMBEDDING.each;
      return Math.max(-EMBEDDING.most, Math.min(EMBEDDING.most, logOdds));
    },
  };
}

function cosine(left: Float32Array | undefined, right: Float32Array | undefined): number | undefined {
  if (left === undefined || right === undefined || left === right) return undefined;
  return left.reduce((sum, one, at) => sum + one * (right[at] ?? 0), 0);
}

/** Asks the model about the pairs nearest to the line; gives what it said by pair. */
export async function askAboutPairs(
  llm: Llm,
  unsure: readonly UnsurePair[],
  articles: ReadonlyMap<string, Article>,
): Promise<{ said: Map<string, boolean>; failures: Failure[] }> {
  const nearest = unsure
    .toSorted((one, other) => Math.abs(one.score - SAME_EVENT) - Math.abs(other.score - SAME_EVENT))
    .slice(0, MOST_PAIRS);
  const pairs = nearest.flatMap(({ leftId, rightId }) => {
    const [left, right] = [articles.get(leftId), articles.get(rightId)];
    if (left === undefined || right === undefined) return [];
    return [{ id: pairKey(leftId, rightId), left: excerptOf(left), right: excerptOf(right) }];
  });
  const { answers, failures } = await readPairs(llm, pairs);
  return { said: new Map([...answers].map(([id, { same }]) => [id, same])), failures };
}

/** Lets the model look again at stories whose section the desk was not sure of; its word is kept as the reason. */
export async function askAboutItems(
  room: Newsroom,
  llm: Llm,
  files: readonly StoryFile[],
  verdicts: readonly Verdict[],
): Promise<{ verdicts: Verdict[]; failures: Failure[] }> {
  const articleOf = new Map(files.map((file) => [file.story.id, file.articles[0]]));
  const items = verdicts
    .filter(({ noise }) => noise.kind === null)
    .toSorted((one, other) => other.worth.score - one.worth.score)
    .slice(0, ITEMS.among)
    .filter(({ section }) => (section.margin ?? ITEMS.margin) < ITEMS.margin)
    .flatMap(({ storyId }) => {
      const article = articleOf.get(storyId);
      return article === undefined ? [] : [{ id: storyId, ...excerptOf(article) }];
    });
  const { answers, failures } = await readItems(llm, items, room.editorial.sectionPlan);
  const read = verdicts.map((verdict): Verdict => {
    const answer = answers.get(verdict.storyId);
    if (answer === undefined) return verdict;
    const reasons = [{ signal: `第二读者：${answer.why}`, weight: 1 }];
    return {
      ...verdict,
      section: { name: answer.section, reasons },
      noise: answer.noise === null ? verdict.noise : { kind: answer.noise, reasons },
    };
  });
  return { verdicts: read, failures };
}

function excerptOf(article: Article) {
  return {
    title: article.title,
    lead: leadOf(article),
    publisher: article.publisher,
    at: article.publishedAt,
  };
}

function leadOf(article: Article): string {
  return textOf(article).slice(0, LEAD_CHARS);
}
