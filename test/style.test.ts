import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { main } from '../src/cli/main.ts';
import type { Article } from '../src/domain/article.ts';
import type { Brief } from '../src/domain/brief.ts';
import type { StyleRule } from '../src/domain/house-style.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { layStyle } from '../src/write/lay-style.ts';
import { goodAnswer } from './support/good-writer.ts';
import { deskStories, NOW, newsroomWith } from './support/model-room.ts';
import type { Act, Asked } from './support/serve-model.ts';

const DAY = 86_400_000;
const stories = deskStories();
const say = ({ prompt }: Asked): Act => ({ do: 'say', content: JSON.stringify(goodAnswer(prompt)) });

async function ribao(...args: string[]): Promise<string> {
  let said = '';
  const listen = (text: string) => {
    said += `${text}\n`;
  };
  await main(args, { out: listen, err: listen, tongue: 'zh' });
  return said;
}

/** An editor's copy of the day's edition, changed. */
function edited(config: string, change: (text: string) => string): string {
  const folder = dirname(config);
  const copy = join(folder, 'edited.md');
  writeFileSync(copy, change(readFileSync(join(folder, 'editions', '2026-03-10.md'), 'utf8')));
  return copy;
}

const summariesOf = (report: {
  edition: { sections: { items: { brief: { summary: string; writer: string } }[] }[] };
}) => report.edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief.summary));

describe('what an editor changes', () => {
  for (const writing of [false, true])
    it(`is read from the edited file, proposed as a rule, and once accepted holds for briefs ${writing ? 'of the model' : 'cut from articles'}`, async (t) => {
      const room = await newsroomWith(t, stories, say, { writing });
      const before = await room.run();
      assert.equal(summariesOf(before).filter((one) => one.includes('人工智能')).length, 3);
      const copy = edited(room.config, (text) => text.replaceAll('人工智能', 'AI'));
      const at = ['--config', room.config];
      assert.match(
        await ribao('style', 'pairs', 'add', copy, ...at),
        /✓ 2026-03-10：收下 3 条改稿，9 条没有改/,
      );
      assert.match(await ribao('style', 'pairs', ...at), /- .*人工智能[\s\S]*\+ .*AI/);
      assert.match(await ribao('style', 'learn', ...at), /^1\. 「人工智能」改为「AI」（3 条里改了 3 条）/);
      assert.match(await ribao('style', 'accept', '1', ...at), /规则 #1：「人工智能」改为「AI」/);
      assert.match(await ribao('style', 'learn', ...at), /看不出习惯/);
      const asked = room.asked.length;
      const after = await room.run();
      assert.equal(after.edition.revision, 2);
      assert.deepEqual(
        summariesOf(after).filter((one) => one.includes('人工智能')),
        [],
      );
      assert.equal(summariesOf(after).filter((one) => one.includes('AI')).length, 3);
      // The model's own answers are known: a rule laid over them costs nothing.
      assert.equal(room.asked.length, asked);
      assert.match(await ribao('style', 'drop', '1', ...at), /已去掉 #1/);
      assert.match(await ribao('style', 'reset', ...at), /忘掉/);
      assert.match(await ribao('style', ...at), /改过的稿子 0 条.*规则 0 条/);
      assert.equal(summariesOf(await room.run()).filter((one) => one.includes('人工智能')).length, 3);
      assert.equal(room.asked.length, asked);
    });

  it('is an example for the model from the next day on, never on the same', async (t) => {
    const shown = stories.slice(0, 4);
    const room = await newsroomWith(t, shown, say);
    await room.run();
    const copy = edited(room.config, (text) => text.replace(/^### .*$/m, '### 编辑亲手改过的标题'));
    const clock = NOW;
    const { openNewsroom } = await import('../src/newsroom/newsroom.ts');
    const { loadConfig } = await import('../src/newsroom/config/load-config.ts');
    const { keepEditedEdition } = await import('../src/newsroom/house-style.ts');
    const newsroom = openNewsroom(loadConfig(room.config), { clock: () => clock });
    await keepEditedEdition(newsroom, readFileSync(copy, 'utf8'));
    await newsroom.close();
    const asked = room.asked.length;
    await room.run(NOW + 1);
    assert.equal(room.asked.length, asked);
    const later = stories[6];
    assert.ok(later);
    shown.push({ ...later, at: new Date(NOW + DAY - 3_600_000).toISOString() });
    await room.run(NOW + DAY);
    const tomorrow = room.asked.slice(asked);
    assert.ok(tomorrow.length > 0);
    for (const { instructions } of tomorrow) assert.match(instructions, /改后：编辑亲手改过的标题｜/);
    assert.ok(room.asked.slice(0, asked).every(({ instructions }) => !instructions.includes('改后：')));
  });

  it('in a file of the own editorial folder takes the place of the bundled one', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 2), say);
    const prompts = join(dirname(room.config), 'editorial', 'prompts');
    mkdirSync(prompts, { recursive: true });
    const bundled = readFileSync(new URL('../editorial/prompts/brief.md', import.meta.url), 'utf8');
    writeFileSync(join(prompts, 'brief.md'), `${bundled}\n只写本报读者关心的事。\n`);
    await room.run();
    assert.equal(room.asked.length, 2);
    for (const { instructions } of room.asked) assert.match(instructions, /只写本报读者关心的事。/);
  });

  it('lengths in the style file hold for what the model is asked and judged by', async (t) => {
    const room = await newsroomWith(t, stories, (asked) => {
      const good = goodAnswer(asked.prompt);
      const short = good.sentences.map((one) => ({
        ...one,
        text: `${one.text
          .split(/[，。]/)
          .slice(0, 2)
          .join('，')}。`,
      }));
      return { do: 'say', content: JSON.stringify({ ...good, sentences: short.slice(0, 1) }) };
    });
    const own = join(dirname(room.config), 'editorial');
    mkdirSync(own);
    const bundled = readFileSync(new URL('../editorial/style.yaml', import.meta.url), 'utf8');
    const wished = bundled.replace('summary: { least: 70, most: 95 }', 'summary: { least: 25, most: 60 }');
    writeFileSync(join(own, 'style.yaml'), wished);
    const report = await room.run();
    const briefs = report.edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
    const byModel = briefs.filter(({ writer }) => writer.startsWith('custom/'));
    assert.ok(byModel.length > 8, `${byModel.length} by the model`);
    const lengths = byModel.map(({ summary }) => summary.length);
    assert.ok(
      lengths.every((one) => one >= 20 && one <= 75),
      String(lengths),
    );
    assert.match(room.asked[0]?.instructions ?? '', /摘要 25 到 60 个字/);
  });

  it('of a day without an edition, or of items nobody published, is said', async (t) => {
    const room = await newsroomWith(t, stories.slice(0, 2), say, { writing: false });
    await room.run();
    const at = ['--config', room.config];
    const copy = edited(
      room.config,
      (text) => `${text}\n### 没发过的\n\n一句话。[阅读原文](https://x.example/new)\n`,
    );
    assert.match(
      await ribao('style', 'pairs', 'add', copy, ...at),
      /收下 0 条改稿，2 条没有改\n.*没有发布过：没发过的/,
    );
    assert.match(
      await ribao('style', 'pairs', 'add', copy, '--edition', '2026-03-01', ...at),
      /✗ .*没有 2026-03-01 的日报/,
    );
    assert.match(await ribao('style', 'accept', '7', ...at), /没有第 7 条建议/);
  });
});

describe('rules never change what is so', () => {
  const { writing, segment } = loadEditorial({});
  const text =
    '青石智能3月10日宣布，计划在东澜市建一座工厂，据称投资12亿元。微软表示将采购其中三成产能。工厂未获环评批复。';
  const article: Article = {
    id: 'a1',
    identity: 'url:x',
    sourceId: 's',
    publisher: '江报',
    url: 'https://x.example/1',
    title: '青石智能计划在东澜建厂',
    language: 'zh',
    publishedAt: NOW,
    firstSeenAt: NOW,
    excerpt: '',
    tags: [],
    body: { kind: 'page', text, extractor: 'r' },
  };
  const file = {
    story: { id: 's1', openedAt: 1, joins: [] },
    articles: [article],
  };
  const brief: Brief = {
    storyId: 's1',
    articleId: 'a1',
    url: article.url,
    headline: '青石智能计划在东澜建厂',
    summary: text,
    marks: [],
    evidence: [
      '青石智能3月10日宣布，计划在东澜市建一座工厂，据称投资12亿元。',
      '微软表示将采购其中三成产能。',
      '工厂未获环评批复。',
    ].map((claim) => ({ claim, source: claim, articleId: 'a1' })),
    writer: 'extractive/3',
  };
  const laid = (...rules: StyleRule[]) => layStyle(brief, rules, file, writing, segment);

  const harmful: StyleRule[] = [
    { kind: 'drop', phrase: '未' },
    { kind: 'drop', phrase: '未获' },
    { kind: 'drop', phrase: '据称' },
    { kind: 'replace', from: '计划', to: '已经' },
    { kind: 'replace', from: '微软', to: '谷歌' },
    { kind: 'replace', from: '三成', to: '五成' },
    { kind: 'drop', phrase: '三成' },
    { kind: 'replace', from: '采购', to: '收购' },
  ];
  for (const rule of harmful)
    it(`${JSON.stringify(rule)} has no effect`, () => {
      assert.equal(laid(rule).summary, brief.summary);
      assert.equal(laid(rule).headline, brief.headline);
    });

  it('wording does change, in the claim and in the summary alike', () => {
    const { summary, evidence } = laid({ kind: 'replace', from: '表示', to: '称' });
    assert.ok(summary.includes('微软称将采购其中三成产能。'));
    assert.equal(evidence.map(({ claim }) => claim).join(''), summary);
    assert.equal(evidence[1]?.source, '微软表示将采购其中三成产能。');
  });

  it('a shorter length takes whole sentences from the end, never the first', () => {
    const { summary, evidence } = laid({ kind: 'length', of: 'summary', most: 45 });
    assert.equal(evidence.length, 1);
    assert.equal(summary, brief.evidence[0]?.claim);
  });

  it('English briefs are left alone', () => {
    const english: Brief = { ...brief, marks: ['english'] };
    const rules: StyleRule[] = [{ kind: 'replace', from: '表示', to: '称' }];
    assert.equal(layStyle(english, rules, file, writing, segment), english);
  });
});
