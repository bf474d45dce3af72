import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { openSampleNewsroom, prepareDemo } from '../src/newsroom/demo.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { SAMPLE_DATES, serveSampleDays } from '../src/newsroom/sample-day/serve-sample-days.ts';
import { briefAnswerSchema } from '../src/write/model/brief-answer.ts';
import { goodAnswer, goodDeepAnswer } from './support/good-writer.ts';
import { serveModel } from './support/serve-model.ts';

const DATE = SAMPLE_DATES[0];
const TRANSLATIONS = z
  .record(z.string(), briefAnswerSchema)
  .parse(parse(readFileSync(new URL('fixtures/translations.yaml', import.meta.url), 'utf8')));

test('a sample day written by a faithful model: foreign stories in Chinese, a second run asks nothing', async (t) => {
  const news = await serveSampleDays({ through: 1 });
  const model = await serveModel(({ prompt, instructions }) => ({
    do: 'say',
    content: JSON.stringify(
      instructions.includes('写成一篇“深读”') ? goodDeepAnswer(prompt) : goodAnswer(prompt, TRANSLATIONS),
    ),
  }));
  t.after(async () => {
    await news.close();
    await model.close();
  });
  const folder = mkdtempSync(join(tmpdir(), 'ribao-model-day-'));
  await prepareDemo(folder);
  const config = join(folder, 'ribao.yaml');
  appendFileSync(
    config,
    `\n${stringify({ model: { baseUrl: model.baseUrl, model: 'm-1', apiKey: 'sk-x', writing: true, maxCalls: 300 } })}`,
  );
  const run = async () => {
    const room = openSampleNewsroom(config, DATE, news);
    try {
      return await runEdition(room, { date: DATE }, () => {});
    } finally {
      await room.close();
    }
  };
  const { run: made, edition } = await run();
  assert.equal(made.state, 'published');
  assert.match(edition.deepReads?.[0]?.writer ?? '', /m-1·deep@[0-9a-f]{6}$/);
  const briefs = edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief));
  const byModel = briefs.filter(({ writer }) => writer.includes('·brief@'));
  assert.ok(byModel.length >= briefs.length / 3, `${byModel.length} of ${briefs.length} by the model`);
  const prepared = new Set(Object.values(TRANSLATIONS).map(({ headline }) => headline));
  const translated = briefs.filter(({ headline }) => prepared.has(headline));
  assert.ok(translated.length > 0);
  for (const { headline, summary, marks, writer } of translated) {
    assert.match(writer, /m-1·brief@[0-9a-f]{6}$/);
    assert.ok(!marks.includes('english') && /\p{Script=Han}/u.test(headline + summary));
  }
  const asked = model.asked.length;
  assert.equal((await run()).run.state, 'unchanged');
  assert.equal(model.asked.length, asked);
  t.diagnostic(
    `${byModel.length} of ${briefs.length} by the model, ${translated.length} translated, ${asked} calls`,
  );
});
