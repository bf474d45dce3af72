// node test/support/collect-hostile.ts HTTP_PORT TLS_PORT PATH...: asks one source for each path, all at once, as a
// process of its own whose memory can be measured. Prints how each ended and the process's peak.
import type { Source } from '../../src/domain/source.ts';
import { collectSource } from '../../src/gather/collect-source.ts';
import { openNet } from '../../src/net/open-net.ts';

const [http = '', tls = '', ...paths] = process.argv.slice(2);
const net = openNet({
  userAgent: 'ribao-test',
  // Each source of a real run has its own host; here they share one.
  perHost: paths.length,
  timeoutMs: 10_000,
  maxCompressedBytes: 8_388_608,
  maxBytes: 8_388_608,
  allowHosts: ['127.0.0.1'],
});
const ended = await Promise.all(
  paths.map(async (path) => {
    const url = path === '/tls' ? `https://127.0.0.1:${tls}/` : `http://127.0.0.1:${http}${path}`;
    const source: Source = { id: path, kind: 'feed', name: path, url, weight: 1, fullText: 'feed' };
    const startedAt = performance.now();
    const { outcome } = await collectSource(
      source,
      { sourceId: path, failureStreak: 0 },
      { fetch: net.fetch, now: Date.UTC(2026, 2, 10, 12) },
    );
    const said = outcome.kind === 'failed' ? outcome.code : outcome.kind;
    return { path, said, tookMs: Math.round(performance.now() - startedAt) };
  }),
);
await net.close();
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ ended, peakMegabytes }));
