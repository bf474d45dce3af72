import type { Article, Entry } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import { detectLanguage } from './detect-language.ts';
import { articleId, canonicalUrl, identityOf } from './identity.ts';

/** Length of the name made from the first words of a text without title: what fits a line of a list. */
const NAME_LENGTH = 30;

/** The article an entry lists, its page not read yet. The same entry always gives the same article. */
export function toArticle(entry: Entry, source: Source): Article {
  // Feeds keep a fragment only where it tells entries of one page apart; then it is part of the identity.
  const section = URL.parse(entry.url)?.hash ?? '';
  const identity = identityOf(entry.url) + section;
  return {
    id: articleId(identity),
    identity,
    sourceId: source.id,
    publisher: source.publisher ?? source.name,
    url: canonicalUrl(entry.url) + section,
    title: entry.title === '' ? firstWords(entry.text) : entry.title,
    ...(entry.author === undefined ? {} : { author: entry.author }),
    language: detectLanguage(`${entry.title} ${entry.text}`),
    publishedAt: entry.publishedAt ?? entry.seenAt,
    firstSeenAt: entry.seenAt,
    excerpt: entry.text,
    tags: entry.tags,
    ...(entry.engagement === undefined ? {} : { engagement: entry.engagement }),
    ...(entry.image === undefined ? {} : { image: entry.image }),
    body: { kind: 'unread' },
  };
}

/** A name for a text without title: its first sentence, or what of it fits a line. */
export function firstWords(text: string): string {
  const line = text.split('\n')[0] ?? '';
  const sentence = /^.*?[。！？!?]/u.exec(line)?.[0] ?? line;
  const letters = Array.from(sentence);
  return letters.length <= NAME_LENGTH ? sentence : `${letters.slice(0, NAME_LENGTH).join('')}…`;
}
