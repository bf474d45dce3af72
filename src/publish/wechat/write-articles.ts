import type { Edition } from '../../domain/edition.ts';
import { datedAddress, monthAndDay } from '../render/dates.ts';
import { fitTitle } from '../render/fit-title.ts';
import { headlineOf, linkingPen, oneLine, type Pen, paragraphOf } from '../render/item-words.ts';
import { escapeHtml } from '../render/render-page.ts';
import { type Dialect, splitEdition } from '../render/split-edition.ts';

/** One article of a draft, as `draft/add` takes it, but for its cover. */
export type DraftArticle = {
  article_type: 'news';
  title: string;
  author?: string;
  digest: string;
  content: string;
  content_source_url?: string;
};

export type ArticleWishes = {
  /** At most 16 characters. */
  author?: string;
  /** Whether `mp.weixin.qq.com` may be linked; all other addresses are text, for the platform strips such links. */
  links: 'text' | 'mp';
  /** Where «阅读原文» leads, with `{date}`, `{year}`, `{month}`, `{day}`. */
  page?: string;
};

const TITLE_CHARS = 32;
const DIGEST_CHARS = 120;
/** Less than 20,000 with all markup; so it is under a megabyte, too. */
const CONTENT_CHARS = 19_900;

// Short, because they count; inline, because the platform takes nothing else.
const SECTION =
  'margin:32px 0 0;padding-left:8px;border-left:4px solid #a3241b;font-size:18px;line-height:1.4';
const HEADLINE = 'margin:24px 0 6px;font-size:17px;font-weight:bold;line-height:1.5';
const WORDS = 'margin:0;font-size:15px;line-height:1.8';
const ADDRESS = 'font-size:12px;color:#888;word-break:break-all';

/** Stands between blocks while the edition is split: escaped words have no line breaks. */
const GAP = '\n';

/**
 * The edition as articles of the official account: inline styles only, cut between items where one article would be too
 * long, each numbered in its title. Addresses stand as text below each item.
 */
export function writeArticles(edition: Edition, wishes: ArticleWishes): DraftArticle[] {
  const { author, page } = wishes;
  const texts = splitEdition(edition, dialectOf(wishes.links));
  const address = page === undefined ? undefined : datedAddress(page, edition.date);
  return texts.map((text) => ({
    article_type: 'news',
    title: text.slice(0, text.indexOf(GAP)) || oneLine(edition.date),
    ...(author === undefined ? {} : { author }),
    digest: digestOf(edition),
    content: text.slice(text.indexOf(GAP) + GAP.length).replaceAll(GAP, ''),
    ...(address === undefined ? {} : { content_source_url: address }),
  }));
}

function dialectOf(links: ArticleWishes['links']): Dialect {
  const pen = penOf(links);
  return {
    title: (title, mark) =>
      `${fitTitle(oneLine(title).trim(), (one) => one.length + mark.length <= TITLE_CHARS) || 'AI日报'}${mark}`,
    tagline: (tagline) => `<p style="${WORDS};color:#888">${pen.text(tagline)}</p>`,
    opening: (opening) => `<p style="${WORDS}">${pen.text(opening)}</p>`,
    section: (name) => `<h2 style="${SECTION}">${pen.text(name)}</h2>`,
    item: (item) =>
      `<p style="${HEADLINE}">${pen.text(headlineOf(item))}</p><p style="${WORDS}">${paragraphOf(item, pen)}</p>`,
    gap: GAP,
    fits: (text) => text.length - text.indexOf(GAP) <= CONTENT_CHARS,
  };
}

function penOf(links: ArticleWishes['links']): Pen {
  const text = (words: string) => escapeHtml(oneLine(words));
  const isLinked = (url: string) => links === 'mp' && URL.parse(url)?.hostname === 'mp.weixin.qq.com';
  const anchor = (words: string, url: string) => `<a href="${text(url)}">${text(words)}</a>`;
  const address = (url: string) => `<span style="${ADDRESS}">${text(url)}</span>`;
  return {
    ...linkingPen(text, (words, url) =>
      isLinked(url) ? anchor(words, url) : `${text(words)}（${address(url)}）`,
    ),
    readOn: linkingPen(text, (words, url) =>
      isLinked(url) ? `<br>${anchor(words, url)}` : `<br>${text(words)}：${address(url)}`,
    ).link,
  };
}

/** Date, count and as many headlines as fit: it also tells this day's draft from all others. */
function digestOf({ date, sections }: Edition): string {
  const headlines = sections.flatMap(({ items }) => items.map((item) => oneLine(headlineOf(item)).trim()));
  let digest = `${monthAndDay(date)}，${headlines.length} 条`;
  for (const [n, headline] of headlines.entries()) {
    const longer = `${digest}${n === 0 ? '：' : '；'}${headline}`;
    if (longer.length > DIGEST_CHARS) break;
    digest = longer;
  }
  return digest;
}
