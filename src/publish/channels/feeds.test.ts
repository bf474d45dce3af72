import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { anEdition } from '../../../test/support/an-edition.ts';
import { aroundWith } from '../../../test/support/around.ts';
import type { PostOutcome, PostRequest } from '../../net/post.ts';
import { feeds } from './feeds.ts';

/** Delivers an edition into a new folder, with a hub that answers so; gives what became of it. */
async function deliver(answer: PostOutcome) {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-feeds-'));
  const asked: PostRequest[] = [];
  const post = async (request: PostRequest): Promise<PostOutcome> => {
    asked.push(request);
    return answer;
  };
  const edition = anEdition(3);
  const outcome = await feeds.deliver(
    edition,
    {
      kind: 'feeds',
      folder,
      url: 'https://daily.example/',
      name: 'AI日报',
      page: '{date}.html',
      hub: 'https://hub.example/',
    },
    { ...aroundWith(edition), post },
  );
  return { folder, asked, outcome };
}

test('six files are written, and the hub is told of the XML ones', async () => {
  const { folder, asked, outcome } = await deliver({
    kind: 'answered',
    status: 204,
    headers: {},
    text: '',
  });
  assert.equal(outcome.kind, 'delivered');
  assert.deepEqual(readdirSync(folder).toSorted(), [
    'atom.xml',
    'briefs.atom',
    'briefs.json',
    'briefs.xml',
    'feed.json',
    'feed.xml',
  ]);
  assert.match(readFileSync(join(folder, 'feed.xml'), 'utf8'), /https:\/\/daily\.example\/2026-03-10\.html/);
  assert.equal(
    asked[0]?.body,
    'hub.mode=publish&hub.url=https%3A%2F%2Fdaily.example%2Ffeed.xml&hub.url=https%3A%2F%2Fdaily.example%2Fatom.xml&hub.url=https%3A%2F%2Fdaily.example%2Fbriefs.xml&hub.url=https%3A%2F%2Fdaily.example%2Fbriefs.atom',
  );
});

test('a hub that is down is tried again; the files are there', async () => {
  const { folder, outcome } = await deliver({
    kind: 'failed',
    code: 'net-refused',
    message: '连接不上',
    reached: false,
  });
  assert.ok(outcome.kind === 'failed' && outcome.code === 'channel-hub' && outcome.retryable);
  assert.equal(readdirSync(folder).length, 6);
});
