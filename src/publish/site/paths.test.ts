import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkFrom, publicUrl, slugOf, storyPath } from './paths.ts';

test('a link leads from any page to any other, in any folder', () => {
  assert.equal(linkFrom('2026/03/10.html', 'about.html'), '../../about.html');
  assert.equal(linkFrom('2026/03/10.html', '2026/03/09.html#s1'), '09.html#s1');
  assert.equal(
    linkFrom('index.html', 'sections/新闻资讯.html'),
    `sections/${encodeURIComponent('新闻资讯')}.html`,
  );
  const folder = fc.constantFrom('2026', '03', 'names', '甲');
  const path = fc.array(folder, { maxLength: 3 }).map((folders) => [...folders, 'x.html'].join('/'));
  fc.assert(
    fc.property(path, path, (from, to) => {
      const base = 'http://a.example/deep/below/';
      const reached = new URL(linkFrom(from, to), `${base}${from}`).pathname;
      assert.equal(decodeURIComponent(reached), `/deep/below/${to}`);
    }),
  );
});

test('no name leads out of the folder, and two names never share a file', () => {
  assert.match(slugOf('../../etc/passwd'), /^etc-passwd-[0-9a-f]{6}$/);
  assert.notEqual(slugOf('C++'), slugOf('C#'));
  assert.equal(slugOf('新闻资讯'), '新闻资讯');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      assert.match(slugOf(name), /^[\p{L}\p{N}-]{1,60}$/u);
      assert.match(storyPath(name), /^stories\/[0-9a-f]{2}\/[\p{L}\p{N}-]+\.html$/u);
    }),
  );
});

test('public addresses are whole, and folders end in a slash', () => {
  assert.equal(publicUrl('https://a.example/daily/', 'index.html'), 'https://a.example/daily/');
  assert.equal(publicUrl('https://a.example', '2026/03/index.html'), 'https://a.example/2026/03/');
  assert.equal(publicUrl(undefined, 'index.html'), undefined);
});
