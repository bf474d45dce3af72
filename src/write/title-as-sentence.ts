import { visibleLength } from '../text/length.ts';
import { sentencesOf } from '../text/sentences.ts';
import { cleanTitle } from './clean-title.ts';
import { readStatement } from './statement.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A title as a sentence: no labels or openers, a calm voice, no question where something else is said. */
export function titleAsSentence(title: string, desk: WritingDesk): string {
  const bare = title.replace(/[【（(]附[^】）)]{1,24}[】）)]/gu, '');
  const said = sentencesOf(withoutCries(cleanTitle(bare, desk), desk));
  const told = said.filter((sentence) => !/[？?]$/.test(sentence));
  return (told.length > 0 ? told : said).join('');
}

/**
 * `大跌眼镜！青石开源编程模型` → `青石开源编程模型`, `青石开源了！权重可商用` → `青石开源了，权重可商用`: a cry goes, a short
 * exclamation becomes a clause.
 */
function withoutCries(title: string, desk: WritingDesk): string {
  const said = title.split(/！(?=\S)/u);
  const [first = '', ...rest] = said;
  const cry =
    rest.length > 0 &&
    visibleLength(first) <= CRY_MOST &&
    !/\d/.test(first) &&
    desk.findNames(first).length === 0 &&
    visibleLength(rest.join('')) >= CRY_MOST &&
    readStatement(first, desk).shape !== 'whole';
  const kept = cry ? rest : said;
  return kept.reduce((all, part) => {
    const joins = visibleLength(lastOf(all)) <= CLAUSE_MOST && !/^[^。]*[？?]/u.test(part);
    return `${all}${joins ? '，' : '。'}${part}`;
  });
}
const CRY_MOST = 12;
const CLAUSE_MOST = 16;

/** What stands after the last mark that ends a sentence. */
function lastOf(text: string): string {
  return text.slice(text.lastIndexOf('。') + 1);
}
