import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { readPostings } from '../src/publish/site/search/shards.ts';
import { shardOf, termsOf } from '../src/publish/site/search/terms.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { inventedEdition } from '../test/support/invented-archive.ts';

/** What a telephone is to this machine. */
const SLOWER = 4;
/** Each query is sent so often, each time by a browser that has nothing in its cache. */
const TIMES = 5;
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const measured = z.object({ first: z.number(), painted: z.number(), status: z.string() });

/** Runs before the page's own script: notes when the first row (or the word that there is none) stands. */
const WATCH = `addEventListener('DOMContentLoaded', () => {
  const part = (id) => document.getElementById(id);
  globalThis.measured = new Promise((done) => {
    let first;
    new MutationObserver(() => {
      const status = part('status').textContent;
      const hasEnded = /条|没有/.test(status);
      if (first === undefined && (hasEnded || part('found').children.length > 0)) first = performance.now();
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      if (hasEnded) done({ first, painted, status });
    }).observe(part('found').parentElement, { subtree: true, childList: true, characterData: true });
  });
});`;
const SUBMIT = `(async () => {
  const startedAt = performance.now();
  document.querySelector('form.search').requestSubmit();
  const { first, painted, status } = await measured;
  return { first: first - startedAt, painted, status };
})()`;

/**
 * Searches a built site in a browser slowed down four times, every time with an empty cache. Prints for each query the
 * time to the first row, median and worst, from sending the query on an open page and from opening its address, and all
 * that came over the wire with the page.
 */
export async function benchSearch(folder: string): Promise<void> {
  const site = await serve(folder);
  const browser = await launchChromium();
  const queries = {
    'one word': ['青石', '芯片', '模型', 'Quartz'],
    'two words': ['Quartz 推理芯片', '开源模型 融资'],
    'three words': ['成都 机器人手臂 完成融资', '青石 评测 杭州'],
    'eight pairs': ['白鹭机器人回应质疑多模态模型'],
    ...(await rareQueries(folder)),
    'not there': ['没有这样的词', '量子鲸鱼', 'zyzzyva'],
  };
  const all = { sent: [] as Searched[], opened: [] as Searched[] };
  for (const [kind, inKind] of Object.entries(queries))
    for (const query of inKind) {
      const sent = await repeat(() => searchOnce(browser, site, query, 'sent'));
      const opened = await repeat(() => searchOnce(browser, site, query, 'opened'));
      const [one] = sent;
      all.sent.push(...sent);
      all.opened.push(...opened);
      console.log(
        `${kind.padEnd(14)}${query.padEnd(18, '　')} sent ${spread(sent, 'first')}, opened ${spread(opened, 'first')} ms, ${one?.requests} requests, ${one?.kb.toFixed(0)} KB, ${one?.status}`,
      );
    }
  for (const [how, results] of Object.entries(all))
    console.log(
      `${how}: first row ${spread(results, 'first')} ms, ${spread(results, 'kb')} KB (median, worst), page first painted after ${spread(results, 'painted')} ms`,
    );
  await browser.close();
  site.close();
}

async function repeat<Result>(once: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let n = 0; n < TIMES; n += 1) results.push(await once());
  return results;
}

/** Median and worst. */
function spread<Key extends string>(results: Record<Key, number>[], key: Key): string {
  const sorted = results.map((result) => result[key]).sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} (${sorted.at(-1)?.toFixed(0)})`;
}

type Site = { origin: string; sent: { bytes: number; requests: number }; close(): void };

type Searched = z.infer<typeof measured> & { kb: number; requests: number };

async function searchOnce(
  browser: Browser,
  site: Site,
  query: string,
  how: 'sent' | 'opened',
): Promise<Searched> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  Object.assign(site.sent, { bytes: 0, requests: 0 });
  const address = `${site.origin}/search.html`;
  if (how === 'sent') {
    await page.goto(address);
    await page.waitForSelector('form.search:not([hidden])');
    await page.waitForLoadState('networkidle');
    await page.fill('#query', query);
  } else await page.goto(`${address}?q=${encodeURIComponent(query)}`, { waitUntil: 'domcontentloaded' });
  const result = measured.parse(await page.evaluate(how === 'sent' ? SUBMIT : 'measured'));
  await context.close();
  return { ...result, kb: site.sent.bytes / 1024, requests: site.sent.requests };
}

async function serve(folder: string): Promise<Site> {
  const sent = { bytes: 0, requests: 0 };
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname));
    try {
      const body = await readFile(join(folder, path));
      const type = TYPES[extname(path)];
      // As any host does: texts are packed, the index is binary and is not.
      const packed = type === undefined ? body : gzipSync(body);
      sent.bytes += packed.length;
      sent.requests += 1;
      response
        .writeHead(200, type === undefined ? {} : { 'content-type': type, 'content-encoding': 'gzip' })
        .end(packed);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  return {
    origin: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`,
    sent,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Words that stand in one brief, and a word of two characters that stands in the oldest year alone. */
async function rareQueries(folder: string): Promise<Record<string, string[]>> {
  const page = await readFile(join(folder, 'search.html'), 'utf8');
  const index = /id="search-index">(.+?)<\/script>/.exec(page)?.[1] ?? '{}';
  const { months } = z
    .object({ months: z.object({ id: z.string(), shards: z.number() }) })
    .parse(JSON.parse(index));
  // The invented summaries end with 24 signs in no order before their last comma but one.
  const signs = (day: number) => {
    const [section] = inventedEdition(day).sections;
    return section?.items[0]?.brief.summary.split('。')[1]?.slice(0, 24) ?? '';
  };
  const candidates = Array.from({ length: 300 }, (_, day) => termsOf(signs(day))).flat();
  for (const term of candidates) {
    const file = `search/${months.id}/${shardOf(term, months.shards).toString(36)}.bin`;
    const found = readPostings(await readFile(join(folder, file)), term);
    if (found.length > 0 && found.every((month) => month < 12))
      return {
        rare: [signs(1500).slice(0, 4), signs(2990).slice(3, 6)],
        'oldest year': [term, signs(40).slice(0, 8)],
      };
  }
  return { rare: [signs(1500).slice(0, 4)] };
}
