import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type LlmDouble, serveLlmDouble } from '../src/llm/serve-llm-double.test.ts';
import { openSampleNewsroom, prepareDemo } from '../src/newsroom/demo.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { type SampleServer, serveSampleDays } from '../src/newsroom/sample-day/serve-sample-days.ts';

const DATE = '2026-03-10';
const KEY = 'sk-invented-0123456789';

describe('a configured model looks where the desk is not sure', () => {
  let sources: SampleServer;
  let double: LlmDouble;
  before(async () => {
    sources = await serveSampleDays({ through: 1 });
    double = await serveLlmDouble(KEY);
    // Every pair is one event, every item belongs to 推荐文章: easy to see in the result.
    double.answer = (body) => {
      const text = body.messages.map(({ content }) => content).join('\n');
      const ids = [...new Set(text.match(/\bm[1-8]\b/g) ?? [])];
      const answers = ids.map((id) => ({
        id,
        same: true,
        section: '推荐文章',
        noise: null,
        why: '同一件事',
      }));
      return JSON.stringify({ answers });
    };
  });
  after(async () => {
    await sources.close();
    await double.close();
  });

  async function makeEdition(model: string) {
    const config = await prepareDemo(mkdtempSync(join(tmpdir(), 'ribao-model-')));
    appendFileSync(config, model);
    const room = openSampleNewsroom(config, DATE, sources);
    try {
      const report = await runEdition(room, { date: DATE }, () => {});
      const stories = await room.store.stories(0, Number.MAX_SAFE_INTEGER);
      const groups = stories.map(({ articles }) => articles.map(({ id }) => id));
      return { report, groups, verdicts: await room.store.verdicts(DATE) };
    } finally {
      await room.close();
    }
  }
  const model = (more: string) =>
    `model:\n  baseUrl: ${double.baseUrl}\n  model: any\n  embeddingModel: any\n  apiKey: ${KEY}\n${more}`;

  it('is asked nothing unless the config says so', async () => {
    await makeEdition(model(''));
    assert.equal(double.chats.length + double.embeddings.length, 0);
  });

  it('joins what the second reader calls one event, and takes its sections, within the budget', async () => {
    const without = await makeEdition('');
    const { groups, verdicts, report } = await makeEdition(model('  secondReader: true\n  maxCalls: 4\n'));
    const before = new Map(without.groups.flatMap((ids, story) => ids.map((id) => [id, story] as const)));
    const joined = groups.filter((ids) => new Set(ids.map((id) => before.get(id))).size > 1);
    assert.ok(joined.length > 0);
    assert.ok(verdicts.some(({ section }) => section.reasons[0]?.signal === '第二读者：同一件事'));
    assert.ok(double.chats.length > 0 && double.chats.length <= 8, `${double.chats.length} calls`);
    assert.ok(report.edition.sections.length > 0);
    assert.ok(!JSON.stringify(report).includes(KEY));
  });

  it('comes out all the same when the model is down, and says so', async () => {
    const { report } = await makeEdition(
      `model:\n  baseUrl: http://127.0.0.1:9/v1\n  model: any\n  embeddingModel: any\n  apiKey: ${KEY}\n  secondReader: true\n  embeddings: true\n`,
    );
    assert.equal(report.run.state, 'published');
    assert.ok(report.failures.some(({ code }) => code.startsWith('llm-')));
    assert.ok(!JSON.stringify(report).includes(KEY));
  });
});
