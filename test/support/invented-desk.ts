import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Article } from '../../src/domain/article.ts';
import type { StoryFile } from '../../src/domain/story.ts';
import { createNameFinder, type Name, spellingsOf } from '../../src/text/names.ts';
import { createWordTools } from '../../src/text/segment.ts';
import { type DeepDesk, deepReadSchema } from '../../src/write/deep-read/signals.ts';
import { createFactDesk } from '../../src/write/facts/fact-desk.ts';
import { factRulesSchema } from '../../src/write/facts/fact-rules.ts';
import { headlineWeightsSchema } from '../../src/write/headline-weights.ts';
import { styleSchema } from '../../src/write/style.ts';
import type { WritingDesk } from '../../src/write/writing-desk.ts';

const names: Name[] = [
  { name: '青石', kind: 'company', ai: 3, fame: 2, aliases: ['青石智能', 'Bluestone'] },
  { name: 'Lumen', kind: 'model', of: '青石', ai: 3, fame: 2, aliases: ['流明'] },
];

function editorial(name: string): unknown {
  return parse(readFileSync(new URL(`../../editorial/${name}`, import.meta.url), 'utf8'));
}

/** For tests: the house style and the fact rules as they are shipped, and an invented firm with its model. */
export const desk: WritingDesk = {
  style: styleSchema.parse(editorial('style.yaml')),
  findNames: createNameFinder(names),
  wordsOf: createWordTools(names.flatMap(spellingsOf)).wordsOf,
  headlineWeights: headlineWeightsSchema.parse(
    JSON.parse(readFileSync(new URL('../../models/headline.json', import.meta.url), 'utf8')),
  ),
  facts: createFactDesk(factRulesSchema.parse(editorial('facts.yaml')), names),
  dayOf: (at) => new Date(at).toISOString().slice(0, 10),
};

/** For tests: the same desk with what a deep read needs. */
export const deepDesk: DeepDesk = { ...desk, deepRead: deepReadSchema.parse(editorial('deep-read.yaml')) };

/** For tests: one invented article. */
export function articleWith(parts: Partial<Article> & { title: string; text: string }): Article {
  const { text, ...given } = parts;
  return {
    id: 'a',
    identity: 'url:example.com/a',
    sourceId: 'lamp',
    publisher: '灯报',
    url: 'https://example.com/a',
    language: 'zh',
    publishedAt: 0,
    firstSeenAt: 0,
    excerpt: '',
    tags: [],
    body: { kind: 'page', text, extractor: 'test' },
    ...given,
  };
}

/** For tests: a story told by these articles. */
export function storyOf(...articles: Article[]): StoryFile {
  const joins = articles.map((one) => ({ articleId: one.id, kind: 'first' as const, score: 1, reasons: [] }));
  return { story: { id: 's', openedAt: 0, joins }, articles };
}
