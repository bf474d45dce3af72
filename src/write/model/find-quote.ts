import { type Article, textOf } from '../../domain/article.ts';
import { plainProse } from '../../text/outlet-prose.ts';
import { sentencesOf } from '../../text/sentences.ts';
import { plainText, squeezed } from '../facts/plain-text.ts';

/** The clauses of a sentence that a quotation touches; the whole sentence where that cannot be told. */
export function clausesQuoted(quote: string, sentence: string): string {
  const at = sentence.indexOf(quote.trim());
  if (at < 0) return sentence;
  const before = sentence.slice(0, at);
  const from = Math.max(...[', ', '; ', ': ', '，', '；', '：'].map((mark) => before.lastIndexOf(mark)));
  const end = at + quote.trim().length;
  const rest = /[,;:，；：。.!?]/.exec(sentence.slice(end))?.index ?? sentence.length - end;
  return sentence.slice(from + 1, end + rest);
}

/** Fewer letters stand in many places and prove nothing. */
const LEAST_LETTERS = 6;

/**
 * The sentence of the article that holds a quotation word for word (blanks, marks and traditional characters aside);
 * for a quotation over several sentences the quotation itself; undefined when the article does not have it.
 */
export function findQuote(quote: string, article: Article): string | undefined {
  const wanted = squeezed(plainText(quote));
  if (wanted.length < LEAST_LETTERS) return undefined;
  const own = [plainProse(article.title), ...sentencesOf(plainProse(textOf(article)))];
  const sentence = own.find((one) => squeezed(plainText(one)).includes(wanted));
  if (sentence !== undefined) return sentence;
  return squeezed(plainText(own.join('\n'))).includes(wanted) ? quote.trim() : undefined;
}
