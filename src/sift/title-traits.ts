import type { Article } from '../domain/article.ts';
import type { NameFinder, NameKind } from '../text/names.ts';
import type { PlainPiece } from './word-model.ts';

const NAME_KINDS: readonly NameKind[] = ['company', 'model', 'product', 'person', 'org'];
/** More names of one kind tell no more. */
const NAMES_MOST = 2;
/** Characters of the text in which names are looked for, as far as words are. */
const NAME_CHARS = 300;
/** A title's length counts in steps of this many characters, up to three of them. */
const LENGTH_STEP = 20;
const LENGTH_MOST = 60;

/** What a title looks like, apart from its words. */
const SHAPES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['问号', /[？?]/],
  ['叹号', /[！!]/],
  ['引号', /[“”「」"]/],
  ['冒号', /[:：]/],
  ['短语加冒号开头', /^[^：:]{1,12}[：:]/],
  ['逗号', /[，,]/],
  ['竖线', /[|｜丨]/],
  ['方括号', /[【[]/],
  ['书名号', /《/],
  ['数字', /\d/],
  ['以数字开头', /^\d/],
  ['版本号', /\d\.\d+(?![\d.]*\s?[%％元倍亿万秒折x])/i],
  ['年份', /(19|20)\d\d/],
  ['百分数或倍数', /\d+\s?[%％]|\d倍/],
  ['金额或规模', /\d(\.\d+)?\s?(亿|万|million|billion|[MB]\b)/i],
  ['几种几条', /\d\+?\s?(种|个|大|条|步|ways|tips|things)/i],
];

export const TITLE_TRAITS: readonly string[] = [
  '中文',
  '标题长度',
  '中文标题长度',
  ...SHAPES.map(([name]) => `标题形状 ${name}`),
  ...NAME_KINDS.flatMap((kind) => [`标题名字 ${kind}`, `正文名字 ${kind}`]),
];

/** The values of `TITLE_TRAITS`: language, shape, and what kinds of names of the field the title and the opening have. */
export function titleTraits(
  { language }: Article,
  { title, text }: PlainPiece,
  findNames: NameFinder,
): number[] {
  const length = Math.min(LENGTH_MOST, title.length) / LENGTH_STEP;
  const chinese = language === 'zh' ? 1 : 0;
  const inTitle = kindsIn(findNames, title);
  const inText = kindsIn(findNames, text.slice(0, NAME_CHARS));
  return [
    chinese,
    length,
    chinese * length,
    ...SHAPES.map(([, pattern]) => (pattern.test(title) ? 1 : 0)),
    ...NAME_KINDS.flatMap((kind) => [inTitle(kind), inText(kind)]),
  ];
}

function kindsIn(findNames: NameFinder, text: string): (kind: NameKind) => number {
  const names = [...new Set(findNames(text).map(({ name }) => name))];
  return (kind) => Math.min(NAMES_MOST, names.filter((name) => name.kind === kind).length);
}
