import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { anEdition } from '../../../test/support/an-edition.ts';
import { aroundWith } from '../../../test/support/around.ts';
import { cover } from '../channels/cover.ts';
import { fontsFor } from './load-fonts.ts';
import { COVER_SIZES, renderCover } from './render-cover.ts';

const titled = (title: string) => ({ ...anEdition(1), title });

/** Width and height as a PNG's header says them. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  assert.equal(view.getUint32(0), 0x89504e47);
  return [view.getUint32(16), view.getUint32(20)];
}

test('a cover has the size that is asked for, and the same words give the same bytes', async () => {
  const content = titled('AI日报：青石发布远帆3; 松枝开源训练框架; Harborlight buys Tidal');
  for (const size of ['share', 'wechat'] as const) {
    const png = await renderCover(content, size);
    assert.deepEqual(sizeOf(png), COVER_SIZES[size]);
    assert.deepEqual(await renderCover(content, size), png);
  }
  assert.notDeepEqual(
    await renderCover(titled('AI日报：别的事'), 'share'),
    await renderCover(content, 'share'),
  );
});

test('only the pieces of the font that hold the words are read, and signs it lacks are left out', () => {
  const { fonts, known } = fontsFor(['青石😀\u0000发布 Claros\n3', '𠮷']);
  assert.deepEqual(known, ['青石发布 Claros 3', '']);
  assert.ok(fonts.length < 12, String(fonts.length));
});

test('for all titles: a picture comes out, however long, empty or strange', async () => {
  const strange = fc.constantFrom(
    '',
    'AI日报：',
    '；;；',
    `AI日报：${'长'.repeat(3000)}`,
    'x'.repeat(2000),
    'مرحبا 한국어 ไทย',
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), strange), async (title) => {
      assert.deepEqual(sizeOf(await renderCover(titled(title), 'wechat')), COVER_SIZES.wechat);
    }),
    { numRuns: 25 },
  );
});

test('the channel writes both pictures', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ribao-cover-'));
  const outcome = await cover.deliver(anEdition(3), { kind: 'cover', folder }, aroundWith());
  assert.deepEqual(outcome, { kind: 'delivered', where: join(folder, '2026-03-10.png') });
  assert.ok(existsSync(join(folder, '2026-03-10-wechat.png')));
});
