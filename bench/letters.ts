// npm run bench -- letters [HOW_MANY]: an edition of 37 briefs to so many subscribers over one loopback connection.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringLetters } from '../src/newsroom/letters.ts';
import { newRun } from '../src/newsroom/new-run.ts';
import { outletsOf } from '../src/newsroom/outbox.ts';
import { planLetters } from '../src/newsroom/plan-letters.ts';
import { addSubscriber } from '../src/newsroom/subscribers.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { inventedEdition } from '../test/support/invented-archive.ts';
import { emailConfig } from '../test/support/letter-desk.ts';

/** Adds the subscribers, plans their letters and sends them without pause; prints seconds, memory and the store's size. */
export async function benchLetters(count: number): Promise<void> {
  console.log(`${count} subscribers, 37 briefs, ${cpus()[0]?.model}, Node ${process.version}`);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-bench-letters-'));
  const store = openSqliteStore(join(folder, 'ribao.db'));
  const server = fork(fileURLToPath(new URL('serve-mail.ts', import.meta.url)));
  const [{ port }] = await once(server, 'message');
  const [named] = outletsOf([emailConfig(port)]);
  if (named?.outlet.form !== 'letters') throw new Error('no letters');
  const { channel, outlet } = named;
  const desk = { store, clock: Date.now, secrets: [], channel, outlet, pause: async () => {} };
  const edition = inventedEdition(1);
  const timed = async <T>(words: string, work: () => Promise<T>): Promise<T> => {
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
    const result = await work();
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const each = ((user + system) / 1000 / count).toFixed(2);
    console.log(
      `${words.padEnd(18)}${seconds.toFixed(1).padStart(7)} s  ${Math.round(count / seconds)}/s, ${each} ms CPU each`,
    );
    return result;
  };
  await timed('subscribers added', async () => {
    for (let n = 0; n < count; n += 1) await addSubscriber(desk, `reader${n}@home.example`, true);
  });
  const before = (await store.inspect()).bytes;
  const rows = await timed('letters planned', () => planLetters(desk, edition, desk));
  const run = newRun(edition.date, Date.now(), Date.now());
  await store.openRun(run);
  const { done } = await timed('letters sent', () => bringLetters(desk, run, edition, desk, rows));
  server.send('count');
  const [taken] = await once(server, 'message');
  const grown = (await store.inspect()).bytes - before;
  const kilobytes = Math.round(taken.bytes / taken.letters / 1024);
  console.log(
    `${done} sent, ${taken.letters} taken in, ${kilobytes} KB each; the store grew by ${(grown / 1_048_576).toFixed(1)} MB; peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  server.kill();
  await store.close();
  rmSync(folder, { recursive: true });
}
