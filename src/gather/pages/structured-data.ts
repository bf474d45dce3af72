import type { PageDocument } from '../dom.ts';
import { decodeEntities, htmlToText, tidyLines } from '../html-text.ts';

/** What a page tells of its article in JSON-LD (schema.org); all as written, absent when it does not. */
export type StructuredData = {
  headline?: string;
  datePublished?: string;
  author?: string;
  image?: string;
  keywords?: string[];
  /** The article's text as plain paragraphs. Often without its paragraph breaks, sometimes only its beginning. */
  articleBody?: string;
  publisher?: string;
};

/** The first JSON-LD block about an article; broken blocks are mended where that is plain, else passed over. */
export function readStructuredData(document: PageDocument): StructuredData {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const article = nodesOf(parseLenient(script.textContent ?? '')).find((node) =>
      /Article|Posting|Report/.test(textOf(node['@type'])),
    );
    if (article !== undefined) return told(article);
  }
  return {};
}

type Node = { [key: string]: unknown };

function told(article: Node): StructuredData {
  const facts = {
    headline: textOf(article.headline),
    datePublished: textOf(article.datePublished) || textOf(article.dateCreated),
    author: namesOf(article.author),
    image: addressOf(article.image) || addressOf(article.thumbnailUrl),
    articleBody: plain(textOf(article.articleBody)),
    publisher: namesOf(article.publisher),
  };
  const keywords = Array.isArray(article.keywords)
    ? article.keywords.filter((one) => typeof one === 'string')
    : textOf(article.keywords).split(/[,，;；]/);
  const given = keywords.map((word) => word.trim()).filter((word) => word !== '');
  return {
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '')),
    ...(given.length === 0 ? {} : { keywords: given }),
  };
}

/** The objects in a JSON-LD value: itself, the members of a list, the members of `@graph`. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  return [node, ...(Array.isArray(node['@graph']) ? nodesOf(node['@graph']) : [])];
}

/** Raw line breaks inside strings and commas before a closing bracket are the usual damage. */
function parseLenient(text: string): unknown {
  const bare = text.trim().replace(/^<!\[CDATA\[|\]\]>$/g, '');
  for (const attempt of [bare, bare.replace(/[\u0000-\u001f]+/g, ' ').replace(/,\s*([\]}])/g, '$1')]) {
    try {
      return JSON.parse(attempt);
    } catch {}
  }
  return undefined;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : '';
}

/** One or several people or organisations: their names, joined. */
function namesOf(value: unknown): string {
  const all = Array.isArray(value) ? value : [value];
  const names = all.map((one) => (typeof one === 'string' ? one : textOf(nodesOf(one)[0]?.name)));
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].join(', ');
}

function addressOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return addressOf(value[0]);
  return textOf(nodesOf(value)[0]?.url);
}

function plain(body: string): string {
  return /<(?:p|br|div|span|a|h\d)\b/i.test(body) ? htmlToText(body) : tidyLines(decodeEntities(body));
}
