import PostalMime, { type Email } from 'postal-mime';
import type { Entry, Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { articleLinks, browserLink, linksIn, type MailLink, withoutReader } from './mail-links.ts';
import { makeEntry, type Said } from './make-entry.ts';

/** What of a letter matters here. */
export type Letter = {
  subject: string;
  /** The sender's name and address, for people and for the `from` an editor may have asked for. */
  sender: string;
  author: string | undefined;
  publishedAt: Instant | undefined;
  html: string | undefined;
  text: string | undefined;
  links: MailLink[];
  /** Where this letter is archived (RFC 5064), or its list is (RFC 2369) and by which mark it is told there. */
  archive: { url: string; mark?: string } | undefined;
  /** Sent to many by a list, by its own headers (RFC 2369, RFC 2919), not by one person to another. */
  fromList: boolean;
};

/** Attached letters inside attached letters: deeper is no newsletter. */
const MAX_NESTING = 20;

/** Reads a letter as it lies in a mailbox; undefined when it is none. */
export async function readLetter(raw: Uint8Array): Promise<Letter | undefined> {
  let letter: Email;
  try {
    letter = await PostalMime.parse(raw, { maxNestingDepth: MAX_NESTING });
  } catch {
    return undefined;
  }
  if (letter.from === undefined && letter.subject === undefined) return undefined;
  const at = Date.parse(letter.date ?? '');
  const header = (name: string) => letter.headers.find(({ key }) => key === name)?.value ?? '';
  return {
    subject: letter.subject ?? '',
    sender: `${letter.from?.name ?? ''} ${letter.from?.address ?? ''}`.trim(),
    author: letter.from?.name || undefined,
    publishedAt: Number.isNaN(at) ? undefined : at,
    html: letter.html,
    text: letter.text,
    links: letter.html === undefined ? [] : linksIn(letter.html),
    archive: archiveOf(letter, header),
    fromList:
      ['list-id', 'list-unsubscribe', 'list-archive', 'list-post'].some((name) => header(name) !== '') ||
      /bulk|list/i.test(header('precedence')),
  };
}

function archiveOf(letter: Email, header: (name: string) => string): Letter['archive'] {
  const addressIn = (text: string) => /https?:\/\/[^\s<>]+/.exec(text)?.[0];
  const own = addressIn(header('archived-at'));
  if (own !== undefined) return { url: own };
  const list = addressIn(header('list-archive'));
  const mark = letter.messageId?.replace(/[<>\s]/g, '') ?? '';
  // Without a mark, all letters of the list would be one article.
  return list === undefined || mark === '' ? undefined : { url: list, mark };
}

/** Entries of a letter, and how many of its links were left out because only a click counter knows where they lead. */
export type LetterEntries = { entries: Entry[]; counted: number };

/**
 * A letter as entries: itself, linked where a browser shows it, or with `links` each article it links. None: nothing in
 * it that a reader could open. Addresses that name the subscriber never leave here: marks are dropped, counters are
 * asked by `follow` where they lead, and what stays opaque is left out.
 */
export async function letterEntries(
  letter: Letter,
  context: {
    source: Source;
    links: boolean;
    now: Instant;
    /** Where a click counter leads; undefined when it does not say. */
    follow: (address: string) => Promise<string | undefined>;
  },
): Promise<LetterEntries> {
  const { source, links, now, follow } = context;
  const { author, publishedAt } = letter;
  if (!links) return { entries: await whole(letter, context), counted: 0 };
  const entries = new Map<string, Entry>();
  let counted = 0;
  for (const { url: address, words } of articleLinks(letter.links)) {
    const url = await openAddress(address, follow);
    if (url === undefined) counted += 1;
    else {
      const entry = makeEntry({ url, title: words, author, publishedAt }, source, now);
      if (entry !== undefined && !entries.has(entry.url)) entries.set(entry.url, entry);
    }
  }
  return { entries: [...entries.values()], counted };
}

async function whole(
  letter: Letter,
  { source, now, follow }: Parameters<typeof letterEntries>[1],
): Promise<Entry[]> {
  const { subject: title, author, publishedAt, html, text, archive } = letter;
  const shown = browserLink(letter.links, title);
  const open = shown === undefined ? undefined : await openAddress(shown, follow);
  const url = open ?? archive?.url;
  if (url === undefined) return [];
  const said: Said = { url, title, author, publishedAt, html, ...(html === undefined ? { text } : {}) };
  const entry = makeEntry(said, source, now);
  if (entry === undefined) return [];
  const mark = open === undefined ? archive?.mark : undefined;
  return [mark === undefined ? entry : { ...entry, url: `${entry.url}#${encodeURIComponent(mark)}` }];
}

async function openAddress(
  address: string,
  follow: (address: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const cleaned = withoutReader(address);
  if (cleaned.kind === 'open') return cleaned.url;
  // The counter needs its own address whole, marks and all.
  const end = await follow(address);
  const final = end === undefined ? undefined : withoutReader(end);
  return final?.kind === 'open' ? final.url : undefined;
}
