import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { wechat } from './wechat.ts';

const TOKEN = 'https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv';
const item = (token: string, body: string, date = 'Tue, 10 Mar 2026 09:30:00') =>
  `<item><id>${token}</id><title><![CDATA[${token}号文章]]></title><link>https://mp.weixin.qq.com/s/${token}</link><guid>x</guid><pubDate>${date}</pubDate><description>${body}</description></item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>灯塔公社</title><link>https://mp.weixin.qq.com</link><description>公众号</description><language>zh-CN</language>${items.join('')}</channel></rss>`;

describe('a WeChat account behind a bridge', () => {
  it('gives articles, Beijing time where the zone is missing, literal CDATA unwrapped', async (t) => {
    const url = await serveDouble(t, () => ({
      body: rss(item('a', '&lt;![CDATA[&lt;p&gt;远帆发布了新模型。&lt;/p&gt;]]&gt;')),
    }));
    const [entry] = entriesOf(await askSource(t, wechat, { url: `${url}/rss/1` }));
    assert.equal(entry?.publishedAt, Date.UTC(2026, 2, 10, 1, 30));
    assert.equal(entry?.text, '远帆发布了新模型。');
  });

  it('never takes an excuse of the bridge for content', async (t) => {
    const quoted = `有读者来信说，打开文章只见“环境异常”四个字。${'这是一篇关于验证码历史的长文。'.repeat(40)}`;
    const url = await serveDouble(t, () => ({
      body: rss(
        item('a', '获取全文失败，请重试~'),
        item('b', '环境异常 当前环境异常，完成验证后即可继续访问。 去验证'),
        item('c', 'content not found'),
        item('d', quoted),
      ),
    }));
    const answer = await askSource(t, wechat, { url });
    const texts = entriesOf(answer).map(({ text }) => text.slice(0, 6));
    assert.deepEqual(texts, ['', '', '', '有读者来信说']);
    assert.equal(answer.kind === 'listed' ? answer.note : '', '3 条没有正文');
  });

  it('nor the words of a stored captcha page for a title', async (t) => {
    const url = await serveDouble(t, () => ({
      body: rss(item('a', '当前环境异常，完成验证后即可继续访问。').replace('a号文章', '环境异常')),
    }));
    const [entry] = entriesOf(await askSource(t, wechat, { url }));
    assert.deepEqual([entry?.title, entry?.text], ['', '']);
  });

  it('tells in the bridge’s own words what is wrong with it', async (t) => {
    const url = await serveDouble(t, () => ({ body: { err: 'license expired', data: null } }));
    const answer = await askSource(t, wechat, { url });
    assert.ok(answer.kind === 'failed' && /license expired[\s\S]*桥接/.test(answer.message));
  });

  it('is found where its bridge keeps it, by number or by __biz', async (t) => {
    const asked: string[] = [];
    const url = await serveDouble(t, ({ path, query }) => {
      asked.push(`${path} ${query.get('k') ?? ''}`);
      return { body: rss(item('a', '')) };
    });
    const biz = Buffer.from('3000000001').toString('base64');
    for (const [bridge, account] of [
      ['wewe-rss', biz],
      ['wewe-rss', 'MP_WXS_3000000001'],
      ['we-mp-rss', 'MP_WXS_3000000001'],
      ['wechat2rss', biz],
      ['rsshub', 'ce/5b575e58e5c4583338dbd3cd'],
    ])
      entriesOf(await askSource(t, wechat, { url: `${url}/sub/?k=token`, settings: { bridge, account } }));
    assert.deepEqual(asked, [
      '/sub/feeds/MP_WXS_3000000001.atom token',
      '/sub/feeds/MP_WXS_3000000001.atom token',
      '/sub/rss/MP_WXS_3000000001 token',
      '/sub/feed/3000000001.xml token',
      '/sub/wechat/ce/5b575e58e5c4583338dbd3cd token',
    ]);
    assert.equal(codeOf(await askSource(t, wechat, { url, settings: { account: 'x' } })), 'source-settings');
  });

  it('tells a dead bridge from a quiet account', async (t) => {
    const answers = [{ status: 502 }, { body: rss() }];
    const url = await serveDouble(t, () => answers.shift() ?? {});
    const [down, empty] = [await askSource(t, wechat, { url }), await askSource(t, wechat, { url })];
    assert.ok(down.kind === 'failed' && /桥接服务器出错/.test(down.message));
    assert.ok(empty.kind === 'failed' && /没有给出文章/.test(empty.message));
    const nowhere = await askSource(t, wechat, { url: 'http://127.0.0.1:9/feed' });
    assert.ok(nowhere.kind === 'failed' && /连不上桥接/.test(nowhere.message));
  });

  it('that has nothing new leaves its validators in place when links were pasted', async (t) => {
    const url = await serveDouble(t, () => ({ status: 304 }));
    const answer = await askSource(t, wechat, {
      url,
      settings: { links: [TOKEN, '这不是网址'] },
      state: { etag: '"7"' },
    });
    assert.ok(answer.kind === 'listed');
    assert.deepEqual([answer.entries.length, answer.etag, answer.note], [1, '"7"', '1 行不是网址']);
  });
});

describe('a list of WeChat links', () => {
  it('is pasted or kept in a file; secrets and tracking go, damaged lines are counted', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'ribao-links-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'links.txt');
    writeFileSync(
      file,
      `﻿# 今天看到的\r\nhttp://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw%3D%3D&amp;mid=265&amp;idx=2\\x26amp;sn=0a0b&amp;pass_ticket=geheim&key=geheim#rd\r\n\n这不是网址\n`,
    );
    const answer = await askSource(t, wechat, { settings: { links: [`${TOKEN}?scene=1`], file } });
    const urls = entriesOf(answer).map(({ url }) => url);
    assert.deepEqual(urls, [
      TOKEN,
      'https://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw==&mid=265&idx=2&sn=0a0b',
    ]);
    assert.equal(answer.kind === 'listed' ? answer.note : '', '1 行不是网址');
  });

  it('says so when it has nothing, or no file', async (t) => {
    assert.equal(codeOf(await askSource(t, wechat, {})), 'source-settings');
    assert.equal(
      codeOf(await askSource(t, wechat, { settings: { file: '/nowhere/links.txt' } })),
      'source-file',
    );
  });
});
