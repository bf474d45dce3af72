import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { test } from 'node:test';
import { listen } from '../../test/support/listen.ts';
import { SELF_SIGNED } from '../../test/support/self-signed.ts';
import { configSchema } from './config/schema.ts';
import { expiryAlerts, tokenEnd, whatExpires } from './expiry.ts';

const NOW = Date.parse('2026-03-10T04:00:00Z');
const configOf = (more: object) =>
  configSchema.parse({ sources: [{ id: 'a', name: '甲', url: 'https://a.example/feed' }], ...more });
const jwt = (claims: object) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

test('a token says itself when it ends, or nothing is known', () => {
  assert.equal(tokenEnd(jwt({ exp: 1_800_000_000, sub: 'x' })), 1_800_000_000_000);
  assert.equal(tokenEnd(jwt({ sub: 'without an end' })), undefined);
  assert.equal(
    tokenEnd('sessionid=abc; sid_guard=617f%7C1767074753%7C31536000%7CWed%2C+30-Dec-2026; sid_tt=1'),
    (1_767_074_753 + 31_536_000) * 1000,
  );
  for (const other of ['', 'xoxb-1-2', '123456:AAbb', 'a.b.c', 'https://hooks.example/x.y.z'])
    assert.equal(tokenEnd(other), undefined, other);
});

test('what runs out soon is told once before and once after, by the day it ends', () => {
  const { timezone, expiry } = configOf({});
  const alert = (days: number) =>
    expiryAlerts(
      [{ id: 'token/git/token', what: '渠道 git 的 token', endsAt: NOW + days * 86_400_000 }],
      NOW,
      {
        timezone,
        expiry,
      },
    );
  assert.deepEqual(alert(15), []);
  assert.deepEqual(alert(13.9), [
    {
      key: 'expiry/token/git/token/2026-03-24',
      title: '渠道 git 的 token 2026-03-24 到期',
      lines: ['还有 13 天，请换新'],
    },
  ]);
  assert.match(alert(-1)[0]?.key ?? '', /\/over$/);
});

test('the certificate a host shows is looked at, and the tokens of channels; a host that is away is not', async (t) => {
  const server = createServer(SELF_SIGNED, (_, response) => response.end());
  const port = await listen(t, server);
  const config = configOf({
    expiry: { hosts: [`127.0.0.1:${port}`, '127.0.0.1:1'] },
    channels: [
      { kind: 'juejin', permitted: true, cookie: 'sid_guard=a|1767074753|100|x', tags: ['1'] },
      { kind: 'slack', token: jwt({ exp: 1_780_000_000 }), channel: 'C' },
      { kind: 'wecom', webhook: 'https://a.example/send?key=1' },
    ],
  });
  const found = await whatExpires(config);
  assert.deepEqual(
    found.map(({ id, endsAt }) => [id, new Date(endsAt).toISOString().slice(0, 10)]),
    [
      [`certificate/127.0.0.1:${port}`, '2126-10-31'],
      ['token/juejin/cookie', '2025-12-30'],
      ['token/slack/token', '2026-05-28'],
    ],
  );
  assert.ok(!JSON.stringify(found).includes('sid_guard'));
});
