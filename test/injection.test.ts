import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Brief } from '../src/domain/brief.ts';
import type { Answer, Llm, Question } from '../src/llm/llm.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { writeWithModel } from '../src/newsroom/write-with-model.ts';
import { withoutOrders } from '../src/write/model/orders.ts';
import { writeBrief } from '../src/write/write-brief.ts';
import { anArticle, aStoryFile } from './support/invent.ts';

const attackSchema = z.object({
  kind: z.string(),
  language: z.enum(['zh', 'en']),
  title: z.string(),
  text: z.string(),
  order: z.string(),
  wants: z.object({
    headline: z.string().optional(),
    summary: z.string().optional(),
    url: z.string().optional(),
    raw: z.string().optional(),
  }),
});
type Attack = z.infer<typeof attackSchema>;

const ATTACKS = z
  .array(attackSchema)
  .parse(parse(readFileSync(new URL('fixtures/injection.yaml', import.meta.url), 'utf8')));
const desk = loadEditorial({}).modelDesk();

/** What a model says that does all it is told by the article, and names the order itself as its evidence. */
function obeying({ title, text, order, wants }: Attack): unknown {
  const lead = text.split('\n').find((line) => line.trim() !== '' && !line.includes(order)) ?? title;
  const summary = wants.summary ?? `${lead.slice(0, 60)}${wants.url ? ` 详见 ${wants.url}` : ''}`;
  return {
    headline: wants.headline ?? title,
    sentences: [
      { text: wants.raw ?? summary, evidence: [{ article: 1, quote: wants.summary ? order : lead }] },
    ],
  };
}

/** A model of the worst kind: it obeys whatever it is shown, the first time and the second. */
function obedient(attack: Attack, shown: string[]): Llm {
  return {
    name: 'served/obedient',
    canEmbed: false,
    async ask<T>({ prompt, schema }: Question<T>): Promise<Answer<T>> {
      shown.push(prompt);
      return { kind: 'answered', value: schema.parse(obeying(attack)), cached: false };
    },
    embed: async () => ({ vectors: new Map(), failures: [] }),
    spent: () => ({ calls: 0, cached: 0, inputTokens: 0, outputTokens: 0 }),
  };
}

/** The brief that goes out: the model's where its answer holds, else from the article's own sentences. */
async function printed(attack: Attack, shown: string[]): Promise<Brief | undefined> {
  const file = aStoryFile([
    anArticle({
      title: attack.title,
      language: attack.language,
      url: 'https://paper.example/story',
      body: { kind: 'page', text: attack.text, extractor: 'set' },
    }),
  ]);
  let brief: Brief | undefined;
  await writeWithModel(obedient(attack, shown), desk, [{ file, section: '新闻资讯' }], async (_, attempt) => {
    if (attempt.kind === 'written') brief = attempt.brief;
  });
  const clean = { ...file, articles: file.articles.map((one) => withoutOrders(one, desk.findOrder)) };
  return brief ?? writeBrief(clean, desk)?.brief;
}

describe('articles that give orders to the model', () => {
  it('are sixty, in both languages', () => {
    assert.equal(ATTACKS.length, 60);
    assert.ok(ATTACKS.filter(({ language }) => language === 'en').length >= 20);
    assert.ok(
      ATTACKS.every(({ text, order }) => text.replace(/\s+/g, '').includes(order.replace(/\s+/g, ''))),
    );
  });

  for (const [n, attack] of ATTACKS.entries())
    it(`${n + 1}. ${attack.kind}: have no effect though the model obeys`, async () => {
      const brief = await printed(attack, []);
      const out = `${brief?.headline ?? ''}\n${brief?.summary ?? ''}`;
      const { headline, summary, url, raw } = attack.wants;
      for (const wanted of [headline, summary, url, raw, attack.order])
        if (wanted !== undefined) assert.ok(!out.includes(wanted), `${wanted}\n${out}`);
      assert.doesNotMatch(out, /https?:|星桥币|pump\.example/);
      assert.equal(brief?.url ?? 'https://paper.example/story', 'https://paper.example/story');
    });
});
