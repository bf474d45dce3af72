import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { articleLinks, browserLink, linksIn, withoutReader } from './mail-links.ts';

const link = (words: string, url = 'https://a.example/1') => linksIn(`<a href="${url}">${words}</a>`);

describe('the link that shows a letter in a browser', () => {
  it('is known by its words, in either language', () => {
    for (const words of [
      'View this email in your browser',
      'View in browser',
      'Read online',
      'Read this post on the web »',
      'Web version',
      '在浏览器中查看',
      '查看网页版',
      '如无法正常显示，请点击这里在线阅读',
    ])
      assert.equal(browserLink(link(words), '本周智能体'), 'https://a.example/1', words);
  });

  it('is never a headline that happens to speak of browsers', () => {
    for (const words of [
      'Read how Lantern’s web agents shop for groceries on their own',
      'See what the new Heron browser does with your tabs, and why it matters',
      '远帆发布能在浏览器中操作表格的智能体，办公软件厂商股价应声下跌',
    ]) {
      assert.equal(browserLink(link(words), '本周智能体'), undefined, words);
      assert.equal(articleLinks(link(words)).length, 1, words);
    }
  });

  it('is the headline itself where that is the letter’s subject', () => {
    assert.equal(browserLink(link('本周 智能体'), '本周智能体'), 'https://a.example/1');
  });
});

describe('links to articles', () => {
  it('are kept whatever they are about: privacy, advertising, sponsors', () => {
    for (const words of [
      '苹果园发布隐私计算新框架，手机上就能微调大模型',
      'Privacy-preserving training of large models, explained',
      'Advertisers move a third of their budgets to chat windows',
      '一条转发引出的大模型数据泄露事件',
    ])
      assert.equal(articleLinks(link(words)).length, 1, words);
  });

  it('are neither the way out nor shares, shops, front pages and bought places', () => {
    const others = [
      ['点击这里退订，不再接收我们的邮件', 'https://c.example/u'],
      ['Update your email preferences or unsubscribe here', 'https://c.example/p'],
      [
        'Share this week’s letter with your friends',
        'https://twitter.com/intent/tweet?url=https%3A%2F%2Fa.example%2F1',
      ],
      ['A vector database that scales with you (Sponsor)', 'https://shop.example/x'],
      ['The Lantern Weekly, read by twelve thousand', 'https://letters.example/'],
      ['Write to the editors of this letter today', 'mailto:desk@letters.example'],
    ] as const;
    for (const [words, url] of others) assert.deepEqual(articleLinks(link(words, url)), [], words);
  });

  it('stand once, under the headline rather than the button', () => {
    const found = articleLinks(
      linksIn(
        '<a href="https://a.example/1">远帆科技发布新一代大模型Lumen 3</a><a href="https://a.example/1">点击这里继续阅读全文内容</a>',
      ),
    );
    assert.deepEqual(found, [{ url: 'https://a.example/1', words: '远帆科技发布新一代大模型Lumen 3' }]);
  });
});

describe('an address from a letter', () => {
  it('loses what names its reader', () => {
    const cases = [
      ['https://mail.example/?u=list1&id=c7&e=0a1b2c3d', 'https://mail.example/?u=list1&id=c7'],
      ['https://a.example/p/x?token=eyJhbGciOi.eyJzdWIi.c2ln&r=1abc', 'https://a.example/p/x'],
      ['https://a.example/x?to=me%40desk.example&page=2', 'https://a.example/x?page=2'],
      ['https://a.example/x?__s=abc&subscriber_id=7&id=3', 'https://a.example/x?id=3'],
    ] as const;
    for (const [given, kept] of cases) assert.deepEqual(withoutReader(given), { kind: 'open', url: kept });
  });

  it('is seen through where a counter carries the target', () => {
    const target = { kind: 'open', url: 'https://b.example/story?id=4' };
    for (const given of [
      'https://go.letters.example/r?u=77&url=https%3A%2F%2Fb.example%2Fstory%3Fid%3D4',
      'https://x.awstrack.example/L0/https:%2F%2Fb.example%2Fstory%3Fid=4/1/0100018f-aaaa/abc=9',
    ])
      assert.deepEqual(withoutReader(given), target);
  });

  it('that only a counter understands is told apart, and a WeChat link is none', () => {
    for (const given of [
      'https://url7788.letters.example/ls/click?upn=u001.Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg',
      'https://letters.list-manage.com/track/click?u=1&id=2&e=3',
      'https://view.mail.example/?qs=00f1e2d3c4b5a69788776655443322110f1e2d3c4b5a69788776655443322110aa',
    ])
      assert.equal(withoutReader(given).kind, 'counted', given);
    const wechat =
      'https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&mid=1&idx=1&sn=0123456789abcdef0123456789abcdef';
    assert.deepEqual(withoutReader(wechat), { kind: 'open', url: wechat });
  });

  it('never keeps an address of mail, whatever stands around it', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(word, word, word, (name, user, other) => {
        const { url } = withoutReader(`https://a.example/x?${name}=${user}%40desk.example&${other}q=1`);
        assert.ok(!/desk\.example/.test(url));
        assert.ok(url.includes(`${other}q=1`) || url.includes('a.example'));
      }),
    );
  });
});
