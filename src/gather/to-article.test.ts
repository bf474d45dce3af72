import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import { firstWords, toArticle } from './to-article.ts';

const SOURCE: Source = {
  id: 's',
  kind: 'feed',
  name: '某账号（镜像）',
  url: 'https://s.example/feed',
  publisher: '某账号',
  weight: 1,
  fullText: 'page',
};
const ENTRY: Entry = {
  sourceId: 's',
  url: 'https://www.news.example/a/?utm_source=rss',
  title: '某公司发布新模型',
  text: '正文第一段。',
  tags: ['模型'],
  seenAt: 1000,
};

test('an entry becomes an unread article under its canonical identity', () => {
  const article = toArticle(ENTRY, SOURCE);
  assert.equal(article.identity, 'url:news.example/a');
  assert.equal(article.url, 'https://www.news.example/a/');
  assert.deepEqual(
    [article.publisher, article.language, article.publishedAt, article.firstSeenAt, article.body.kind],
    ['某账号', 'zh', 1000, 1000, 'unread'],
  );
  assert.deepEqual(toArticle(ENTRY, SOURCE), article);
});

test('sections of one changelog are articles of their own', () => {
  const [a, b] = ['#v1', '#v2'].map((hash) =>
    toArticle({ ...ENTRY, url: `https://c.example/log${hash}` }, SOURCE),
  );
  assert.notEqual(a?.id, b?.id);
  assert.equal(a?.url, 'https://c.example/log#v1');
});

test('a post without title is named by its first words', () => {
  const article = toArticle({ ...ENTRY, title: '', text: '今天开源了。欢迎试用。\n第二段' }, SOURCE);
  assert.equal(article.title, '今天开源了。');
  assert.equal(firstWords('字'.repeat(50)), `${'字'.repeat(30)}…`);
});

test('the picture that a feed shows is the article’s until its page names another', () => {
  const image = 'https://www.news.example/a.png';
  assert.equal(toArticle({ ...ENTRY, image }, SOURCE).image, image);
});
