import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parse, stringify } from 'yaml';
import { loadConfig } from '../../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../../src/newsroom/newsroom.ts';
import { type RunReport, runEdition } from '../../src/newsroom/run-edition.ts';
import { type LocalArticle, serveLocalNews } from './local-news.ts';
import { type Act, type Asked, serveModel } from './serve-model.ts';

export const AT = '2026-03-10T02:00:00Z';
export const NOW = Date.parse('2026-03-10T06:00:00Z');

/** Twelve invented stories of one article each. */
export function deskStories(): LocalArticle[] {
  return parse(readFileSync(new URL('../fixtures/desk-stories.yaml', import.meta.url), 'utf8')).map(
    (story: { slug: string; title: string; text: string }) => ({ ...story, text: story.text.trim(), at: AT }),
  );
}

/** A newsroom whose news and model stand on loopback. */
export async function newsroomWith(
  t: TestContext,
  articles: LocalArticle[],
  act: (asked: Asked) => Act,
  more: object = {},
  beside: object = {},
) {
  const news = await serveLocalNews({ lamp: articles });
  const model = await serveModel(act);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-writer-'));
  const config = join(folder, 'ribao.yaml');
  t.after(async () => {
    await news.close();
    await model.close();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(
    config,
    stringify({
      store: join(folder, 'ribao.db'),
      quarantineDays: 0,
      network: { allowHosts: ['127.0.0.1'], timeoutSeconds: 5, delaySeconds: 0, robots: false },
      guard: { minItems: 1, minPublishers: 1, maxFailedSources: 1, maxShortBriefs: 1 },
      edition: {
        minWorth: 0,
        windowHours: 168,
        maxPerPublisher: 100,
        sections: ['新闻资讯', '产品应用', '推荐文章', '开源动态', '算法论文'].map((name) => ({
          name,
          maxItems: 30,
        })),
      },
      channels: [{ kind: 'markdown', folder: join(folder, 'editions') }],
      model: {
        baseUrl: model.baseUrl,
        model: 'm-1',
        apiKey: 'sk-invented-1',
        writing: true,
        maxCalls: 200,
        ...more,
      },
      ...beside,
      sources: [{ id: 'lamp', name: '灯报', url: `${news.url}/lamp.xml` }],
    }),
  );
  const notes: string[] = [];
  const run = async (now = NOW): Promise<RunReport> => {
    const room = openNewsroom(loadConfig(config), { clock: () => now });
    try {
      return await runEdition(room, {}, (tidings) => {
        if (tidings.kind === 'step-ended' && tidings.step === 'write') notes.push(tidings.note);
      });
    } finally {
      await room.close();
    }
  };
  return { run, asked: model.asked, notes, config, articles };
}
