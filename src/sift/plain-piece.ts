import { type Article, textOf } from '../domain/article.ts';
import { simplified } from '../text/simplified.ts';
import { OPENING_CHARS } from './phrase-rules.ts';
import type { PlainPiece } from './word-model.ts';

/** An article's title and opening as rules and models read them: in simplified Chinese, so that one list of words serves both. */
export function plainPiece(article: Article): PlainPiece {
  return { title: simplified(article.title), text: simplified(textOf(article).slice(0, OPENING_CHARS)) };
}
