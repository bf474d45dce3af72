import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aroundWith } from '../../../test/support/around.ts';
import { aBrief } from '../../../test/support/invent.ts';
import type { Edition } from '../../domain/edition.ts';
import { renderMarkdown } from '../render/render-markdown.ts';
import { markdown } from './markdown.ts';

const edition: Edition = {
  date: '2026-03-10',
  title: 'AI日报：甲',
  tagline: '',
  sections: [
    {
      name: '新闻资讯',
      items: [{ brief: aBrief('sa1'), worth: 50, publisher: '甲', outlets: [], parts: [] }],
    },
  ],
  revision: 1,
  contentHash: '',
  madeFrom: '',
  composedAt: 0,
  status: { kind: 'approved' },
  leftOut: [],
  articleIds: {},
};

const freshFolder = () => mkdtempSync(join(tmpdir(), 'ribao-markdown-'));

test('a new revision replaces the file as a whole and leaves nothing beside it', async () => {
  const folder = join(freshFolder(), 'deep', 'editions');
  await markdown.deliver(edition, { kind: 'markdown', preset: 'plain', folder }, aroundWith(edition));
  const second = { ...edition, title: 'AI日报：乙', revision: 2 };
  const outcome = await markdown.deliver(
    second,
    { kind: 'markdown', preset: 'plain', folder },
    aroundWith(second),
  );
  assert.deepEqual(outcome, { kind: 'delivered', where: join(folder, '2026-03-10.md') });
  assert.deepEqual(readdirSync(folder), ['2026-03-10.md']);
  assert.equal(readFileSync(join(folder, '2026-03-10.md'), 'utf8'), renderMarkdown(second));
});

test('what a killed process left behind is cleared by the next', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, '.2026-03-10.md.tmp'), 'half an edi');
  await markdown.deliver(edition, { kind: 'markdown', preset: 'plain', folder }, aroundWith(edition));
  assert.deepEqual(readdirSync(folder), ['2026-03-10.md']);
  assert.equal(readFileSync(join(folder, '2026-03-10.md'), 'utf8'), renderMarkdown(edition));
});

test('a folder that cannot be written is a failure with words, not a crash', async () => {
  const file = join(freshFolder(), 'file');
  writeFileSync(file, '');
  const outcome = await markdown.deliver(
    edition,
    { kind: 'markdown', preset: 'plain', folder: file },
    aroundWith(edition),
  );
  assert.equal(outcome.kind, 'failed');
  assert.match(outcome.kind === 'failed' ? outcome.message : '', /写不了 .*file/);
});
