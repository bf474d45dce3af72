import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { anEdition } from '../../../test/support/an-edition.ts';
import type { PostOutcome, PostRequest } from '../../net/post.ts';
import { feeds } from './feeds.ts';

const config = (folder: string) => ({
  kind: 'feeds' as const,
  folder,
  url: 'https://daily.example/',
  name: 'AI日报',
  page: '{date}.html',
});

test('six files are written, and the hub is told of the XML ones', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-feeds-'));
  const asked: PostRequest[] = [];
  const post = async (request: PostRequest): Promise<PostOutcome> => {
    asked.push(request);
    return { kind: 'answered', status: 204, headers: {}, text: '' };
  };
  const localTime = (at: number) => new Date(at).toISOString();
  const outcome = await feeds.deliver(
    anEdition(3),
    { ...config(folder), hub: 'https://hub.example/' },
    undefined,
    { post, localTime },
  );
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
  const folder = mkdtempSync(join(tmpdir(), 'ribao-feeds-'));
  const post = async (): Promise<PostOutcome> => ({
    kind: 'failed',
    code: 'net-refused',
    message: '连接不上',
    reached: false,
  });
  const localTime = (at: number) => new Date(at).toISOString();
  const outcome = await feeds.deliver(
    anEdition(3),
    { ...config(folder), hub: 'https://hub.example/' },
    undefined,
    { post, localTime },
  );
  assert.ok(outcome.kind === 'failed' && outcome.code === 'channel-hub' && outcome.retryable);
  assert.equal(readdirSync(folder).length, 6);
});
