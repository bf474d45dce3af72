import { z } from 'zod';
import { type Article, textOf } from '../../domain/article.ts';

/** `editorial/prompts/orders.yaml`: words by which a text speaks to the model that reads it. */
export const ordersSchema = z.strictObject({ phrases: z.array(z.string().min(2)) });

/** The order found in a text, in the words it is known by; undefined when it holds none. */
export type OrderFinder = (text: string) => string | undefined;

/** Marks that chat formats and pages use and news does not. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [
    /<\|[a-z_]{2,20}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant|user|instructions?)>/i,
    '对话格式的标记',
  ],
  [/<!--|-->/, 'HTML 注释'],
  [
    /<(?:span|div|p|font)\b[^>]*(?:display\s*:\s*none|color\s*:\s*(?:#fff|white)|font-size\s*:\s*0)/i,
    '隐藏的文字',
  ],
  [/["“]?(?:headline|sentences|evidence)["”]?\s*[:：]\s*["“[{]/i, '现成的答案'],
  [/^\s*(?:system|assistant|user|developer|系统|助手|用户|开发者)\s*[:：]/im, '假称的发言人'],
  [/[0-9a-f]{16}>>>|<<<[0-9a-f]{16}/i, '仿造的分隔标记'],
  // Real text has no word this long without a blank; addresses are taken out before.
  [/(?<![A-Za-z0-9+/=])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{40,}={0,2}/, '编码过的文字'],
];

/** Builds the finder. Cost: linear in the text. */
export function createOrderFinder(phrases: readonly string[]): OrderFinder {
  const known = phrases.map((phrase) => ({ phrase, bare: squeeze(phrase) }));
  return (text) => {
    const readable = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
    const sign = SIGNS.find(([pattern]) => pattern.test(readable.replace(/https?:\/\/\S+/g, ' ')));
    if (sign !== undefined) return sign[1];
    const bare = squeeze(readable);
    return known.find((one) => holds(bare, one.bare))?.phrase;
  };
}

/** The order in an article's title or text. */
export function orderIn(article: Article, find: OrderFinder): string | undefined {
  return find(article.title) ?? find(textOf(article)) ?? find(article.excerpt);
}

/** The article without the paragraphs that hold an order; what is left is news as far as anybody can tell. */
export function withoutOrders(article: Article, find: OrderFinder): Article {
  const kept = (text: string) =>
    text
      // What stands between forged marks is forged, too.
      .replace(/<<<\s*[0-9a-f]{16}[\s\S]*?[0-9a-f]{16}\s*>>>/gi, '')
      .split('\n')
      .filter((line) => find(line) === undefined)
      .join('\n');
  const { body } = article;
  return {
    ...article,
    title: find(article.title) === undefined ? article.title : '',
    excerpt: kept(article.excerpt),
    body: body.kind === 'page' || body.kind === 'feed' ? { ...body, text: kept(body.text) } : body,
  };
}

/** Lower case; between Chinese characters no blanks, elsewhere single ones. */
function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, '');
}

/** Latin phrases as whole words: `act as` does not stand in `contact assistants`. */
function holds(text: string, phrase: string): boolean {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const opens = !/^[a-z]/.test(phrase) || !/[a-z]/.test(text.charAt(at - 1));
    const closes = !/[a-z]$/.test(phrase) || !/[a-z]/.test(text.charAt(at + phrase.length));
    if (opens && closes) return true;
  }
  return false;
}
