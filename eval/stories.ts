import type { Article } from '../src/domain/article.ts';
import type { Story } from '../src/domain/story.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { loadSiftModels } from '../src/newsroom/models.ts';
import { createScorer } from '../src/sift/additive-model.ts';
import { groupArticles } from '../src/sift/group-articles.ts';
import { PAIR_FEATURES } from '../src/sift/pair-features.ts';
import type { GroupTools } from '../src/sift/pieces.ts';
import type { SiftModels } from '../src/sift/sift-models.ts';
import { estimateJaccard, signatureOf } from '../src/text/similarity.ts';
import { bestThreshold } from '../train/best-threshold.ts';
import { type Example, fitLinear } from '../train/fit-linear.ts';
import { pairExamples, UNDATED_FIT } from '../train/same-event.ts';
import { averagePrecision, binaryScores, pairwiseScores } from './metrics.ts';
import type { Question } from './question.ts';
import {
  type FinancePair,
  financePairs,
  type LabelledPair,
  scoopItems,
  sohuPairs,
} from './sets/story-pairs.ts';

/** The peers' way: titles that share half of their words (Latin) or characters (Han). */
const TITLE_JACCARD = 0.5;
/** The line near-duplicates are drawn at. */
const MINHASH = 0.6;
const FOLDS = 5;

/**
 * Pairs and items that people put together: with the shipped weights, beside title-Jaccard 0.5 and MinHash alone.
 * `--train`: five folds over the Chinese pairs, weights and threshold from the other four.
 */
export const stories: Question = async ({ data, train, say }) => {
  const tools = loadEditorial({}).groupTools();
  const models = loadSiftModels();
  const figures: Record<string, number> = {};
  const absent: string[] = [];
  let cases = 0;
  const sohu = sohuPairs(data);
  if (sohu === undefined) absent.push('stories/sohu-same-event');
  else {
    cases += sohu.length;
    const examples = pairExamples(sohu, tools, models.background);
    Object.assign(
      figures,
      pairFigures('sohu', sohu, scoresOf(examples, models), models.sameEvent.pairThreshold),
    );
    if (train) Object.assign(figures, foldFigures('sohu.folds', examples));
  }
  const finance = financePairs(data, 'human_labels.csv', 'human_label');
  if (finance === undefined) absent.push('stories/finance-pairs');
  else {
    cases += finance.length;
    const examples = pairExamples(finance, tools, models.background);
    Object.assign(
      figures,
      pairFigures('finance', finance, scoresOf(examples, models), models.sameEvent.pairThreshold),
    );
    figures['finance.llmMajority.f1'] = majorityF1(finance);
  }
  const scoop = scoopItems(data);
  if (scoop === undefined) absent.push('stories/scoop');
  else {
    cases += scoop.length;
    Object.assign(figures, scoopFigures(scoop, tools, models, say));
  }
  return { cases, figures, absent };
};

function scoresOf(examples: readonly Example[], models: SiftModels): number[] {
  const scorer = createScorer(models.sameEvent.undated, PAIR_FEATURES);
  return examples.map(({ values }) => scorer.score(values));
}

function pairFigures(
  name: string,
  pairs: readonly LabelledPair[],
  scores: readonly number[],
  threshold: number,
): Record<string, number> {
  const truth = pairs.map(({ same }) => same);
  const { f1, precision, recall } = binaryScores(
    scores.map((score) => score >= threshold),
    truth,
  );
  const jaccard = pairs.map(({ left, right }) => titleJaccard(left, right) >= TITLE_JACCARD);
  const minHash = pairs.map(({ left, right }) => sameText(left, right));
  return {
    [`${name}.f1`]: f1,
    [`${name}.precision`]: precision,
    [`${name}.recall`]: recall,
    [`${name}.ap`]: averagePrecision(scores, truth),
    [`${name}.titleJaccard.f1`]: binaryScores(jaccard, truth).f1,
    [`${name}.minHash.f1`]: binaryScores(minHash, truth).f1,
  };
}

/** Weights and threshold from four folds, measured on the fifth; counts are added up over the folds. */
function foldFigures(name: string, examples: readonly Example[]): Record<string, number> {
  const found: boolean[] = [];
  const scores: number[] = [];
  const truth: boolean[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const rest = examples.filter((_, at) => at % FOLDS !== fold);
    const scorer = createScorer(fitLinear(rest, PAIR_FEATURES, UNDATED_FIT), PAIR_FEATURES);
    const threshold = bestThreshold(
      rest.map(({ values }) => scorer.score(values)),
      rest.map(({ label }) => label === 1),
    );
    for (const { values, label } of examples.filter((_, at) => at % FOLDS === fold)) {
      const score = scorer.score(values);
      scores.push(score);
      found.push(score >= threshold);
      truth.push(label === 1);
    }
  }
  return { [`${name}.f1`]: binaryScores(found, truth).f1, [`${name}.ap`]: averagePrecision(scores, truth) };
}

function scoopFigures(
  items: readonly { article: Article; story: string }[],
  tools: GroupTools,
  models: SiftModels,
  say: (line: string) => void,
): Record<string, number> {
  // The newsroom knows a page by its identity before it groups; a page fetched twice is one article there.
  const first = new Map<string, Article>();
  for (const { article } of items) if (!first.has(article.identity)) first.set(article.identity, article);
  // Here a story is one item fetched again, not one event: what counts are the joins as reposts and near-duplicates.
  const same = groupArticles({ fresh: [...first.values()], open: [], tools, models });
  const found = same.stories.flatMap((story) => duplicatesOf(story));
  const storyOf = new Map(found.flatMap(({ id, ids }) => ids.map((one) => [one, id])));
  const keys = items.map(({ article }) => storyOf.get(first.get(article.identity)?.id ?? '') ?? article.id);
  const truth = items.map(({ story }) => story);
  const { f1, precision, recall } = pairwiseScores(keys, truth);
  const mixed = found.filter(
    ({ id }) => new Set(items.filter((_, at) => keys[at] === id).map(({ story }) => story)).size > 1,
  );
  for (const story of mixed)
    say(
      `  false merge: ${items
        .filter((_, at) => keys[at] === story.id)
        .map(({ article }) => article.title)
        .join(' | ')}`,
    );
  return {
    'scoop.f1': f1,
    'scoop.precision': precision,
    'scoop.recall': recall,
    'scoop.falseMerges': mixed.length,
    'scoop.sameEvent.pairwise.f1': pairwiseScores(eventKeys(same.stories, items, first), truth).f1,
  };
}

/** The first article of a story with those that are it again; the others tell the event in their own words. */
function duplicatesOf(story: Story): { id: string; ids: string[] }[] {
  const own = story.joins.filter(({ kind }) => kind !== 'same-event').map(({ articleId }) => articleId);
  const others = story.joins.filter(({ kind }) => kind === 'same-event').map(({ articleId }) => articleId);
  return [{ id: story.id, ids: own }, ...others.map((id) => ({ id, ids: [id] }))];
}

function eventKeys(
  stories: readonly Story[],
  items: readonly { article: Article }[],
  first: ReadonlyMap<string, Article>,
): string[] {
  const storyOf = new Map(stories.flatMap(({ id, joins }) => joins.map((join) => [join.articleId, id])));
  return items.map(({ article }) => storyOf.get(first.get(article.identity)?.id ?? '') ?? article.id);
}

function majorityF1(pairs: readonly FinancePair[]): number {
  return binaryScores(
    pairs.map(({ verdicts }) => verdicts.filter((verdict) => verdict === 'SAME').length >= 2),
    pairs.map(({ same }) => same),
  ).f1;
}

/** Jaccard's coefficient of two titles' units: words in Latin script, characters in Han. */
export function titleJaccard(left: Article, right: Article): number {
  const [one, other] = [unitsOf(left.title), unitsOf(right.title)];
  const union = one.union(other).size;
  return union === 0 ? 0 : one.intersection(other).size / union;
}

function unitsOf(title: string): Set<string> {
  return new Set(
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z0-9]+|[\p{L}\p{N}]/gu) ?? [],
  );
}

/** Whether MinHash alone calls two articles one text (the title when there is no text). */
export function sameText(left: Article, right: Article): boolean {
  const [one, other] = [left, right].map(({ title, excerpt }) => signatureOf(excerpt || title));
  return one !== undefined && other !== undefined && estimateJaccard(one, other) >= MINHASH;
}
