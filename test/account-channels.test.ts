import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { parseHTML } from 'linkedom';
import type { Edition } from '../src/domain/edition.ts';
import { openPostOffice } from '../src/net/post.ts';
import type { DeliveryOutcome, Outlet, Outside, Part } from '../src/publish/channels/channel.ts';
import { openOutlet } from '../src/publish/channels/registry.ts';
import { anEdition } from './support/an-edition.ts';
import { HOSTILE, hostileEdition } from './support/hostile-edition.ts';
import { JUEJIN, serveJuejin } from './support/juejin-double.ts';
import { serveWechat, WECHAT, type WechatDouble } from './support/wechat-double.ts';

type Messages = Extract<Outlet, { form: 'messages' }>;

function outside(t: TestContext, now: () => number = Date.now): Outside {
  const office = openPostOffice({ timeoutMs: 400, userAgent: 'ribao/test' });
  t.after(() => office.close());
  return { post: office.post, now, key: 'k' };
}

function open(kind: string, config: object): Messages {
  const outlet = openOutlet({ kind, ...config });
  assert.ok(outlet.form === 'messages');
  return outlet;
}

const account = (platform: WechatDouble, more: object = {}) =>
  open('wechat', { ...WECHAT, apiBase: platform.url, ...more });

async function sendAll(outlet: Messages, edition: Edition, world: Outside): Promise<DeliveryOutcome[]> {
  const outcomes: DeliveryOutcome[] = [];
  for (const part of outlet.compose(edition)) outcomes.push(await outlet.send(part, world));
  return outcomes;
}

function onlyPart(parts: readonly Part[]): Part {
  assert.equal(parts.length, 1);
  return parts[0] ?? assert.fail('no part');
}

const textOf = (html: string) =>
  parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body.textContent ?? '';

for (const [items, articles] of [
  [37, 1],
  [120, 3],
] as const)
  test(`an official account gets ${items} items as one draft of ${articles} articles, every address whole`, async (t) => {
    const platform = await serveWechat(t);
    const edition = anEdition(items);
    const outcomes = await sendAll(account(platform), edition, outside(t));
    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['delivered'],
    );
    const [draft] = platform.drafts;
    assert.equal(draft?.articles.length, articles);
    if (articles > 1)
      assert.deepEqual(
        draft?.articles.map(({ title }) => /（\d\/\d）$/.exec(title)?.[0]),
        Array.from({ length: articles }, (_, n) => `（${n + 1}/${articles}）`),
      );
    const all = textOf(draft?.articles.map(({ content }) => content).join('') ?? '');
    let from = 0;
    for (const { brief } of edition.sections.flatMap((section) => section.items)) {
      const at = all.indexOf(brief.headline, from);
      assert.ok(at >= from, brief.headline);
      assert.ok(all.indexOf(brief.url, at) > at, brief.url);
      from = at;
    }
  });

test('an account’s draft has a cover of the edition’s own words, put there once', async (t) => {
  const platform = await serveWechat(t);
  const world = outside(t);
  await sendAll(account(platform), anEdition(2), world);
  await sendAll(account(platform), anEdition(2), world);
  assert.equal(platform.images.length, 1);
  assert.match(platform.images[0]?.name ?? '', /^ribao-2026-03-10-[0-9a-f]{12}\.png$/);
  assert.equal(platform.drafts[1]?.articles[0]?.thumb_media_id, platform.images[0]?.media_id);
});

test('an account’s token is asked for once and renewed when it is spent', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform), outside(t)];
  await sendAll(outlet, anEdition(1), world);
  await sendAll(outlet, anEdition(1), world);
  assert.equal(platform.calls.filter((route) => route === 'stable_token').length, 1);
  platform.spendToken();
  const [outcome] = await sendAll(outlet, anEdition(1), world);
  assert.equal(outcome?.kind, 'delivered');
  assert.equal(platform.calls.filter((route) => route === 'stable_token').length, 2);
});

test('an account’s articles link what the platform lets link, and say where the rest is', async (t) => {
  const platform = await serveWechat(t);
  const base = anEdition(2);
  const url = 'https://mp.weixin.qq.com/s?__biz=MzA=&mid=1&idx=1&sn=abc';
  const edition: Edition = {
    ...base,
    sections: base.sections.map((section) => ({
      ...section,
      items: section.items.map((item, n) => (n === 0 ? { ...item, brief: { ...item.brief, url } } : item)),
    })),
  };
  await sendAll(account(platform), edition, outside(t));
  await sendAll(
    account(platform, { links: 'mp', page: 'https://d.example/{year}/{month}/{day}.html', author: '编辑部' }),
    edition,
    outside(t),
  );
  const [plain, linked] = platform.drafts.map(({ articles }) => articles[0]);
  assert.doesNotMatch(plain?.content ?? '', /<a /);
  assert.ok(textOf(plain?.content ?? '').includes(url));
  assert.match(linked?.content ?? '', /<a href="https:\/\/mp\.weixin\.qq\.com\/s\?__biz=MzA=&amp;mid=1/);
  assert.equal(linked?.content_source_url, 'https://d.example/2026/03/10.html');
  assert.equal(linked?.author, '编辑部');
  assert.match(linked?.digest ?? '', /^3月10日，2 条：/);
});

test('a draft whose answer never came is looked up and never sent again', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform), outside(t)];
  const part = onlyPart(outlet.compose(anEdition(3)));
  platform.sabotage('draft/add', 'take-and-hang');
  assert.equal((await outlet.send(part, world)).kind, 'unclear');
  assert.equal(await outlet.find?.(part, world), 'there');
  const other = onlyPart(outlet.compose(anEdition(3, { date: '2026-03-11' })));
  platform.sabotage('draft/add', 'hang');
  assert.equal((await outlet.send(other, world)).kind, 'unclear');
  // An editor may have published or removed it: only a person can know.
  assert.equal(await outlet.find?.(other, world), 'unknown');
  assert.equal(platform.drafts.length, 1);
});

test('a draft of an earlier day with the same titles is another draft', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform), outside(t)];
  const long = (composedAt: number) => onlyPart(outlet.compose(anEdition(120, { composedAt })));
  await outlet.send(long(Date.now()), world);
  assert.equal(await outlet.find?.(long(Date.now()), world), 'there');
  assert.equal(await outlet.find?.(long(Date.now() + 86_400_000), world), 'unknown');
});

test('before the draft is sent nothing is unclear: what failed on the way is tried again', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform), outside(t)];
  platform.sabotage('material/add_material', 'take-and-hang');
  const [first] = await sendAll(outlet, anEdition(1), world);
  assert.ok(first?.kind === 'failed' && first.retryable);
  const [second] = await sendAll(outlet, anEdition(1), world);
  assert.equal(second?.kind, 'delivered');
  assert.equal(platform.images.length, 1, 'the cover that arrived unanswered is found by its name');
});

test('an account says what an editor has to do', async (t) => {
  const platform = await serveWechat(t);
  const world = outside(t);
  const wrong = async (route: string, errcode: number, errmsg: string) => {
    platform.sabotage(route, { body: { errcode, errmsg } });
    const [outcome] = await sendAll(account(platform), anEdition(1), world);
    assert.ok(outcome && outcome.kind !== 'delivered');
    return outcome;
  };
  const ip = await wrong(
    'stable_token',
    40164,
    'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6',
  );
  assert.ok(ip.code === 'channel-auth' && /请把 203\.0\.113\.9 加进/.test(ip.message), ip.message);
  const missing = await wrong('draft/add', 48001, 'api unauthorized rid: 6');
  assert.ok(missing.code === 'channel-auth' && /草稿箱/.test(missing.message), missing.message);
  const quota = await wrong('draft/add', 45009, 'reach max api daily quota limit');
  assert.ok(
    quota.kind === 'failed' && quota.code === 'channel-rate' && (quota.retryAfterMs ?? 0) >= 3_600_000,
  );
  assert.equal((await wrong('draft/add', -1, 'system error')).kind, 'unclear');
  const [secret] = await sendAll(account(platform, { secret: 'other' }), anEdition(1), world);
  assert.ok(secret?.kind === 'failed' && secret.code === 'channel-auth' && !secret.message.includes('other'));
});

test('an account publishes only when it is told to, and never twice', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform, { publish: true }), outside(t)];
  const [draft, submission] = outlet.compose(anEdition(2));
  assert.ok(draft && submission);
  await outlet.send(draft, world);
  platform.sabotage('freepublish/submit', 'take-and-hang');
  assert.equal((await outlet.send(submission, world)).kind, 'unclear');
  assert.equal(await outlet.find?.(submission, world), 'there');
  assert.equal(platform.published.length, 1);
  const again = await outlet.send(submission, world);
  assert.ok(again.kind === 'failed' && !again.retryable, 'the draft is gone, and says so');
});

test('an account that may not publish keeps its draft and says why', async (t) => {
  const platform = await serveWechat(t);
  platform.sabotage('freepublish/submit', { body: { errcode: 48001, errmsg: 'api unauthorized' } });
  const [draft, submission] = await sendAll(account(platform, { publish: true }), anEdition(2), outside(t));
  assert.equal(draft?.kind, 'delivered');
  assert.ok(submission?.kind === 'failed' && /手动发布/.test(submission.message));
  assert.equal(platform.drafts.length, 1);
});

test('an official account takes hostile words as words', async (t) => {
  const platform = await serveWechat(t);
  const [outlet, world] = [account(platform), outside(t)];
  for (const [n, text] of HOSTILE.entries()) {
    const outcomes = await sendAll(outlet, hostileEdition(n, text), world);
    assert.ok(
      outcomes.every(({ kind }) => kind === 'delivered'),
      `${text.slice(0, 60)} ${JSON.stringify(outcomes)}`,
    );
  }
});

const juejin = (url: string, more: object = {}) =>
  open('juejin', { ...JUEJIN, permitted: true, apiBase: url, ...more });

for (const items of [1, 37, 120])
  test(`Juejin gets ${items} items as one article with a summary of 50 to 100 characters`, async (t) => {
    const site = await serveJuejin(t);
    const edition = anEdition(items);
    const [outcome] = await sendAll(juejin(site.url), edition, outside(t));
    assert.deepEqual(outcome, { kind: 'delivered', where: '掘金', ref: '1' });
    const text = site.published[0]?.mark_content ?? '';
    for (const { brief } of edition.sections.flatMap((section) => section.items))
      assert.ok(text.includes(`### ${brief.headline}`) && text.includes(`](${brief.url})`), brief.headline);
    assert.doesNotMatch(text, /^---/);
  });

test('an article on Juejin whose answer never came is looked up and never sent again', async (t) => {
  const site = await serveJuejin(t);
  const [outlet, world] = [juejin(site.url), outside(t)];
  const part = onlyPart(outlet.compose(anEdition(3)));
  site.sabotage('/content_api/v1/article/publish', 'hang');
  assert.equal((await outlet.send(part, world)).kind, 'unclear');
  assert.equal(await outlet.find?.(part, world), 'unknown');
  site.sabotage('/content_api/v1/article/publish', 'take-and-hang');
  assert.equal((await outlet.send(part, world)).kind, 'unclear');
  assert.equal(await outlet.find?.(part, world), 'there');
});

test('before publishing on Juejin nothing is unclear', async (t) => {
  const site = await serveJuejin(t);
  site.sabotage('/content_api/v1/article_draft/create', 'take-and-hang');
  const [outcome] = await sendAll(juejin(site.url), anEdition(1), outside(t));
  assert.ok(outcome?.kind === 'failed' && outcome.retryable);
  assert.equal(site.published.length, 0);
});

test('Juejin without a session says that the cookie is to be renewed', async (t) => {
  const site = await serveJuejin(t);
  const [outcome] = await sendAll(juejin(site.url, { cookie: 'sessionid=old' }), anEdition(1), outside(t));
  assert.ok(outcome?.kind === 'failed' && outcome.code === 'channel-auth' && /Cookie/.test(outcome.message));
});

test('Juejin is asked only by who was permitted', () => {
  assert.throws(() => openOutlet({ kind: 'juejin', ...JUEJIN }));
});
