// npm run bench -- pages [--data FOLDER]: reading alone, on stored pages (`*.html.gz`) or on generated ones.
import { globSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { defuddleAlone, readabilityAlone } from '../eval/sets/other-readers.ts';
import { openPagePool } from '../src/gather/pages/page-pool.ts';
import type { PageInput } from '../src/gather/pages/page-reading.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';

const GENERATED = 200;
/** Odd, so that there is a middle one. */
const ROUNDS = 5;
/** Larger than a page may take in a run: what is measured is speed, not patience. */
const TIMEOUT_MS = 60_000;
const FETCHED_AT = Date.UTC(2026, 2, 10);

/** Pages per second of the page pool on one thread and on two, and of Readability and Defuddle alone on one. */
export async function benchPages(folder: string | undefined): Promise<void> {
  const pages = folder === undefined ? generatedPages() : storedPages(folder);
  const bytes = pages.reduce((sum, page) => sum + page.bytes.length, 0);
  console.log(
    `${pages.length} pages, ${Math.round(bytes / pages.length / 1000)} KB on average, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}`,
  );
  const one = await openReader(1);
  const two = await openReader(2);
  // In turn, so that other work on the machine meets both alike.
  const rounds: { one: Round; two: Round }[] = [];
  for (let n = 0; n < ROUNDS; n += 1)
    rounds.push({ one: await one.round(pages), two: await two.round(pages) });
  await Promise.all([one.close(), two.close()]);
  for (const [name, threads] of [
    ['one thread ', rounds.map((round) => round.one)],
    ['two threads', rounds.map((round) => round.two)],
  ] as const)
    console.log(
      `ribao, ${name}    ${middle(threads.map(rateOf)).toFixed(1)} pages/s, ${middle(threads.map(coresOf)).toFixed(2)} cores busy; ${perPage(threads, 'main')} ms of CPU per page on the main thread, ${perPage(threads, 'rest')} ms elsewhere`,
    );
  const oneRate = middle(rounds.map((round) => rateOf(round.one)));
  const times = rounds.map((round) => rateOf(round.two) / rateOf(round.one));
  console.log(
    `two threads           ${middle(times).toFixed(2)} times one (${times.map((value) => value.toFixed(2)).join(', ')})`,
  );
  const cost = (which: 'one' | 'two') =>
    middle(rounds.map(({ [which]: round }) => (round.main + round.rest) / round.pages));
  // The engine collects and compiles beside a reading thread, so one thread is more than one core.
  console.log(
    `two cores by CPU      ${((2 * cost('one')) / cost('two')).toFixed(2)} times one core, were they ribao's alone`,
  );
  const readability = await rate(pages, async (page) => readabilityAlone(page.bytes));
  console.log(`Readability alone     ${readability.toFixed(1)} pages/s`);
  const defuddle = await rate(pages, async (page) => defuddleAlone(page.bytes, page.url));
  console.log(
    `Defuddle alone        ${defuddle.toFixed(1)} pages/s; ribao on one thread ${(oneRate / defuddle).toFixed(2)} times that`,
  );
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

/** One pass over the pages. CPU in ms: the main thread's, and that of all others: readers, collector, compiler. */
type Round = { pages: number; seconds: number; main: number; rest: number };

const rateOf = ({ pages, seconds }: Round) => pages / seconds;
/** On a machine with other work two threads may get less than two. */
const coresOf = ({ main, rest, seconds }: Round) => (main + rest) / 1000 / seconds;
const perPage = (rounds: readonly Round[], where: 'main' | 'rest') =>
  middle(rounds.map((round) => round[where] / round.pages)).toFixed(1);

async function openReader(threads: number) {
  const pool = openPagePool({ threads, timeoutMs: TIMEOUT_MS, rules: loadEditorial({}).pageRules });
  return {
    close: pool.close,
    async round(pages: PageInput[]): Promise<Round> {
      // Starting threads and compiling the libraries is not reading.
      await Promise.all(pages.slice(0, 40).map((page) => pool.read(page)));
      const [startedAt, all, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
      await Promise.all(pages.map((page) => pool.read(page)));
      const seconds = (performance.now() - startedAt) / 1000;
      const [used, main] = [process.cpuUsage(all), process.threadCpuUsage(own)].map(
        ({ user, system }) => (user + system) / 1000,
      );
      return { pages: pages.length, seconds, main: main ?? 0, rest: (used ?? 0) - (main ?? 0) };
    },
  };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function rate(pages: PageInput[], read: (page: PageInput) => Promise<unknown>): Promise<number> {
  for (const page of pages.slice(0, 40)) await read(page);
  const startedAt = performance.now();
  for (const page of pages) await read(page);
  return pages.length / ((performance.now() - startedAt) / 1000);
}

function storedPages(folder: string): PageInput[] {
  return globSync('**/*.html.gz', { cwd: folder })
    .toSorted()
    .map((file, n) => ({
      bytes: new Uint8Array(gunzipSync(readFileSync(join(folder, file)))),
      contentType: 'text/html',
      url: `https://site${n}.example/a`,
      fetchedAt: FETCHED_AT,
    }));
}

/** Pages of 30-120 KB: an article between menus, cards of other articles, a byline and comments. */
function generatedPages(): PageInput[] {
  return Array.from({ length: GENERATED }, (_, n) => {
    const paragraphs = Array.from(
      { length: 8 + (n % 30) },
      (_, at) =>
        `<p>第${at}段：青石${n}公司在发布会上说，新模型的价格是上一代的一半，<a href="/m/${at}">接口</a>从下周一起对所有开发者开放，首批客户已经收到通知。</p>`,
    );
    const cards = Array.from(
      { length: 150 + (n % 7) * 80 },
      (_, at) =>
        `<div class="card item-${at}"><a href="/x/${at}"><img src="/i/${at}.png" alt=""><span>另一篇文章的标题${at}</span></a><span class="time">3小时前</span></div>`,
    );
    const html = `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>青石${n}降价 - 灯报</title></head><body>
<nav>${'<a href="/">栏目</a>'.repeat(40)}</nav><article><h1>青石${n}降价</h1><div class="post-meta">2026-03-10 08:00</div>${paragraphs.join('\n')}
<div class="share-buttons">分享</div></article><aside>${cards.join('\n')}</aside></body></html>`;
    return {
      bytes: new TextEncoder().encode(html),
      contentType: 'text/html',
      url: `https://site${n}.example/a`,
      fetchedAt: FETCHED_AT,
    };
  });
}
