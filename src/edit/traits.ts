import type { Article } from '../domain/article.ts';
import type { Verdict } from '../domain/story.ts';
import { type NameFinder, namesIn } from '../text/names.ts';

/**
 * What can be learned about when an editor rules on a story: its section, its publishers, the names in its titles, the
 * kinds of signal its worth rests on. Each 1 where it holds.
 */
export function traitsOf(
  verdict: Verdict,
  articles: readonly Article[],
  findNames: NameFinder,
): Record<string, number> {
  const traits = [
    `栏目 ${verdict.section.name}`,
    ...articles.map(({ publisher }) => `媒体 ${publisher}`),
    ...articles.flatMap(({ title }) => namesIn(findNames, title).map(({ name }) => `名字 ${name}`)),
    // The words before the colon say the kind of signal; the words after it, where it was found.
    ...verdict.worth.parts
      .filter(({ signal }) => signal.includes('：'))
      .map(({ signal }) => `特征 ${signal.split('：', 1)[0]}`),
  ];
  return Object.fromEntries(traits.map((trait) => [trait, 1]));
}
