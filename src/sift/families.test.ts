import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Article } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import { createNameFinder } from '../text/names.ts';
import { createFamilies } from './families.ts';

const findNames = createNameFinder([
  { name: '青石智能', kind: 'company', ai: 3, fame: 2, aliases: ['Bluestone'] },
]);

function familyOf(home: string, page: string, publisher = '某报', owner?: string): string {
  const source: Source = {
    id: 'a',
    kind: 'feed',
    name: publisher,
    url: home,
    weight: 1,
    fullText: 'page',
    ...(owner === undefined ? {} : { publisher: owner }),
  };
  const article = { sourceId: 'a', publisher, url: page } as Article;
  return createFamilies(new Map([['a', source]]), findNames)(article);
}

describe('who owns a publisher', () => {
  it('is what the config says, before all else', () => {
    assert.equal(
      familyOf('https://a.example.com/feed', 'https://a.example.com/1', 'Bluestone Blog', '某集团'),
      '某集团',
    );
  });

  it('is the company that its name names, in either script', () => {
    assert.equal(familyOf('https://x.example/feed', 'https://y.example/1', 'Bluestone Blog'), '青石智能');
  });

  it('is the registered domain of a site that is read at home', () => {
    assert.equal(
      familyOf('https://feeds.example.co.uk/rss', 'https://blog.example.co.uk/1'),
      'example.co.uk',
    );
  });

  it('is the tenant where a host gives each its own name', () => {
    assert.equal(familyOf('https://one.github.io/feed', 'https://one.github.io/1'), 'one.github.io');
  });

  it('is its own name on a host where everybody publishes, on a bare address and on a machine of one’s own', () => {
    for (const host of ['mp.weixin.qq.com', '127.0.0.1:8001', '[::1]:8001', 'localhost:4000'])
      assert.equal(familyOf(`http://${host}/feed`, `http://${host}/1`), '某报', host);
  });

  it('is its own name where the feed only points at other people’s pages', () => {
    assert.equal(familyOf('https://digest.example/rss', 'https://other.example.org/1'), '某报');
  });
});
