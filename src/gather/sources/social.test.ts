import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { askSource, codeOf, entriesOf, serveDouble } from '../../../test/support/ask-source.ts';
import { bluesky } from './bluesky.ts';
import { mastodon } from './mastodon.ts';
import { podcast } from './podcast.ts';
import { reddit } from './reddit.ts';
import { youtube } from './youtube.ts';

describe('YouTube', () => {
  const channel = `UC${'a'.repeat(22)}`;
  it('lists a channel’s videos with their descriptions', async (t) => {
    const url = await serveDouble(t, ({ query }) => {
      assert.equal(query.get('channel_id'), channel);
      return {
        body: `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"><title>Lantern</title><entry><id>yt:video:1</id><yt:videoId>1</yt:videoId><title>Lumen 3 in ten minutes</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><published>2026-03-10T01:00:00+00:00</published><media:group><media:description>All of it.</media:description><media:community><media:starRating count="30"/></media:community></media:group></entry></feed>`,
      };
    });
    const [entry] = entriesOf(
      await askSource(t, youtube, { url: `${url}/feeds/videos.xml`, settings: { channel } }),
    );
    assert.deepEqual(
      [entry?.title, entry?.text, entry?.url],
      ['Lumen 3 in ten minutes', 'All of it.', 'https://www.youtube.com/watch?v=abc'],
    );
    assert.deepEqual(entry?.engagement, { likes: 30 });
  });

  it('takes a 404 for one of its spells, never for the end', async (t) => {
    const url = await serveDouble(t, () => ({ status: 404 }));
    const answer = await askSource(t, youtube, { url, settings: { playlist: 'UULFx' } });
    assert.ok(answer.kind === 'failed' && answer.retryable && /假故障/.test(answer.message));
    assert.equal(codeOf(await askSource(t, youtube, { url })), 'source-settings');
  });
});

describe('a podcast', () => {
  it('gives show notes as text, and the audio where an episode has no page', async (t) => {
    const url = await serveDouble(t, () => ({
      body: '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>夜航</title><item><title>第十二期</title><guid isPermaLink="false">ep12</guid><enclosure url="https://cdn.example/12.mp3" length="1" type="audio/mpeg"/><description>&lt;p&gt;聊聊智能体。&lt;/p&gt;</description><pubDate>Tue, 10 Mar 2026 08:00:00 +0800</pubDate></item></channel></rss>',
    }));
    const [entry] = entriesOf(await askSource(t, podcast, { url }));
    assert.deepEqual(
      [entry?.title, entry?.url, entry?.text],
      ['第十二期', 'https://cdn.example/12.mp3', '聊聊智能体。'],
    );
  });
});

test('an episode whose notes stand under iTunes has them', async (t) => {
  const url = await serveDouble(t, () => ({
    body: '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>夜航</title><item><title>第十三期</title><link>https://night.example/13</link><itunes:summary>聊聊推理芯片。</itunes:summary></item></channel></rss>',
  }));
  assert.equal(entriesOf(await askSource(t, podcast, { url }))[0]?.text, '聊聊推理芯片。');
});

describe('Reddit', () => {
  const post = (more: object) => ({
    data: {
      title: 'A post',
      permalink: '/r/ml/comments/1/a/',
      is_self: false,
      url: 'https://a.example/1',
      score: 50,
      num_comments: 7,
      created_utc: 1_773_100_000,
      author: 'heron',
      ...more,
    },
  });
  it('links what a post links, or the post itself, with points and comments', async (t) => {
    const url = await serveDouble(t, ({ path, query }) => {
      assert.deepEqual([path, query.get('t')], ['/r/ml/top.json', 'day']);
      const children = [
        post({}),
        post({ is_self: true, selftext: '我在想……' }),
        post({ score: 1 }),
        post({ stickied: true }),
        { data: {} },
      ];
      return { body: { kind: 'Listing', data: { children } } };
    });
    const entries = entriesOf(
      await askSource(t, reddit, { url, settings: { subreddit: 'ml', minPoints: 10 } }),
    );
    assert.deepEqual(
      entries.map((entry) => entry.url),
      ['https://a.example/1', `${url}/r/ml/comments/1/a/`],
    );
    assert.deepEqual(entries[0]?.engagement, { points: 50, comments: 7 });
    assert.equal(entries[1]?.text, '我在想……');
  });

  it('takes a private address as JSON with points, or as a feed without them', async (t) => {
    const url = await serveDouble(t, ({ path, query }) => {
      assert.equal(query.get('feed'), 'secret');
      return path.endsWith('.json')
        ? { body: JSON.stringify({ data: { children: [post({}), post({ score: 1 })] } }) }
        : {
            body: '<feed xmlns="http://www.w3.org/2005/Atom"><title>r</title><entry><id>1</id><title>A post</title><link href="https://a.example/1"/></entry></feed>',
          };
    });
    const settings = { minPoints: 10 };
    const listing = await askSource(t, reddit, { url: `${url}/.json?feed=secret&user=me`, settings });
    assert.deepEqual(
      entriesOf(listing).map(({ engagement }) => engagement?.points),
      [50],
    );
    const feed = await askSource(t, reddit, { url: `${url}/.rss?feed=secret&user=me`, settings });
    assert.ok(feed.kind === 'listed' && /minPoints 不起作用/.test(feed.note ?? ''));
  });

  it('in a feed links the article that a post is about, and keeps its foot out of the text', async (t) => {
    const foot = (link: string) =>
      `&amp;#32; submitted by &amp;#32; &lt;a href=&quot;https://www.reddit.com/user/heron&quot;&gt; /u/heron &lt;/a&gt; &lt;br/&gt; &lt;span&gt;&lt;a href=&quot;${link}&quot;&gt;[link]&lt;/a&gt;&lt;/span&gt; &amp;#32; &lt;span&gt;&lt;a href=&quot;https://www.reddit.com/r/ml/comments/1/a/&quot;&gt;[comments]&lt;/a&gt;&lt;/span&gt;`;
    const entry = (n: number, content: string) =>
      `<entry><id>t3_${n}</id><title>Post ${n}</title><link href="https://www.reddit.com/r/ml/comments/${n}/a/"/><content type="html">${content}</content></entry>`;
    const url = await serveDouble(t, () => ({
      body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>r</title>${entry(1, foot('https://a.example/lumen?a=1&amp;amp;b=2'))}${entry(2, `&lt;p&gt;自己的话。&lt;/p&gt; ${foot('https://www.reddit.com/r/ml/comments/2/a/')}`)}${entry(3, foot('https://i.redd.it/x.png'))}</feed>`,
    }));
    const entries = entriesOf(await askSource(t, reddit, { url: `${url}/r/ml/.rss` }));
    assert.deepEqual(
      entries.map((one) => [one.url, one.text]),
      [
        ['https://a.example/lumen?a=1&b=2', ''],
        ['https://www.reddit.com/r/ml/comments/2/a/', '自己的话。'],
        ['https://www.reddit.com/r/ml/comments/3/a/', ''],
      ],
    );
  });

  it('says how to go on when anonymous questions are refused', async (t) => {
    const url = await serveDouble(t, () => ({ status: 403 }));
    for (const wanted of [{ url, settings: { subreddit: 'ml' } }, { url: `${url}/r/ml/.rss` }]) {
      const answer = await askSource(t, reddit, wanted);
      assert.ok(answer.kind === 'failed' && /prefs\/feeds/.test(answer.message));
    }
  });
});

describe('Mastodon', () => {
  it('reads an account’s feed though its posts have no titles', async (t) => {
    const url = await serveDouble(t, ({ path }) => {
      assert.equal(path, '/@heron.rss');
      return {
        body: '<rss version="2.0"><channel><title>Heron</title><link>https://m.example/@heron</link><description>d</description><item><guid isPermaLink="true">https://m.example/@heron/1</guid><link>https://m.example/@heron/1</link><pubDate>Tue, 10 Mar 2026 01:00:00 +0000</pubDate><description>&lt;p&gt;新模型来了。权重也来了。&lt;/p&gt;</description></item></channel></rss>',
      };
    });
    const [entry] = entriesOf(await askSource(t, mastodon, { url: `${url}/@heron` }));
    assert.deepEqual([entry?.title, entry?.text], ['', '新模型来了。权重也来了。']);
  });
});

test('boosts and replies that a server puts into an account’s feed stay out', async (t) => {
  const item = (path: string, text: string) =>
    `<item><link>https://m.example/${path}</link><description>${text}</description></item>`;
  const url = await serveDouble(t, () => ({
    body: `<rss version="2.0"><channel><title>Heron</title>${item('@heron/1', '权重来了。')}${item('@crane/2', '别人的话。')}${item('@heron/3', '@crane 说得对。')}${item('@heron/4', '@ 是个符号。')}</channel></rss>`,
  }));
  const texts = entriesOf(await askSource(t, mastodon, { url: `${url}/@heron` })).map(({ text }) => text);
  assert.deepEqual(texts, ['权重来了。', '@ 是个符号。']);
  const tagged = entriesOf(await askSource(t, mastodon, { url: `${url}/tags/ai` }));
  assert.equal(tagged.length, 3, 'under a tag everybody speaks');
});

describe('Bluesky', () => {
  const post = (text: string, more: object = {}) => ({
    post: {
      uri: 'at://did:plc:x/app.bsky.feed.post/3k1',
      author: { handle: 'heron.example', displayName: '苍鹭' },
      record: { text, createdAt: '2026-03-10T01:00:00Z' },
      likeCount: 12,
      replyCount: 3,
      ...more,
    },
  });
  it('links the page a post is about, else the post; replies and reposts stay out', async (t) => {
    const url = await serveDouble(t, ({ path, query }) => {
      assert.deepEqual([path, query.get('actor')], ['/xrpc/app.bsky.feed.getAuthorFeed', 'heron.example']);
      const about = post('看这个', {
        embed: { external: { uri: 'https://a.example/lumen', title: 'Lumen 3 发布', description: '要点' } },
      });
      return {
        body: {
          feed: [post('只是一句话'), about, { ...post('x'), reason: {} }, { ...post('y'), reply: {} }, {}],
        },
      };
    });
    const entries = entriesOf(await askSource(t, bluesky, { url, settings: { actor: 'heron.example' } }));
    assert.deepEqual(
      entries.map((entry) => [entry.url, entry.title]),
      [
        ['https://bsky.app/profile/heron.example/post/3k1', ''],
        ['https://a.example/lumen', 'Lumen 3 发布'],
      ],
    );
    assert.equal(entries[1]?.text, '看这个\n要点');
    assert.deepEqual(entries[0]?.engagement, { likes: 12, comments: 3 });
  });

  it('links the page beside a quoted post too', async (t) => {
    const external = { uri: 'https://a.example/relay', title: '中继点' };
    const url = await serveDouble(t, () => ({
      body: { feed: [post('引一句', { embed: { record: {}, media: { external } } })] },
    }));
    const [entry] = entriesOf(await askSource(t, bluesky, { url, settings: { actor: 'heron.example' } }));
    assert.deepEqual([entry?.url, entry?.title], ['https://a.example/relay', '中继点']);
  });

  it('links the page that a quoted post is about, and tells what it says; and a link in one’s own words', async (t) => {
    const quoted = {
      author: { handle: 'crane.example' },
      value: { text: '中继注意力的代码放出来了' },
      embeds: [{ external: { uri: 'https://a.example/code', title: '中继注意力' } }],
    };
    const linked = {
      text: '见 a.example/notes',
      createdAt: '2026-03-10T01:00:00Z',
      facets: [{ features: [{ uri: 'https://a.example/notes' }] }],
    };
    const url = await serveDouble(t, () => ({
      body: {
        feed: [
          post('值得一读', { embed: { record: quoted } }),
          post('也值得', { embed: { record: { record: quoted }, media: {} } }),
          post('', { record: linked }),
          post('引了一条已删的', { embed: { record: { uri: 'at://x', notFound: true } } }),
        ],
      },
    }));
    const entries = entriesOf(await askSource(t, bluesky, { url, settings: { actor: 'heron.example' } }));
    assert.deepEqual(
      entries.map((entry) => entry.url),
      [
        'https://a.example/code',
        'https://a.example/code',
        'https://a.example/notes',
        'https://bsky.app/profile/heron.example/post/3k1',
      ],
    );
    assert.equal(entries[0]?.text, '值得一读\n@crane.example：中继注意力的代码放出来了');
  });

  it('tells an account that is not there', async (t) => {
    const url = await serveDouble(t, () => ({ status: 400, body: { error: 'InvalidRequest' } }));
    assert.equal(
      codeOf(await askSource(t, bluesky, { url, settings: { actor: 'nobody.example' } })),
      'http-400',
    );
  });
});
