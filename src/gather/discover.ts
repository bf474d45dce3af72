import type { Entry, Instant } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { Fetch, FetchFailure } from '../net/fetch.ts';
import { decodeText } from './decode-text.ts';
import { parseDocument } from './dom.ts';
import { plainTitle } from './html-text.ts';
import { sourceKind } from './sources/registry.ts';

/** A source that could be added, with what it lists now. */
export type Finding = {
  kind: string;
  name: string;
  /** Absent where the kind knows its own address. */
  url?: string;
  settings: Record<string, unknown>;
  /** What the source says it is about. */
  about?: string;
  entries: Entry[];
};

export type Discovery =
  | { kind: 'found'; findings: Finding[] }
  /** A WeChat article: its account cannot be subscribed to by itself. */
  | { kind: 'wechat'; account: string; biz: string | undefined }
  | { kind: 'nothing' }
  | FetchFailure;

/** Where feeds are found when a page does not say, most usual first. */
const USUAL_PATHS = ['feed', 'rss.xml', 'atom.xml', 'feed.xml', 'index.xml', 'rss'];
/** A page that names more feeds than this has one for every comment section. */
const MOST_FEEDS = 6;

/**
 * What can be followed at an address: a site that ribao has a kind for, a feed, the feeds a page names (`link rel`), or
 * else the usual places. Each finding was asked once and lists what it has now.
 */
export async function discover(address: string, deps: { fetch: Fetch; now: Instant }): Promise<Discovery> {
  const known = kindFor(address);
  if (known !== undefined) {
    const finding = await ask(known, deps);
    if (finding !== undefined) return { kind: 'found', findings: [finding] };
  }
  const itself = await ask({ kind: 'feed', url: address, settings: {} }, deps);
  if (itself !== undefined) return { kind: 'found', findings: [itself] };
  const answer = await deps.fetch({ url: address, accept: 'page' });
  if (answer.kind === 'not-modified') return { kind: 'nothing' };
  if (answer.kind === 'failed') return answer;
  const text = decodeText(answer.bytes, answer.headers['content-type']);
  if (/^mp\.weixin\./.test(URL.parse(answer.url)?.hostname ?? '')) return wechatAccount(text);
  const document = parseDocument(text);
  const title = plainTitle(document.querySelector('title')?.textContent ?? '');
  const linked = [...document.querySelectorAll('link[rel~="alternate"]')]
    .filter((link) => /(rss|atom|feed)\+(xml|json)|application\/json/i.test(link.getAttribute('type') ?? ''))
    .flatMap((link) => URL.parse(link.getAttribute('href') ?? '', answer.url)?.href ?? []);
  const guessed = USUAL_PATHS.flatMap((path) => [
    new URL(path, answer.url.endsWith('/') ? answer.url : `${answer.url}/`).href,
    new URL(`/${path}`, answer.url).href,
  ]);
  const named = await askAll([...new Set(linked)].slice(0, MOST_FEEDS), title, deps);
  if (named.length > 0) return { kind: 'found', findings: named };
  // One guess that is right is enough; the others would be the same feed.
  for (const url of new Set(guessed)) {
    const [finding] = await askAll([url], title, deps);
    if (finding !== undefined) return { kind: 'found', findings: [finding] };
  }
  return { kind: 'nothing' };
}

type Wanted = Pick<Finding, 'kind' | 'settings'> & { url?: string; name?: string };

/** Sites that a kind of their own follows better than any feed. */
export function kindFor(address: string): Wanted | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  const host = url.hostname.replace(/^www\./, '');
  const [first = '', second = '', third = ''] = url.pathname.split('/').filter(Boolean);
  if (host === 'github.com' && first !== '' && second !== '')
    return { kind: 'github', settings: { repositories: [`${first}/${second}`] }, name: `${first}/${second}` };
  if (host === 'youtube.com' && first === 'channel')
    return { kind: 'youtube', settings: { channel: second }, name: 'YouTube' };
  if (host === 'youtube.com' && url.searchParams.has('list'))
    return { kind: 'youtube', settings: { playlist: url.searchParams.get('list') }, name: 'YouTube' };
  if (host === 'reddit.com' && first === 'r' && second !== '')
    return { kind: 'reddit', settings: { subreddit: second }, name: `r/${second}` };
  if (host === 'bsky.app' && first === 'profile')
    return { kind: 'bluesky', settings: { actor: second }, name: second };
  if (host === 'arxiv.org' && first === 'list' && second !== '')
    return { kind: 'arxiv', settings: { categories: [second] }, name: `arXiv ${second}` };
  if (host === 'huggingface.co' && first === 'papers' && third === '')
    return { kind: 'huggingface', settings: { list: 'papers' }, name: 'HF Papers' };
  if (host === 'news.ycombinator.com')
    return { kind: 'hackernews', settings: { frontPage: true }, name: 'Hacker News' };
  if (/\/sitemap[^/]*\.xml(\.gz)?$/i.test(url.pathname))
    return { kind: 'sitemap', url: address, settings: {}, name: host };
  return undefined;
}

async function askAll(
  urls: readonly string[],
  name: string,
  deps: { fetch: Fetch; now: Instant },
): Promise<Finding[]> {
  const found = await Promise.all(urls.map((url) => ask({ kind: 'feed', url, settings: {}, name }, deps)));
  return found.filter((one) => one !== undefined);
}

async function ask(wanted: Wanted, deps: { fetch: Fetch; now: Instant }): Promise<Finding | undefined> {
  const kind = sourceKind(wanted.kind);
  const source: Source = {
    id: 'found',
    kind: wanted.kind,
    name: wanted.name ?? '',
    url: wanted.url ?? kind?.home ?? '',
    weight: 1,
    fullText: 'page',
    settings: wanted.settings,
  };
  const answer = await kind?.collect(source, { sourceId: 'found', failureStreak: 0 }, deps);
  if (answer === undefined || answer.kind === 'failed') return undefined;
  const told = answer.kind === 'listed' ? answer : undefined;
  const name = told?.title || wanted.name || (URL.parse(source.url)?.hostname ?? source.url);
  const { url, settings } = wanted;
  const entries = answer.kind === 'listed' ? answer.entries : [];
  return {
    kind: wanted.kind,
    name,
    ...(url === undefined ? {} : { url }),
    settings,
    ...(told?.about === undefined ? {} : { about: told.about }),
    entries,
  };
}

/** Who published a WeChat article: the bridges know an account by its name or by the number in its `__biz`. */
function wechatAccount(html: string): Discovery {
  const [, quoted = ''] = /var nickname\s*=\s*(?:htmlDecode\()?["']([^"']+)["']/.exec(html) ?? [];
  const [, biz] = /\bbiz\s*=\s*(?:["']{2}\s*\|\|\s*)*["']([A-Za-z0-9+/=]{8,})["']/.exec(html) ?? [];
  return { kind: 'wechat', account: plainTitle(quoted), biz };
}
