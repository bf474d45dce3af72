import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { encodeGbk } from './gbk.ts';
import { loadSamples, type Samples } from './load-samples.ts';
import { renderFeed } from './render-feeds.ts';
import { renderHome, renderPage } from './render-pages.ts';
import { renderWechat } from './render-wechat.ts';
import type { SampleArticle, SampleSite } from './sample-schema.ts';

/** The two invented days, in order: what `through: 1` and `through: 2` show. */
export const SAMPLE_DATES = ['2026-03-10', '2026-03-11'] as const;

export type SampleServer = {
  /** Always 127.0.0.1. */
  address: string;
  port: number;
  /** Every request so far, in order; `at` in milliseconds since the epoch. */
  requests(): { host: string; path: string; at: number }[];
  /** From now on the feeds list the articles of this many days. Pages are there from the start. */
  showDay(through: 1 | 2): void;
  /** Ends every connection, also those left hanging. */
  close(): Promise<void>;
};

type Answer =
  | { kind: 'page'; status: number; contentType: string; body: Buffer; gzip: boolean }
  | { kind: 'feed'; contentType: string; body: Buffer; gzip: boolean; changedAt: number }
  | { kind: 'hang' }
  | { kind: 'cut' };

/**
 * Serves every `*.example` host of the sample days from one loopback port, told apart by the Host header.
 * Feeds carry ETag and Last-Modified and answer 304; one host cuts every connection, one page never answers.
 * `delayMs` holds every answer back that long.
 */
export async function serveSampleDays(options: { through: 1 | 2; delayMs?: number }): Promise<SampleServer> {
  const samples = await loadSamples();
  const pages = new Map(
    samples.articles.flatMap((article) => addressesOf(article).map((key) => [key, article])),
  );
  const log: { host: string; path: string; at: number }[] = [];
  let through = options.through;

  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const path = request.url ?? '/';
    log.push({ host, path, at: Date.now() });
    const answer = answerFor(`http://${host}${path}`, { samples, pages, through });
    if (!options.delayMs) return give(answer, request, response);
    setTimeout(() => give(answer, request, response), options.delayMs).unref();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the sample server has no port');

  return {
    address: bound.address,
    port: bound.port,
    requests: () => [...log],
    showDay: (days) => {
      through = days;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerFor(
  address: string,
  shown: { samples: Samples; pages: Map<string, SampleArticle>; through: 1 | 2 },
): Answer {
  if (!URL.canParse(address)) return notFound();
  const url = new URL(address);
  const { sites, articles } = shown.samples;
  if (url.host === 'mmbiz.qpic.example') {
    return { kind: 'page', status: 200, contentType: 'image/gif', body: ONE_PIXEL, gzip: false };
  }
  if (sites.some((site) => site.trouble === 'dead' && new URL(site.home).host === url.host))
    return { kind: 'cut' };

  const feed = sites.find((site) => site.url === url.href);
  if (feed)
    return feedAnswer(
      feed,
      articles.filter((a) => a.sourceId === feed.id && a.day <= shown.through),
    );

  const article = shown.pages.get(pageKey(url));
  const site = article && sites.find(({ id }) => id === article.sourceId);
  if (article && site) {
    const related = articles.filter(
      (a) => a.sourceId === site.id && a.slug !== article.slug && a.day <= shown.through,
    );
    return article.page === 'hang' ? { kind: 'hang' } : pageAnswer(site, article, related);
  }
  const home = sites.find((candidate) => candidate.home === url.href);
  if (home)
    return html(
      home,
      renderHome(
        home,
        articles.filter((a) => a.sourceId === home.id && a.day <= shown.through),
      ),
    );
  return notFound();
}

function feedAnswer(site: SampleSite, articles: SampleArticle[]): Answer {
  const { contentType, text } = renderFeed(site, articles);
  return {
    kind: 'feed',
    // The GBK feed's charset stands only in its XML prolog, as is usual there.
    contentType: site.charset === 'gbk' ? 'text/xml' : `${contentType}; charset=utf-8`,
    body: encode(site, text),
    gzip: site.gzip,
    changedAt: Math.max(0, ...articles.map(({ at }) => at)),
  };
}

function pageAnswer(site: SampleSite, article: SampleArticle, related: SampleArticle[]): Answer {
  if (article.wechat) return html(site, renderWechat(site, article, article.wechat));
  return html(site, renderPage(article, { site, related }));
}

function html(site: SampleSite, text: string): Answer {
  const contentType = site.charset === 'gbk' ? 'text/html' : 'text/html; charset=utf-8';
  return { kind: 'page', status: 200, contentType, body: encode(site, text), gzip: site.gzip };
}

function notFound(): Answer {
  const body = Buffer.from('no such sample page');
  return { kind: 'page', status: 404, contentType: 'text/plain; charset=utf-8', body, gzip: false };
}

function give(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'cut') {
    request.socket.destroy();
    return;
  }
  if (answer.kind === 'feed') {
    const etag = `"${createHash('sha1').update(answer.body).digest('hex')}"`;
    response.setHeader('etag', etag);
    response.setHeader('last-modified', new Date(answer.changedAt).toUTCString());
    if (isUnchanged(request, etag, answer.changedAt)) {
      response.writeHead(304).end();
      return;
    }
  }
  response.statusCode = answer.kind === 'page' ? answer.status : 200;
  response.setHeader('content-type', answer.contentType);
  const squeeze = answer.gzip && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (squeeze) response.setHeader('content-encoding', 'gzip');
  response.end(squeeze ? gzipSync(answer.body) : answer.body);
}

/** RFC 9110, 13.2.2: If-None-Match decides alone when it is there. */
function isUnchanged(request: IncomingMessage, etag: string, changedAt: number): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && since >= changedAt;
}

function encode(site: SampleSite, text: string): Buffer {
  return site.charset === 'gbk' ? encodeGbk(text) : Buffer.from(text);
}

function addressesOf({ url, wechat }: SampleArticle): string[] {
  return (wechat ? [wechat.long, wechat.short] : [url]).map((address) => pageKey(new URL(address)));
}

/** An account's article is the same page under its long address (whatever else the query holds) and its short one. */
function pageKey(url: URL): string {
  if (url.pathname !== '/s') return `${url.host}${url.pathname}`;
  return ['__biz', 'mid', 'idx'].reduce((key, name) => `${key} ${url.searchParams.get(name)}`, url.host);
}

const ONE_PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
