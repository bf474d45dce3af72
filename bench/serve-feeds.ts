// node bench/serve-feeds.ts FEEDS KILOBYTES LATENCY_MS: a loopback server of generated feeds with validators; prints its port.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [feeds = 1000, kilobytes = 20, latencyMs = 50] = process.argv.slice(2).map(Number);
const words = '模型发布开源推理芯片数据训练权重智能体机器人公司融资研究论文评测';

function feedOf(n: number): string {
  const item = (i: number) => {
    const text = Array.from({ length: 220 }, (_, at) =>
      words.charAt((n * 31 + i * 17 + at * 7) % words.length),
    ).join('');
    return `<item><title>第${n}家第${i}篇：${text.slice(0, 18)}</title><link>https://site${n}.example/${i}</link><guid>${n}-${i}</guid><pubDate>Tue, 10 Mar 2026 0${i % 10}:00:00 +0800</pubDate><description><![CDATA[<p>${text}</p>]]></description></item>`;
  };
  let body = '';
  for (let i = 0; body.length * 2.6 < kilobytes * 1000; i += 1) body += item(i);
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>媒体${n}</title><link>https://site${n}.example</link><description>d</description>${body}</channel></rss>`;
}

const bodies = Array.from({ length: feeds }, (_, n) => Buffer.from(feedOf(n)));
const server = createServer(async (request, response) => {
  const n = Number(/(\d+)\.xml/.exec(request.url ?? '')?.[1] ?? 0);
  await sleep(latencyMs);
  if (request.headers['if-none-match'] === `"${n}"`) response.writeHead(304, { etag: `"${n}"` }).end();
  else response.writeHead(200, { 'content-type': 'application/rss+xml', etag: `"${n}"` }).end(bodies[n]);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  if (bound !== null && typeof bound !== 'string') process.stdout.write(`${bound.port}\n`);
});
