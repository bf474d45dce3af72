import type { Article } from '../domain/article.ts';
import type { NameFinder } from '../text/names.ts';

/**
 * Whose news a story is: the company that most titles name first (a model or a person speaks for its company).
 * Undefined when no title names anybody known.
 */
export function subjectOf(
  articles: readonly Pick<Article, 'title'>[],
  findNames: NameFinder,
): string | undefined {
  const votes = new Map<string, number>();
  for (const { title } of articles) {
    const first = findNames(title).find(({ name }) => name.of !== undefined || name.kind === 'company')?.name;
    if (first !== undefined) votes.set(first.of ?? first.name, (votes.get(first.of ?? first.name) ?? 0) + 1);
  }
  return [...votes].toSorted((one, other) => other[1] - one[1])[0]?.[0];
}
