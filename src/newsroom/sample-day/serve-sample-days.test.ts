import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { identityOf } from '../../gather/identity.ts';
import { parseFeedText } from '../../gather/sources/parse-feed.ts';
import { loadExpectation, loadSampleSources, loadSamples, type Samples } from './load-samples.ts';
import { NOTICE } from './markup.ts';
import { type SampleServer, serveSampleDays } from './serve-sample-days.ts';

let server: SampleServer;
let samples: Samples;

before(async () => {
  samples = await loadSamples();
  server = await serveSampleDays({ through: 1 });
});
after(() => server.close());

describe('the samples', () => {
  test('hold two full days from fourteen sources, every host ending in .example', async () => {
    const days = [1, 2].map((day) => samples.articles.filter((article) => article.day === day).length);
    assert.ok((days[0] ?? 0) >= 84 && (days[1] ?? 0) >= 24, String(days));
    const sources = await loadSampleSources();
    assert.equal(sources.length, 14);
    for (const url of [...sources, ...samples.articles].map(({ url }) => new URL(url))) {
      assert.match(url.host, /\.example$/);
      assert.equal(url.protocol, 'http:');
    }
  });

  test('have addresses of their own, all of them', () => {
    assert.equal(new Set(samples.articles.map(({ url }) => url)).size, samples.articles.length);
  });

  test('are dated within their day in Beijing', () => {
    for (const { at, day, key } of samples.articles) {
      const date = new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
      assert.equal(date, day === 1 ? '2026-03-10' : '2026-03-11', key);
    }
  });

  /** As long as pieces are that deserve a deep read. */
  const DEEP: ReadonlySet<string> = new Set(['dengta/dengta-sparse-relay']);

  test('are as long as news is, unless they are thin on purpose', async () => {
    const expected = await loadExpectation();
    const thin = Object.entries(expected['2026-03-10'].noise).filter(([, kind]) => kind === 'thin');
    const short = new Set([...thin.map(([key]) => key), ...Object.keys(expected['2026-03-10'].unreadable)]);
    short.add('guanlan/guanlan-h9-pictures');
    for (const { key, paragraphs } of samples.articles.filter((article) => !short.has(article.key))) {
      const text = paragraphs.join('\n');
      const words = text.split(/\s+/).length;
      const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
      assert.ok(
        chinese > 150
          ? text.length >= 200 && text.length <= (DEEP.has(key) ? 1600 : 750)
          : words >= 85 && words <= 300,
        `${key} ${text.length} ${words}`,
      );
    }
  });

  test('the expectation names only articles that exist, on the right day', async () => {
    const expected = await loadExpectation();
    const dayOf = new Map(samples.articles.map(({ key, day }) => [key, day]));
    for (const [date, day] of [
      ['2026-03-10', 1],
      ['2026-03-11', 2],
    ] as const) {
      const { events, apart, noise, unreadable, followUps, repeats, sections, mustHave } = expected[date];
      const keys = [
        ...events.flatMap(({ articles }) => articles),
        ...apart.flat(),
        ...[noise, unreadable, followUps, repeats, sections].flatMap((part) => Object.keys(part)),
      ];
      const wrong = keys.filter(
        (key) => dayOf.get(key) !== day && !(day === 2 && apart.flat().includes(key)),
      );
      assert.deepEqual(wrong, []);
      const events1 = new Set(expected['2026-03-10'].events.map(({ key }) => key));
      const known = new Set([...events.map(({ key }) => key), ...dayOf.keys()]);
      assert.deepEqual(
        mustHave.filter((key) => !known.has(key)),
        [],
      );
      assert.deepEqual(
        [...Object.values(followUps), ...Object.values(repeats)].filter((key) => !events1.has(key)),
        [],
      );
    }
    assert.ok(expected['2026-03-10'].events.length >= 10);
  });
});

describe('the feeds', () => {
  test('are the formats they claim, and the desk reads every article of the day from them', async () => {
    const starts = {
      'rss-short': /^<\?xml[^>]*>\s*<rss version="2.0"/,
      'rss-full': /^<\?xml[^>]*>\s*<rss version="2.0"[^>]*xmlns:content=/,
      atom: /^<\?xml[^>]*>\s*<feed xmlns="http:\/\/www.w3.org\/2005\/Atom"/,
      rdf: /^<\?xml[^>]*>\s*<rdf:RDF /,
      json: /^\{\s*"version": "https:\/\/jsonfeed.org\/version\/1.1"/,
    };
    const sites = samples.sites.filter(({ trouble }) => trouble !== 'dead');
    for (const site of sites) {
      const text = new TextDecoder(site.charset).decode((await get(site.url)).body);
      assert.match(text, starts[site.feed], site.id);
      const entries = await entriesOf(site.id, text);
      const ours = samples.articles.filter(({ sourceId, day }) => sourceId === site.id && day === 1);
      const facts = ours.map((article) => [identityOf(article.url), article.at]);
      assert.deepEqual(
        entries.map((entry) => [identityOf(entry.url), entry.publishedAt]).sort(),
        facts.sort(),
        site.id,
      );
    }
    assert.deepEqual(new Set(sites.map(({ feed }) => feed)), new Set(Object.keys(starts)));
  });

  test('list both days, newest first, once the morrow has come', async () => {
    const morrow = await serveSampleDays({ through: 1 });
    try {
      const url = 'http://northwire.example/feed.atom';
      const first = await get(url, {}, morrow);
      morrow.showDay(2);
      const second = await get(url, {}, morrow);
      const count = (text: string) => text.match(/<entry>/g)?.length ?? 0;
      assert.equal(count(first.text), 7);
      assert.equal(count(second.text), 10);
      assert.ok(second.text.indexOf('watermark') < second.text.indexOf('million-token window'));
      assert.notEqual(first.headers.etag, second.headers.etag);
    } finally {
      await morrow.close();
    }
  });

  test('answer 304 to a reader who has them, by tag or by date', async () => {
    const url = 'http://zhiwei.example/rss';
    const { headers } = await get(url);
    const tag = await get(url, { 'if-none-match': String(headers.etag) });
    assert.equal(tag.status, 304);
    assert.equal(tag.text, '');
    const since = { 'if-modified-since': String(headers['last-modified']) };
    assert.equal((await get(url, since)).status, 304);
    const other = await get(url, { ...since, 'if-none-match': '"other"' });
    assert.equal(other.status, 200);
  });

  test('one is in GBK, in bytes and not only in name', async () => {
    const { body } = await get('http://jiangbao.example/rss/tech.xml');
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(body));
    const text = new TextDecoder('gbk', { fatal: true }).decode(body);
    assert.match(text, /encoding="GBK"/);
    assert.match(text, /东澜马拉松4月12日开跑，2.6万人参赛/);
  });

  test('one is not well-formed: bare ampersands, tags left open, no end', async () => {
    const { text } = await get('http://majian.example/rss.xml');
    assert.doesNotMatch(text, /<\/rss>|<\/channel>|<\/category>/);
    assert.match(text, /R&D/);
    assert.match(text, /<category>/);
  });

  test('some come compressed when the reader can take it', async () => {
    const url = 'http://qingfeng.example/feed.xml';
    const packed = await get(url, { 'accept-encoding': 'gzip' });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.equal(gunzipSync(packed.body).toString(), (await get(url)).text);
  });
});

describe('the pages', () => {
  test('all answer, say that they are invented and carry their article', async () => {
    for (const article of samples.articles.filter(({ page }) => page !== 'hang')) {
      const { status, body } = await get(article.url);
      const encoding = article.sourceId === 'jiangbao' ? 'gbk' : 'utf-8';
      const page = new TextDecoder(encoding, { fatal: true }).decode(body);
      assert.equal(status, 200, article.key);
      assert.ok(page.includes(NOTICE), article.key);
      if (article.page === 'deleted') continue;
      const words = /\p{Script=Han}{4,}|[A-Za-z]{4,}/u.exec(article.paragraphs[0] ?? '')?.[0] ?? '?';
      assert.ok(page.includes(words), article.key);
    }
  });

  test('a hostile title stays text', async () => {
    const { text } = await get('http://majian.example/log/majian-weird-title');
    assert.doesNotMatch(text, /<script>alert/);
    assert.match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;` &amp;amp; \{\{ 模板 \}\} 🚀/);
  });

  test('an account’s page hides its text, leaves its time to a script and answers under both addresses', async () => {
    const article = samples.articles.find(({ slug }) => slug === 'guanlan-claros-3');
    assert.ok(article?.wechat);
    assert.match(article.url, /\/s\?__biz=[^&]+&mid=\d+&idx=1&sn=[0-9a-f]{32}&chksm=[0-9a-f]{76}#rd$/);
    assert.match(article.wechat.short, /\/s\/[\w-]{22}$/);
    const { text } = await get(article.url);
    assert.match(text, /id="js_content" style="visibility: hidden; opacity: 0; "/);
    assert.match(text, /<em id="publish_time"[^>]*><\/em>/);
    assert.match(text, new RegExp(`var ct = "${article.at / 1000}"`));
    assert.match(text, /<img class="rich_pages wxw-img"[^>]* data-src="/);
    assert.doesNotMatch(text, /<img class="rich_pages[^>]* src=/);
    assert.equal((await get(article.wechat.short)).text, text);
  });

  test('pictures and short posts keep their text in a script', async () => {
    const pictures = await get(urlOf('guanlan-h9-pictures'));
    assert.doesNotMatch(pictures.text, /id="js_content"|activity-name/);
    assert.match(pictures.text, /content_noencode: JsDecode\('衡芯微电子/);
    const post = await get(urlOf('suanliren-note'));
    assert.match(post.text, /item_show_type: '10' \* 1/);
    assert.match(post.text, /text_page_info: \{[^}]*is_user_title/);
  });

  test('a post taken away says so with HTTP 200', async () => {
    const { status, text } = await get(urlOf('guanlan-withdrawn'));
    assert.equal(status, 200);
    assert.match(text, /weui-msg__title warn">该内容已被发布者删除/);
    assert.doesNotMatch(text, /js_article/);
  });
});

describe('the troubles', () => {
  test('one host cuts the connection', async () => {
    await assert.rejects(get('http://jiuwen.example/feed.xml'), { code: 'ECONNRESET' });
  });

  test('one page never answers, and closing the server ends the wait', async () => {
    const own = await serveSampleDays({ through: 1 });
    const hanging = get(urlOf('kaiyuan-timeout'), {}, own);
    while (own.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await own.close();
    await assert.rejects(hanging, { code: 'ECONNRESET' });
    assert.deepEqual(
      own.requests().map(({ host, path }) => host + path),
      ['kaiyuan.example/posts/kaiyuan-timeout/'],
    );
  });

  test('an unknown host or page is a plain 404', async () => {
    assert.equal((await get('http://nobody.example/')).status, 404);
    assert.equal((await get('http://zhiwei.example/2026/none.html')).status, 404);
  });
});

function urlOf(slug: string): string {
  const article = samples.articles.find((candidate) => candidate.slug === slug);
  assert.ok(article, slug);
  return article.url;
}

type Got = { status: number; headers: Record<string, unknown>; body: Buffer; text: string };

/** A request to the loopback port with the Host header of the address. */
function get(url: string, headers: Record<string, string> = {}, from = server): Promise<Got> {
  const { host, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: from.address,
        port: from.port,
        path: pathname + search,
        headers: { ...headers, host },
        agent: false,
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString() });
      },
    );
    asked.once('error', reject).end();
  });
}

async function entriesOf(id: string, text: string) {
  const source = (await loadSampleSources()).find((candidate) => candidate.id === id);
  assert.ok(source);
  const read = await parseFeedText(text, {
    source,
    feedUrl: source.url,
    now: Date.parse('2026-03-11T00:00:00+08:00'),
  });
  assert.equal(read.kind, 'entries');
  return read.kind === 'entries' ? read.entries : [];
}
