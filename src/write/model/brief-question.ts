import { type Article, textOf } from '../../domain/article.ts';
import type { StoryFile } from '../../domain/story.ts';
import { visibleLength } from '../../text/length.ts';
import { namesIn } from '../../text/names.ts';
import { plainProse } from '../../text/outlet-prose.ts';
import { chooseArticle } from '../choose-article.ts';
import type { ModelDesk } from './model-desk.ts';
import { orderIn } from './orders.ts';

/** One story as it is put before a model. Everything in `sheets` is from outside and goes between delimiters. */
export type BriefQuestion = {
  /** The story with only the articles it may be written from. */
  file: StoryFile;
  /** The article that is linked, whatever the answer says. */
  article: Article;
  /** The articles by the numbers the answer uses, from 1. */
  shown: Article[];
  sheets: { id: string; lines: string[] }[];
  /** What is asked of this story in particular, in our own words. */
  task: string;
  /** Characters the summary must have at least: less than usual where the articles hold less. */
  least: number;
};

export type NoQuestion =
  /** every article with text speaks to the model */
  | { kind: 'orders'; found: string }
  /** no article says enough */
  | { kind: 'thin' };

/** Enough for the event; more costs tokens and tells background. */
const MOST_CHARS = { first: 3000, other: 900 } as const;
const MOST_OTHERS = 3;
/** A text shorter than this is a title told twice: there is nothing to write a summary from. */
const LEAST_TEXT = 60;
/** Of a short text a summary can hold this share without being the text itself. */
const SHORT_SHARE = 0.6;
const LEAST_SUMMARY = 30;
/** English says in about this many letters what Chinese says in one character. */
const LETTERS_PER_CHARACTER = 2.5;
const LONGEST_LINE = 1200;

/**
 * The question for one story: its articles, best first, the spellings of the names in them, and for a follow-up what
 * was told before. Articles that hold orders for a model are left out wholly. Pure.
 */
export function briefQuestion(
  file: StoryFile,
  about: { section: string; newSentence?: string | undefined },
  desk: ModelDesk,
): { kind: 'question'; question: BriefQuestion } | NoQuestion {
  const readable = file.articles.filter(({ body }) => body.kind !== 'gone');
  const orders = readable.map((article) => orderIn(article, desk.findOrder));
  const articles = readable.filter((_, n) => orders[n] === undefined);
  const clean: StoryFile = { ...file, articles };
  const article = chooseArticle(clean, desk);
  const found = orders.find((order) => order !== undefined);
  const said = articles.map((one) => charactersOf(plainProse(textOf(one))));
  const most = Math.max(0, ...said);
  if (article === undefined || most < LEAST_TEXT)
    return found === undefined ? { kind: 'thin' } : { kind: 'orders', found };
  const others = articles
    .filter(({ id }) => id !== article.id)
    .toSorted(
      (one, other) => textOf(other).length - textOf(one).length || one.publishedAt - other.publishedAt,
    )
    .slice(0, MOST_OTHERS);
  const shown = [article, ...others];
  const { summary: wished } = desk.style.length;
  const least = Math.min(wished.least, Math.max(LEAST_SUMMARY, Math.floor(most * SHORT_SHARE)));
  const sheets = shown.map((one, n) => ({
    id: `a${n + 1}`,
    lines: sheetOf(one, n === 0 ? MOST_CHARS.first : MOST_CHARS.other, desk),
  }));
  const before = beforeOf(file, about.newSentence, desk);
  const task = [
    `栏目：${about.section}`,
    `材料：a1${shown.length > 1 ? ` 到 a${shown.length}` : ''}${before.length > 0 ? '，另有前情' : ''}`,
    ...(least < wished.least ? [`材料不长，摘要 ${least} 到 ${wished.most} 个字即可，不要凑字数。`] : []),
    ...namesOf(shown, desk),
  ].join('\n');
  return {
    kind: 'question',
    question: {
      file: clean,
      article,
      shown,
      sheets: [...(before.length > 0 ? [{ id: '前情', lines: before }] : []), ...sheets],
      task,
      least,
    },
  };
}

/** An article as the model sees it: so many characters of its text, a paragraph a line. */
export function sheetOf(article: Article, most: number, desk: ModelDesk): string[] {
  const lines: string[] = [];
  let left = most;
  for (const line of plainProse(textOf(article)).split('\n')) {
    const clean = bareLine(line).slice(0, Math.min(left, LONGEST_LINE)).toWellFormed();
    if (clean !== '') lines.push(clean);
    left -= clean.length;
    if (left <= 0) break;
  }
  return [
    `标题：${bareLine(plainProse(article.title)).slice(0, 200)}`,
    `来源：${bareLine(article.publisher).slice(0, 60)}，${desk.dayOf(article.publishedAt)}`,
    '正文：',
    ...lines,
  ];
}

/** Told before and new sentence are words from outside, too. */
function beforeOf(file: StoryFile, newSentence: string | undefined, desk: ModelDesk): string[] {
  if (file.told === undefined) return [];
  const fresh = newSentence === undefined || desk.findOrder(newSentence) !== undefined ? '' : newSentence;
  return [
    `${file.told.date} 已报道：${bareLine(file.told.headline)}`,
    ...(fresh === '' ? [] : [`新内容：${bareLine(fresh)}`]),
  ];
}

/** `名称表`: names that stand in the articles, as readers should see them. They come from our own table. */
export function namesOf(articles: readonly Article[], desk: ModelDesk): string[] {
  const text = articles.map((one) => `${one.title}\n${textOf(one).slice(0, MOST_CHARS.first)}`).join('\n');
  const names = namesIn(desk.findNames, text).map((name) => {
    const chinese = /\p{Script=Han}/u.test(name.name) ? [] : name.aliases.filter(isHan).slice(0, 1);
    const latin = /\p{Script=Han}/u.test(name.name)
      ? name.aliases.filter((one) => !isHan(one)).slice(0, 2)
      : [];
    const others = [...chinese, ...latin];
    return others.length === 0 ? name.name : `${name.name}（${others.join('、')}）`;
  });
  return names.length === 0 ? [] : [`名称表（括号里是另外的写法，中文的可用）：${names.join('；')}`];
}

const isHan = (text: string) => /^\p{Script=Han}+$/u.test(text);

/** A line without addresses, invisible characters and control characters: none of them is news. */
function bareLine(line: string): string {
  return line
    .replace(/https?:\/\/[^\s\p{Script=Han}，。；：、）」]+/gu, '')
    .replace(/[\p{Cc}\p{Cf}\s\u2028\u2029]+/gu, ' ')
    .trim();
}

function charactersOf(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han * 3 > visibleLength(text)
    ? visibleLength(text)
    : Math.floor(visibleLength(text) / LETTERS_PER_CHARACTER);
}
