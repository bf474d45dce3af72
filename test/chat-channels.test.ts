import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { Edition } from '../src/domain/edition.ts';
import { openPostOffice } from '../src/net/post.ts';
import type { DeliveryOutcome, Outlet } from '../src/publish/channels/channel.ts';
import { sign } from '../src/publish/channels/dingtalk.ts';
import { signature as feishuSignature } from '../src/publish/channels/feishu.ts';
import { openOutlet } from '../src/publish/channels/registry.ts';
import { signature } from '../src/publish/channels/webhook.ts';
import { anEdition } from './support/an-edition.ts';
import { type ChatDouble, type Outlets, SECRETS, serveChats } from './support/chat-double.ts';

const configs = (url: string): Record<Outlets, Record<string, unknown>> => ({
  feishu: { webhook: `${url}/feishu/hook`, secret: SECRETS.feishu },
  dingtalk: { webhook: `${url}/dingtalk/send?access_token=t`, secret: SECRETS.dingtalk },
  wecom: { webhook: `${url}/wecom/send?key=k` },
  telegram: { token: '1:token', chat: '@daily', apiBase: `${url}/telegram` },
  slack: { webhook: `${url}/slack/services/T/B/X` },
  discord: { webhook: `${url}/discord/api/webhooks/1/token` },
  webhook: { url: `${url}/webhook`, secret: SECRETS.webhook },
  ntfy: { server: `${url}/ntfy`, topic: 'daily' },
  bark: { server: `${url}/bark`, key: 'devicekey' },
});
const KINDS = Object.keys(configs('')) as Outlets[];

type Messages = Extract<Outlet, { form: 'messages' }>;

function outletFor(kind: Outlets, url: string): Messages {
  const outlet = openOutlet({ kind, ...configs(url)[kind] });
  assert.ok(outlet.form === 'messages');
  return outlet;
}

async function bring(
  t: TestContext,
  chats: ChatDouble,
  kind: Outlets,
  edition: Edition,
): Promise<DeliveryOutcome[]> {
  const office = openPostOffice({ timeoutMs: 5000, userAgent: 'ribao/test' });
  t.after(() => office.close());
  const outlet = outletFor(kind, chats.url);
  const outcomes: DeliveryOutcome[] = [];
  for (const part of outlet.compose(edition))
    outcomes.push(
      await outlet.send(part, {
        post: office.post,
        now: Date.now,
        key: `${edition.date}/r1/${kind}/${part.id}`,
      }),
    );
  return outcomes;
}

const plain = (text: string) => text.replace(/\\(?=[^\w\s])/g, '').replaceAll('&amp;', '&');

for (const kind of KINDS)
  for (const items of [37, 120])
    test(`${kind} gets all ${items} items of an edition, in order, every link whole, within its limits`, async (t) => {
      const chats = await serveChats(t);
      const edition = anEdition(items);
      const outcomes = await bring(t, chats, kind, edition);
      assert.deepEqual(
        outcomes.filter((one) => one.kind !== 'delivered'),
        [],
      );
      const all = plain(chats.seen.map(({ text }) => text).join('\n'));
      let from = 0;
      for (const { brief } of edition.sections.flatMap((section) => section.items)) {
        const at = all.indexOf(brief.headline, from);
        assert.ok(at >= from, `${brief.headline} is missing or out of order`);
        // The link is followed by something that cannot be a part of it.
        const link = all.indexOf(brief.url, kind === 'webhook' ? 0 : at);
        assert.ok(link >= 0 && !/[\w=]/.test(all.charAt(link + brief.url.length)), brief.url);
        assert.ok(all.indexOf(brief.summary.slice(-12), at) > at, brief.summary);
        from = at;
      }
      if (chats.seen.length > 1 && kind !== 'webhook')
        for (const [n, { text }] of chats.seen.entries())
          assert.ok(plain(text).includes(`（${n + 1}/${chats.seen.length}）`), text.slice(0, 80));
    });

test('a webhook stays below 20 KB whatever evidence and reasons weigh, and keeps what readers see', async (t) => {
  const chats = await serveChats(t);
  const edition = anEdition(4);
  const evidence = [{ claim: '参数1亿', articleId: 'a', source: '据'.repeat(12_000) }];
  const [first] = edition.sections;
  const heavy = first?.items.map((item) => ({ ...item, brief: { ...item.brief, evidence } })) ?? [];
  const sections = edition.sections.map((section, n) => (n === 0 ? { ...section, items: heavy } : section));
  const outcomes = await bring(t, chats, 'webhook', { ...edition, sections });
  assert.ok(outcomes.every(({ kind }) => kind === 'delivered'));
  const all = chats.seen.map(({ text }) => text);
  assert.ok(all.every((text) => Buffer.byteLength(text) < 20_000));
  for (const { brief } of edition.sections.flatMap(({ items }) => items))
    for (const words of [brief.headline, brief.summary, brief.url])
      assert.ok(all.join('').includes(words), words);
});

test('signatures are those of the outlets’ own documents', () => {
  assert.equal(feishuSignature('demo', 1_599_360_473).sign, 'l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
  assert.equal(sign('SECdemo', 1_577_262_236_757), 'sLRlUUvzoOXn5DR/+o+s6tOqX+bWe3JGaZ7JQ7844l8=');
  assert.equal(
    signature(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '1614265330',
      '{"test": 2432232314}',
    ),
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

const HOSTILE = [
  '<at id=all></at> @everyone <!channel> <@U1> @all',
  '</script><script>alert(1)</script> ]]> {{7*7}} {% raw %}',
  '**粗** [点我](https://evil.example) `x` ~~y~~ | > # - 1. \\',
  '\u0000\u0007\u001b[31m\u202e倒着写\u2066\ud800 尾',
  '龘'.repeat(10_000),
  'x '.repeat(10_000),
  '"\'&<>&lt;&#0;',
];

/** An edition in which every word an outlet may have written is hostile. */
function hostile(text: string): Edition {
  const edition = anEdition(6);
  return {
    ...edition,
    title: `AI日报：${text}`,
    tagline: text,
    sections: edition.sections.map(({ items }) => ({
      name: text.slice(0, 60),
      items: items.map((item) => ({
        ...item,
        publisher: text,
        outlets: [{ name: text.slice(0, 200), url: 'https://o.example/<x>"\')', title: text }],
        brief: { ...item.brief, headline: text, summary: text },
        followUp: {
          label: '新进展',
          newSentence: text,
          date: '2026-03-09',
          headline: text.slice(0, 200),
          url: 'javascript:alert(1)',
        },
      })),
    })),
  };
}

for (const kind of KINDS)
  test(`${kind} takes hostile words as words`, async (t) => {
    const chats = await serveChats(t);
    for (const text of HOSTILE) {
      const outcomes = await bring(t, chats, kind, hostile(text));
      assert.deepEqual(
        outcomes.filter((one) => one.kind !== 'delivered'),
        [],
        text.slice(0, 60),
      );
    }
    assert.ok(
      chats.seen.every(
        ({ text }) => text.isWellFormed() && (kind === 'webhook' || !text.includes('(javascript:')),
      ),
    );
  });

test('for all texts: every outlet’s double takes what is composed of them', async (t) => {
  const chats = await serveChats(t);
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.constantFrom(...KINDS),
      async (text, kind) => {
        const outcomes = await bring(t, chats, kind, hostile(text));
        assert.deepEqual(
          outcomes.filter((one) => one.kind !== 'delivered'),
          [],
        );
      },
    ),
    { numRuns: 40 },
  );
});

test('a refusal behind HTTP 200 is a refusal, with words that say what to do', async (t) => {
  const chats = await serveChats(t);
  const answers: [Outlets, string, RegExp][] = [
    ['feishu', '{"code":19024,"msg":"Key Words Not Found"}', /keyword/],
    ['feishu', '{"code":19021,"msg":"sign match fail"}', /时钟/],
    ['dingtalk', '{"errcode":310000,"errmsg":"keywords not in content"}', /关键词/],
    ['wecom', '{"errcode":93000,"errmsg":"invalid webhook url"}', /webhook/],
    ['bark', '{"code":400,"message":"failed to get device token"}', /设备钥匙/],
  ];
  for (const [kind, body, words] of answers) {
    chats.sabotage(kind, { status: 200, body });
    const [outcome] = await bring(t, chats, kind, anEdition(1));
    assert.ok(outcome?.kind === 'failed' && outcome.code === 'channel-auth' && !outcome.retryable, body);
    assert.match(outcome.message, words);
  }
});

test('who sends too fast is told how long to wait', async (t) => {
  const chats = await serveChats(t);
  const answers: [
    Outlets,
    { status: number; body: string; headers?: Record<string, string> },
    number | undefined,
  ][] = [
    ['feishu', { status: 200, body: '{"code":11232,"msg":"frequency limited"}' }, 60_000],
    ['dingtalk', { status: 200, body: '{"errcode":130101,"errmsg":"send too fast"}' }, 600_000],
    ['wecom', { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }, 60_000],
    [
      'telegram',
      {
        status: 429,
        body: '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":7}}',
      },
      7000,
    ],
    ['slack', { status: 429, body: 'rate_limited', headers: { 'Retry-After': '30' } }, 30_000],
    [
      'discord',
      { status: 429, body: '{"message":"You are being rate limited.","retry_after":1.25,"global":false}' },
      1250,
    ],
    ['webhook', { status: 503, body: '' }, undefined],
  ];
  for (const [kind, answer, wait] of answers) {
    chats.sabotage(kind, answer);
    const [outcome] = await bring(t, chats, kind, anEdition(1));
    assert.ok(outcome?.kind === 'failed' && outcome.code === 'channel-rate' && outcome.retryable, kind);
    assert.equal(outcome.retryAfterMs, wait, kind);
  }
});

test('a server’s error after the message was sent leaves it unclear; who takes no connection has nothing', async (t) => {
  const chats = await serveChats(t);
  for (const kind of KINDS) {
    chats.sabotage(kind, { status: 500, body: 'oops' });
    const [outcome] = await bring(t, chats, kind, anEdition(1));
    assert.equal(outcome?.kind, 'unclear', kind);
    const nobody = await bring(t, { ...chats, url: 'http://127.0.0.1:1' }, kind, anEdition(1));
    assert.ok(nobody[0]?.kind === 'failed' && nobody[0].code === 'channel-unreachable', kind);
  }
});

test('messages can be edited where the outlet edits', async (t) => {
  const chats = await serveChats(t);
  const office = openPostOffice({ timeoutMs: 5000, userAgent: 'ribao/test' });
  t.after(() => office.close());
  for (const kind of ['telegram', 'discord'] as const) {
    const [sent] = await bring(t, chats, kind, anEdition(1));
    assert.ok(sent?.kind === 'delivered' && sent.ref !== undefined);
    const outlet = outletFor(kind, chats.url);
    const [part] = outlet.compose(anEdition(1, { title: 'AI日报：改过的标题' }));
    assert.ok(part && outlet.edit);
    const edited = await outlet.edit(sent.ref, part, { post: office.post, now: Date.now, key: 'k' });
    assert.equal(edited.kind, 'delivered');
    const shown = chats.seen.filter((one) => one.outlet === kind);
    assert.equal(shown.length, 1);
    assert.match(shown[0]?.text ?? '', /改过的标题/);
  }
});

test('a notice is one short message everywhere', async (t) => {
  const chats = await serveChats(t);
  const office = openPostOffice({ timeoutMs: 5000, userAgent: 'ribao/test' });
  t.after(() => office.close());
  for (const kind of KINDS) {
    const outlet = outletFor(kind, chats.url);
    assert.ok(outlet.notice, kind);
    const part = outlet.notice('日报被扣下了', [
      '条目太少：2 条',
      ...Array.from({ length: 500 }, (_, n) => `第 ${n} 行很长的说明`),
    ]);
    const outcome = await outlet.send(part, { post: office.post, now: Date.now, key: 'alerts/x' });
    assert.equal(outcome.kind, 'delivered', kind);
    assert.match(chats.seen.at(-1)?.text ?? '', /日报被扣下了[\s\S]*条目太少/, kind);
  }
});
