import { type Article, textOf } from '../domain/article.ts';
import { readersSpellingOf } from '../text/simplified.ts';

/** So much of a text says in which characters it is written. */
const SAMPLE = 1500;

/** How readers get an article's words: in simplified characters. Its own letters stay in the evidence. */
export function spellingOf(article: Article): (text: string) => string {
  // Japanese shares many of the characters that only traditional Chinese has.
  if (article.language !== 'zh') return (text) => text;
  return readersSpellingOf(`${article.title}\n${textOf(article).slice(0, SAMPLE)}`);
}
