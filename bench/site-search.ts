import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { launchChromium } from '../test/support/chromium.ts';

/** What a telephone is to this machine. */
const SLOWER = 4;
const QUERIES = ['开源模型', '青石', 'Quartz 推理芯片', '成都 机器人手臂 完成融资', '没有这样的词'];
const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

const measured = z.object({ first: z.number(), last: z.number(), status: z.string(), count: z.number() });

/** Runs in the page: sends the query and looks every millisecond. Text, because this program knows no documents. */
const MEASURE = `(async () => {
  const part = (id) => document.getElementById(id);
  const until = async (isSo) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
    return performance.now();
  };
  const ended = () => /找到|没有/.test(part('status').textContent);
  const startedAt = performance.now();
  document.querySelector('form.search').requestSubmit();
  const shownAt = await until(() => part('found').children.length > 0 || ended());
  const endedAt = await until(ended);
  return {
    first: shownAt - startedAt,
    last: endedAt - startedAt,
    status: part('status').textContent,
    count: part('found').children.length,
  };
})()`;

/**
 * Searches a built site in a browser slowed down four times, each query in a fresh one: prints the time from sending the
 * query to the first result (or the word that there is none), to the last, and all bytes that came over the wire.
 */
export async function benchSearch(folder: string): Promise<void> {
  let bytes = 0;
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname));
    try {
      const body = await readFile(join(folder, path));
      const type = TYPES[extname(path)];
      // As any host does: texts are packed, the index is binary and is not.
      const sent = type === undefined ? body : gzipSync(body);
      bytes += sent.length;
      response
        .writeHead(200, type === undefined ? {} : { 'content-type': type, 'content-encoding': 'gzip' })
        .end(sent);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  const browser = await launchChromium();
  for (const query of QUERIES) {
    bytes = 0;
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    await page.goto(`http://127.0.0.1:${port}/search.html`);
    await page.waitForSelector('form.search:not([hidden])');
    await page.waitForLoadState('networkidle');
    await page.fill('#query', query);
    const { first, last, status, count } = measured.parse(await page.evaluate(MEASURE));
    console.log(
      `${query.padEnd(24)} first ${first.toFixed(0)} ms, all ${last.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} KB with the page, ${status} (${count} shown)`,
    );
    await page.close();
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
}
