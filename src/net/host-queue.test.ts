import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostQueue } from './host-queue.ts';

test('one host is asked at its own pace, others are not held up by it', async () => {
  const queue = hostQueue();
  const starts: Record<string, number[]> = { slow: [], fast: [] };
  const ask = (host: string, gapMs: number) =>
    queue.run(host, { atOnce: 2, gapMs }, async () => {
      starts[host]?.push(performance.now());
    });
  await Promise.all([...Array(4)].flatMap(() => [ask('slow', 60), ask('fast', 0)]));
  const [slow = [], fast = []] = [starts.slow, starts.fast];
  for (let n = 1; n < slow.length; n += 1) assert.ok((slow[n] ?? 0) - (slow[n - 1] ?? 0) >= 45);
  assert.ok(
    (fast.at(-1) ?? 0) < (slow[1] ?? 0),
    'the fast host was done before the second question to the slow one',
  );
});

test('no more than so many are under way at one host', async () => {
  const queue = hostQueue();
  let now = 0;
  let most = 0;
  const task = async () => {
    now += 1;
    most = Math.max(most, now);
    await sleep(5);
    now -= 1;
  };
  await Promise.all([...Array(12)].map(() => queue.run('a', { atOnce: 3, gapMs: 0 }, task)));
  assert.equal(most, 3);
});

test('a host is forgotten once its gap has passed, and a failed task frees its place', async () => {
  const queue = hostQueue();
  const failing = queue.run('a', { atOnce: 1, gapMs: 30 }, async () => {
    throw new Error('down');
  });
  await assert.rejects(failing, /down/);
  assert.equal(queue.size(), 1, 'the gap is remembered');
  await queue.run('a', { atOnce: 1, gapMs: 0 }, async () => {});
  await sleep(60);
  assert.equal(queue.size(), 0);
});
