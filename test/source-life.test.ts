import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { stringify } from 'yaml';
import { main } from '../src/cli/main.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { collectOnly, runEdition } from '../src/newsroom/run-edition.ts';
import { scoreCard } from '../src/newsroom/score-card.ts';
import { listen } from './support/listen.ts';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const NOW = Date.UTC(2026, 2, 10, 4);

/** Outlets on loopback that answer as `say` wants, and a newsroom whose clock the test turns. */
async function newsroomWith(
  t: TestContext,
  say: (path: string) => { status?: number; body?: string },
  names: string[],
  config: object = {},
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const { status = 200, body = '' } = say(request.url ?? '');
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  });
  const port = await listen(t, server);
  const folder = mkdtempSync(join(tmpdir(), 'ribao-life-'));
  const path = join(folder, 'ribao.yaml');
  const home = `http://127.0.0.1:${port}`;
  let now = NOW;
  const write = (ids: string[]) =>
    writeFileSync(
      path,
      stringify({
        network: { allowHosts: ['127.0.0.1'], timeoutSeconds: 3 },
        guard: { minItems: 1, minPublishers: 1, maxFailedSources: 1, maxShortBriefs: 1 },
        edition: { minWorth: 0, windowHours: 168 },
        sources: ids.map((id) => ({ id, name: `${id}报`, url: `${home}/${id}.xml` })),
        ...config,
      }),
    );
  write(names);
  t.after(() => rmSync(folder, { recursive: true }));
  const inRoom = async <T>(work: (room: ReturnType<typeof openNewsroom>) => Promise<T>): Promise<T> => {
    const room = openNewsroom(loadConfig(path), { clock: () => now });
    try {
      return await work(room);
    } finally {
      await room.close();
    }
  };
  return {
    folder,
    asked,
    write,
    inRoom,
    run: () => inRoom((room) => runEdition(room, {}, () => {})),
    at: (moment: number) => {
      now = moment;
    },
  };
}

const STORIES: Record<string, [title: string, text: string][]> = {
  jia: [
    [
      '青石智能完成9亿元融资，用于人形机器人工厂',
      '投后估值60亿元，领投方是衡川资本。工厂明年六月投产，年产五千台。',
    ],
    [
      '墨海科技开源320亿参数编程大模型墨鱼',
      '模型采用Apache 2.0协议，一张48GB显卡即可运行，训练日志也一并放出。',
    ],
  ],
  yi: [
    [
      '衡芯微电子发布大模型推理芯片H9，功耗350瓦',
      '单片搭载192GB显存，五月量产。首批订单两万片，由本地晶圆厂代工。',
    ],
  ],
  xin: [
    [
      '灰雁机器人公开触觉数据集灰羽，收录1200小时操作',
      '灵巧手抓取陌生物体的成功率从47%提高到78%，非商用可以免费下载。',
    ],
  ],
};

function feedOf(id: string, at = NOW - HOUR): string {
  const items = (STORIES[id] ?? []).map(
    (title, n) =>
      `<item><title>${title}</title><link>/${id}/${n}</link><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
  );
  return `<rss version="2.0"><channel><title>${id}</title><description>d</description>${items.join('')}</channel></rss>`;
}

function sayAll(path: string) {
  const [, id = '', n] = path.split('/');
  if (path.endsWith('.xml')) return { body: feedOf(id.replace('.xml', '')) };
  const [title, text] = STORIES[id]?.[Number(n)] ?? [];
  return title === undefined
    ? { status: 404 }
    : {
        body: `<html lang="zh"><head><title>${title}</title></head><body><article><h1>${title}</h1><p>${title}。</p><p>${text}</p></article></body></html>`,
      };
}

describe('the life of a source', { timeout: 110_000 }, () => {
  it('added later it is judged but not printed, until it is let in', async (t) => {
    const desk = await newsroomWith(t, sayAll, ['jia', 'yi']);
    assert.equal((await desk.run()).edition.sections.flatMap(({ items }) => items).length, 3);
    desk.write(['jia', 'yi', 'xin']);
    desk.at(NOW + HOUR);
    const second = await desk.run();
    const held = second.edition.leftOut.find(({ title }) => title.includes('灰雁'));
    assert.match(held?.why ?? '', /观察期/);
    assert.equal(second.edition.revision, 1, 'readers see nothing new');
    await desk.inRoom(async (room) => {
      const state = (await room.store.sourceStates()).get('xin');
      assert.equal(state?.standing, 'quarantine');
      if (state) await room.store.saveSourceState({ ...state, standing: 'admitted' });
    });
    const { edition } = await desk.run();
    const titles = edition.sections.flatMap(({ items }) => items.map(({ brief }) => brief.headline));
    assert.ok(
      titles.some((title) => title.includes('灰雁')),
      titles.join(),
    );
  });

  it('its failures, and its recovery, are told as changes of health', async (t) => {
    let down = false;
    const say = (path: string) => (down && path === '/yi.xml' ? { status: 500 } : sayAll(path));
    const desk = await newsroomWith(t, say, ['jia', 'yi']);
    await desk.run();
    down = true;
    for (const days of [1, 2, 3]) {
      desk.at(NOW + days * DAY);
      await desk.run();
    }
    down = false;
    desk.at(NOW + 4 * DAY);
    await desk.run();
    const events = await desk.inRoom((room) => room.store.sourceEvents(0, 'yi'));
    const told = events.map(({ before, after }) => `${before}>${after}`).toReversed();
    assert.equal(told[0], 'healthy>failing');
    assert.ok(told[1]?.startsWith('failing>'), told.join());
  });

  it('its changes are shown when it is checked', async (t) => {
    const desk = await newsroomWith(t, (path) => (path === '/yi.xml' ? { status: 410 } : sayAll(path)), [
      'jia',
      'yi',
    ]);
    // The command line has its own clock.
    desk.at(Date.now());
    await desk.run();
    let out = '';
    const code = await main(['sources', 'check'], {
      tongue: 'zh',
      cwd: desk.folder,
      out: (text) => {
        out += `${text}\n`;
      },
      err: () => {},
    });
    assert.equal(code, 1);
    assert.match(out, /yi {2}未收过 → 已撤[\s\S]*2 个来源，1 个失败/);
  });

  it('between editions it is asked by its own rhythm, and more rarely while it fails', async (t) => {
    const say = (path: string) => (path === '/yi.xml' ? { status: 500 } : sayAll(path));
    const desk = await newsroomWith(t, say, ['jia', 'yi']);
    const round = () => desk.inRoom((room) => collectOnly(room, () => {}));
    for (let minutes = 0; minutes <= 240; minutes += 10) {
      desk.at(NOW + minutes * 60_000);
      await round();
    }
    const failing = desk.asked.filter((path) => path === '/yi.xml').length;
    assert.ok(failing >= 3 && failing <= 7, `${failing} times in four hours`);
  });

  it('a host that shows a captcha is left alone for hours, whoever asks', async (t) => {
    const say = (path: string) =>
      path.startsWith('/yi/')
        ? {
            body: '<html><body><p>环境异常</p><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a></body></html>',
          }
        : sayAll(path);
    const desk = await newsroomWith(t, say, ['yi'], {
      guard: { minItems: 0, minPublishers: 0, maxFailedSources: 1, maxShortBriefs: 1 },
    });
    await desk.run();
    const resting = await desk.inRoom((room) => room.store.restingHosts(NOW + HOUR));
    assert.equal(resting.length, 1);
    const pages = () => desk.asked.filter((path) => path.startsWith('/yi')).length;
    const before = pages();
    desk.at(NOW + 5 * HOUR);
    await desk.run();
    assert.equal(pages(), before, 'neither its pages nor its feed');
    desk.at(NOW + 7 * HOUR);
    await desk.run();
    assert.ok(pages() > before);
  });

  it('that answers «not changed» for ever falls silent', async (t) => {
    const desk = await newsroomWith(t, (path) => (path === '/yi.xml' ? old() : sayAll(path)), ['yi']);
    let asked = 0;
    const items = [1, 2, 3, 4].map(
      (n) =>
        `<item><title>第${n}篇</title><link>/yi/${n}</link><pubDate>${new Date(NOW - n * DAY).toUTCString()}</pubDate></item>`,
    );
    function old() {
      asked += 1;
      return asked === 1
        ? { body: `<rss version="2.0"><channel><title>乙</title>${items.join('')}</channel></rss>` }
        : { status: 304 };
    }
    const healths: (string | undefined)[] = [];
    for (const days of [0, 2, 9]) {
      desk.at(NOW + days * DAY);
      await desk.inRoom((room) => collectOnly(room, () => {}));
      healths.push(await desk.inRoom(async (room) => (await room.store.sourceStates()).get('yi')?.health));
    }
    assert.deepEqual(healths, ['healthy', 'quiet', 'silent']);
  });

  it('that dates nothing has the rhythm in which its pieces came', async (t) => {
    let count = 1;
    const say = (path: string) => ({
      body: path.endsWith('.xml')
        ? `<rss version="2.0"><channel><title>乙</title>${Array.from({ length: count }, (_, n) => `<item><title>第${n}篇</title><link>/yi/${n}</link></item>`).join('')}</channel></rss>`
        : '',
    });
    const desk = await newsroomWith(t, say, ['yi']);
    for (let day = 0; day < 4; day += 1) {
      desk.at(NOW + day * DAY);
      await desk.inRoom((room) => collectOnly(room, () => {}));
      count += 1;
    }
    const state = await desk.inRoom(async (room) => (await room.store.sourceStates()).get('yi'));
    assert.deepEqual([state?.usualGapMs, state?.lastNewAt], [DAY, NOW + 2 * DAY]);
  });

  it('whose feed shows a captcha is blocked at once, and nobody asks that host for hours, nor does a check', async (t) => {
    let captcha = true;
    const say = (path: string) =>
      captcha && path.endsWith('.xml')
        ? { body: '<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>' }
        : sayAll(path);
    const desk = await newsroomWith(t, say, ['jia', 'yi']);
    desk.at(Date.now());
    await desk.inRoom((room) => collectOnly(room, () => {}));
    const health = await desk.inRoom(async (room) => (await room.store.sourceStates()).get('jia')?.health);
    assert.equal(health, 'blocked');
    captcha = false;
    const before = desk.asked.length;
    let out = '';
    const io = { tongue: 'zh' as const, cwd: desk.folder, err: () => {}, raw: () => {}, env: {} };
    const said = (text: string) => {
      out += `${text}\n`;
    };
    assert.equal(await main(['sources', 'check'], { ...io, out: said }), 0, 'who waits has not failed');
    assert.match(out, /· jia[\s\S]*不去打扰的主机[\s\S]*127\.0\.0\.1/);
    assert.equal(desk.asked.length, before);
  });

  it('its score card counts what was chosen and what was first', async (t) => {
    const desk = await newsroomWith(t, sayAll, ['jia', 'yi']);
    await desk.run();
    const [source] = await desk.inRoom(async (room) => room.sources);
    assert.ok(source);
    const card = await desk.inRoom((room) => scoreCard(room, source));
    assert.deepEqual(
      [card.articles, card.chosenShare, card.noiseShare, card.fullTextShare, card.shared],
      [2, 1, 0, 1, 0],
    );
  });
});
