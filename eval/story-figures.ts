import type { Article } from '../src/domain/article.ts';
import { bCubedScores, pairwiseScores } from './metrics.ts';
import type { Judgement } from './sets/day-labels.ts';
import { sameText, titleJaccard } from './stories.ts';

type Row = { label: Judgement; article: Article; storyId: string };

/** Of the pairs in two languages: how many that belong together were found, and how many found ones belong. */
export function crossFigures(rows: readonly Row[]): Record<string, number> {
  let found = 0;
  let true_ = 0;
  let hits = 0;
  rows.forEach((one, at) => {
    for (const other of rows.slice(at + 1)) {
      if (one.article.language === other.article.language) continue;
      const same = one.label.story === other.label.story;
      const together = one.storyId === other.storyId;
      if (same) true_ += 1;
      if (together) found += 1;
      if (same && together) hits += 1;
    }
  });
  return { 'cross.pairs': true_, 'cross.found': found, 'cross.hits': hits };
}

/** What the peers do, on the same rows: titles that share half their words, and MinHash over texts alone. */
export function baselineFigures(rows: readonly Row[]): Record<string, number> {
  const truth = rows.map(({ label }) => label.story);
  const figures: Record<string, number> = {};
  for (const [name, same] of [
    ['titleJaccard', (one: Article, other: Article) => titleJaccard(one, other) >= 0.5],
    ['minHash', sameText],
  ] as const) {
    const found = joined(rows, same);
    figures[`${name}.pairwise.f1`] = pairwiseScores(found, truth).f1;
    figures[`${name}.b3.f1`] = bCubedScores(found, truth).f1;
  }
  return figures;
}

/** Single link, as the peers cluster: whatever is alike ends in one group. */
function joined(rows: readonly Row[], same: (one: Article, other: Article) => boolean): string[] {
  const keys = rows.map((_, at) => at);
  rows.forEach((one, at) => {
    for (let later = at + 1; later < rows.length; later += 1) {
      const other = rows[later];
      const [into, from] = [keys[at], keys[later]];
      if (other === undefined || into === from || !same(one.article, other.article)) continue;
      keys.forEach((key, place) => {
        if (key === from) keys[place] = into ?? key;
      });
    }
  });
  return keys.map(String);
}
