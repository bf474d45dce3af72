import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  archiveOf,
  inventedArchive,
  inventedDate,
  inventedEdition,
} from '../../../test/support/invented-archive.ts';
import type { Edition } from '../../domain/edition.ts';
import { buildSite } from './build-site.ts';
import { openFolder, type SiteFolder } from './site-folder.ts';
import type { SiteSettings } from './site-settings.ts';

const SETTINGS: SiteSettings = {
  title: 'AI 日报',
  url: 'https://daily.example/ai',
  feeds: true,
  covers: true,
};
const folders: string[] = [];
const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-site-'));
  folders.push(folder);
  return folder;
};
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const build = (
  folder: string | SiteFolder,
  editions: Map<string, () => Edition>,
  code = 'v1',
  settings = SETTINGS,
) => buildSite(typeof folder === 'string' ? openFolder(folder) : folder, archiveOf(editions), settings, code);

/** All files with their text, the memory of the last build apart. */
function filesOf(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.startsWith('.ribao') && statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  );
}

test('day by day or at once: the same files, byte for byte', async () => {
  const [slow, fast] = [freshFolder(), freshFolder()];
  for (const days of [1, 2, 5, 34, 35]) await build(slow, inventedArchive(days, 12));
  await build(fast, inventedArchive(35, 12));
  const [one, other] = [filesOf(slow), filesOf(fast)];
  assert.deepEqual([...one.keys()], [...other.keys()]);
  for (const [path, text] of one) assert.ok(text === other.get(path), `${path} differs`);
});

test('nothing new: nothing is written, and no edition is read', async () => {
  const folder = freshFolder();
  const archive = archiveOf(inventedArchive(8, 8));
  await buildSite(openFolder(folder), archive, SETTINGS, 'v1');
  archive.read.length = 0;
  const report = await buildSite(openFolder(folder), archive, SETTINGS, 'v1');
  assert.equal(report.written, 0);
  assert.deepEqual(archive.read, []);
});

test('one more edition: old editions stay as they lie, but for the one before it and those it continues', async () => {
  const folder = freshFolder();
  const editions = inventedArchive(40, 12);
  await build(folder, editions);
  const before = filesOf(folder);
  editions.set(inventedDate(40), () => inventedEdition(40, 12));
  await build(folder, editions);
  const changed = [...filesOf(folder)]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path]) => path);
  assert.ok(changed.includes('index.html') && changed.includes('2018/02/10.html'));
  assert.ok(changed.includes('2018/02/09.html'), 'the edition before it links to it');
  const months = changed.filter((path) => path.startsWith('2018/01/'));
  assert.ok(months.length <= 2, `January should rest, but ${months}`);
});

test('an edition that is taken back leaves no file behind', async () => {
  const folder = freshFolder();
  const editions = inventedArchive(9, 8);
  await build(folder, editions);
  editions.delete(inventedDate(8));
  await build(folder, editions);
  const clean = freshFolder();
  await build(clean, editions);
  assert.deepEqual([...filesOf(folder).keys()], [...filesOf(clean).keys()]);
});

test('a revision replaces what stood there', async () => {
  const folder = freshFolder();
  const editions = inventedArchive(4, 8);
  await build(folder, editions);
  const edition = inventedEdition(3, 8);
  const [section] = edition.sections;
  const item = section?.items[0];
  assert.ok(section && item);
  const corrected = { ...item, brief: { ...item.brief, headline: '远帆科技收回先前的说法' } };
  editions.set(edition.date, () => ({
    ...edition,
    revision: 2,
    contentHash: 'second',
    sections: [{ ...section, items: [corrected] }],
  }));
  await build(folder, editions);
  for (const path of [
    'index.html',
    '2018/01/04.html',
    'sections/新闻资讯.html',
    'search/editions/2018-01-04.json',
  ])
    assert.match(readFileSync(join(folder, path), 'utf8'), /收回先前的说法/, path);
});

test('a build that was killed anywhere is finished by the next', async () => {
  const editions = inventedArchive(6, 8);
  const whole = freshFolder();
  await build(whole, inventedArchive(7, 8));
  const expected = filesOf(whole);
  for (const writes of [0, 1, 2, 9, 30, 45, 60]) {
    const folder = freshFolder();
    await build(folder, editions);
    const real = openFolder(folder);
    let left = writes;
    const dying: SiteFolder = {
      ...real,
      async write(path, content) {
        left -= 1;
        if (left < 0) throw new Error('killed');
        await real.write(path, content);
      },
    };
    await build(dying, inventedArchive(7, 8)).catch((error: Error) => assert.equal(error.message, 'killed'));
    await real.settle();
    await build(folder, inventedArchive(7, 8));
    assert.deepEqual(filesOf(folder), expected, `killed after ${writes} files`);
  }
});

test('a broken memory costs time and nothing else', async () => {
  const folder = freshFolder();
  await build(folder, inventedArchive(5, 8));
  const before = filesOf(folder);
  writeFileSync(join(folder, '.ribao/digests/2018-01.json'), '[{"date":"2018-01-0');
  await build(folder, inventedArchive(5, 8));
  writeFileSync(join(folder, '.ribao/manifest.json'), 'half');
  await build(folder, inventedArchive(5, 8));
  assert.deepEqual(filesOf(folder), before);
});

test('a new version of the program makes every page anew; the editor’s own words only one', async () => {
  const folder = freshFolder();
  await build(folder, inventedArchive(3, 8));
  const about = { ...SETTINGS, about: '我们是三个读者。' };
  assert.equal((await build(folder, inventedArchive(3, 8), 'v1', about)).written, 1);
  const anew = await build(folder, inventedArchive(3, 8), 'v2', about);
  assert.ok(anew.written > 12);
});

test('every link inside the site leads to a file, from any page', async () => {
  const folder = freshFolder();
  await build(folder, inventedArchive(70, 12));
  const files = filesOf(folder);
  const later = /(^|\/)(feed\.xml|atom\.xml|feed\.json|covers\/.*)$/;
  const lost: string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('.html')) continue;
    for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"#]+)/g)) {
      if (/^https?:/.test(link)) continue;
      assert.ok(!link.startsWith('/'), `${path} links from the root: ${link}`);
      const target = decodeURIComponent(
        new URL(link, `http://a.example/${encodeURI(path)}`).pathname.slice(1),
      );
      if (!files.has(target) && !later.test(target)) lost.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(lost.slice(0, 5), []);
});

test('every page leads to subscribing by letter where that is possible, and to nothing where not', async () => {
  const folder = freshFolder();
  const subscribe = 'https://daily.example/subscribe';
  await build(folder, inventedArchive(1, 6), 'v1', { ...SETTINGS, subscribe });
  const link = `<a href="${subscribe}">邮件订阅</a>`;
  for (const [path, text] of filesOf(folder))
    if (path.endsWith('.html')) assert.ok(Buffer.from(text, 'latin1').toString().includes(link), path);
  await build(folder, inventedArchive(1, 6));
  assert.ok(!readFileSync(join(folder, 'index.html'), 'utf8').includes('邮件订阅'));
});
