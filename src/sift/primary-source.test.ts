import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anArticle } from '../../test/support/invent.ts';
import { primarySource } from './primary-source.ts';

const reading = (text: string, cites: string[] = [], url = 'https://paper.example/1') =>
  anArticle({ url, body: { kind: 'page', text, extractor: 'test', ...(cites.length > 0 ? { cites } : {}) } });

test('a story is about what most of its articles name or link', () => {
  const articles = [
    reading('论文见 arXiv:2603.00042。', ['https://github.com/lantern/lumen']),
    reading('作者公开了代码。', ['https://arxiv.org/abs/2603.00042']),
    reading('没有链接的一篇。'),
  ];
  assert.equal(primarySource(articles, [])?.id, 'arxiv:2603.00042');
});

test('an article at its source speaks for itself, and makers’ own pages come first', () => {
  const own = reading(
    '我们发布了 Lumen 3，论文 arXiv:2603.00042',
    [],
    'https://lantern.example/news/lumen-3',
  );
  assert.equal(primarySource([own], ['lantern.example'])?.kind, 'official');
  assert.equal(primarySource([own], [])?.kind, 'arxiv');
});

test('a list of many works is about none of them', () => {
  const list = [1, 2, 3, 4, 5].map((n) => `https://github.com/a/r${n}`).join(' 、 ');
  assert.equal(primarySource([reading(list)], []), undefined);
});
