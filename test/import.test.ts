import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { prepareDemo } from '../src/newsroom/demo.ts';
import { importEdition } from '../src/newsroom/import-edition.ts';
import { type Newsroom, openNewsroom } from '../src/newsroom/newsroom.ts';
import { earlierTelling } from '../src/newsroom/told.ts';
import { readEditionMarkdown } from '../src/publish/read-markdown.ts';
import { renderMarkdown } from '../src/publish/render/render-markdown.ts';
import { anEdition } from './support/an-edition.ts';

const ELSEWHERE = `---
date: 2026-03-08
title: AI日报：青石发布远帆3; 松枝开源训练框架
---

> 看见未来。 每天一份。

# 2026-03-08 资讯日报

## 新闻资讯

### 青石发布远帆3

青石昨日发布图像模型远帆3，参数为120亿，可排版中文与英文。[>阅读原文](https://mp.weixin.qq.com/s?__biz=MzAwMDAwMDAwMQ==&chksm=00ff&idx=1&mid=2650000001&sn=0123456789abcdef0123456789abcdef#rd)

### 只有标题

## 开源动态

### 松枝开源训练框架

框架支持**断点续训**与\`fp8\`，详见[说明](https://songzhi.example/a_(b))。另见[开源河岸](https://kaiyuan.example/1)、[灯塔](https://lantern.example/2)。[>阅读原文](https://songzhi.example/frame?x=1&y=2)


<p style="text-align: center;">
   <img src="https://pic.example/qr.png" />
</p>
   `;

describe('an edition made elsewhere', () => {
  let room: Newsroom;
  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ribao-import-'));
    await prepareDemo(folder);
    room = openNewsroom(loadConfig(join(folder, 'ribao.yaml')), {
      clock: () => Date.parse('2026-03-10T12:00:00Z'),
    });
  });
  after(() => room.close());

  it('is read: sections, headlines, texts, links, other outlets; pictures and HTML are not', () => {
    const reading = readEditionMarkdown(ELSEWHERE);
    assert.ok(reading.kind === 'read');
    const { edition, oddities } = reading;
    assert.deepEqual([edition.date, edition.tagline], ['2026-03-08', '看见未来。 每天一份。']);
    assert.deepEqual(
      edition.sections.map(({ name, items }) => [name, items.length]),
      [
        ['新闻资讯', 2],
        ['开源动态', 1],
      ],
    );
    assert.deepEqual(edition.sections[1]?.items[0], {
      headline: '松枝开源训练框架',
      summary: '框架支持断点续训与fp8，详见说明。',
      url: 'https://songzhi.example/frame?x=1&y=2',
      outlets: [
        { name: '开源河岸', url: 'https://kaiyuan.example/1' },
        { name: '灯塔', url: 'https://lantern.example/2' },
      ],
    });
    assert.deepEqual(oddities, ['《只有标题》没有链接', '《只有标题》没有正文']);
  });

  it('is given back byte for byte, counts as told, and stands as approved', async () => {
    const outcome = await importEdition(room, ELSEWHERE, false);
    assert.ok(outcome.kind === 'imported' && outcome.items === 3, JSON.stringify(outcome));
    const edition = await room.store.edition('2026-03-08');
    assert.equal(edition?.asWritten ?? (edition && renderMarkdown(edition)), ELSEWHERE);
    assert.equal(edition?.status.kind, 'approved');
    const told = [...(await earlierTelling(room, '2026-03-10')).values()];
    assert.ok(told.some(({ headline }) => headline === '青石发布远帆3'));
    assert.deepEqual(await room.store.deliveries('2026-03-08'), []);
  });

  it('does not overwrite a day unless that is wanted', async () => {
    const again = await importEdition(room, ELSEWHERE, false);
    assert.ok(again.kind === 'refused' && /--replace/.test(again.why));
    const replaced = await importEdition(room, ELSEWHERE.replace('远帆3', '远帆4'), true);
    assert.ok(replaced.kind === 'imported' && replaced.revision === 2);
  });

  it('needs no copy of its bytes when it was made here', async () => {
    const made = anEdition(5, { date: '2026-03-07' });
    await importEdition(room, renderMarkdown(made), false);
    assert.equal((await room.store.edition('2026-03-07'))?.asWritten, undefined);
  });

  it('that is none is refused with the reason', async () => {
    for (const [text, why] of [
      ['', /front matter/],
      ['---\n[\n---\n### x', /YAML/],
      ['---\ntitle: x\n---\n### x', /没有日期/],
      ['---\ndate: 2026-02-31\ntitle: x\n---\n### x', /不是日期/],
      ['---\ndate: 2026-03-01\ntitle: x\n---\n# 只有大标题', /没有找到/],
    ] as const) {
      const outcome = await importEdition(room, text, false);
      assert.ok(outcome.kind === 'refused' && why.test(outcome.why), JSON.stringify(outcome));
    }
  });
});
