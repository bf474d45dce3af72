import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { dateIn } from '../src/newsroom/calendar.ts';
import { serveLocalNews } from './support/local-news.ts';
import { BIN, ribao } from './support/type-ribao.ts';

const story = (slug: string, title: string, text: string) => ({ slug, title, text });
const OUTLETS = {
  jia: [
    story(
      '2',
      '青石智能完成9亿元融资，估值60亿元',
      '青石智能今天完成9亿元B轮融资，投后估值60亿元，领投方为衡川资本。\n这家人形机器人企业说，资金将用于临江工厂二期，预计明年六月投产，届时年产能达到5000台。\n青石智能成立于2021年，已向三家汽车厂交付第一批机器人。',
    ),
    story(
      '3',
      '墨海科技开源320亿参数编程模型',
      '墨海科技开源编程模型墨鱼，参数320亿，采用Apache 2.0协议，允许商用。\n模型在四项公开测试中超过同等规模的对手，一张48GB显卡即可运行，支持256K上下文。\n代码、权重和训练日志已经全部放出。',
    ),
    story(
      '4',
      '临江大学提出新注意力方法，预填充快5.8倍',
      '临江大学的论文提出稀疏接力注意力方法，百万token的预填充速度提高5.8倍，显存占用减少72%。\n研究团队在六个基准上做了实验，准确率下降不到0.3个百分点。\n论文代码将在会议之后公布。',
    ),
  ],
  yi: [
    story(
      '5',
      '云岫云大模型接口凌晨宕机三小时',
      '云岫云的大模型推理接口今天凌晨发生故障，三小时后恢复，一千九百家客户受到影响。\n公司说原因是一次路由配置推送，没有数据丢失，赔付方案将在一周内公布。\n这是该公司今年第二次大范围中断。',
    ),
    story(
      '6',
      '衡芯微电子发布推理芯片H9',
      '衡芯微电子发布大模型推理芯片H9，单片搭载192GB显存，功耗350瓦，计划五月量产。\n公司称每个token的推理成本比上一代下降45%，首批订单两万片。\n芯片采用5纳米工艺，由本地晶圆厂代工。',
    ),
  ],
};
const LATER = story(
  '7',
  '灰雁机器人公开触觉数据集',
  '灰雁机器人公开触觉数据集灰羽，收录1200小时手部操作，用来训练具身智能模型。\n用它预训练之后，灵巧手抓取陌生物体的成功率从47%提高到78%。\n数据集采用非商用许可，下载需要登记。',
);

const outlets = structuredClone(OUTLETS);
let server: Awaited<ReturnType<typeof serveLocalNews>>;
before(async () => {
  server = await serveLocalNews(outlets);
});
after(() => server.close());

function folderWith({ edition = {}, ...config }: { edition?: object; [key: string]: unknown }): string {
  // What an item must be worth is tuned elsewhere; here five items are five.
  const limits = { minWorth: 0, ...edition };
  const folder = mkdtempSync(join(tmpdir(), 'ribao-cli-'));
  const sources = Object.keys(outlets).map((id) => ({
    id,
    name: `${id}日报`,
    url: `${server.url}/${id}.xml`,
  }));
  const network = { allowHosts: ['127.0.0.1'], timeoutSeconds: 5 };
  writeFileSync(
    join(folder, 'ribao.yaml'),
    stringify({ network, sources, guard: { minPublishers: 2 }, edition: limits, ...config }),
  );
  return folder;
}

describe('an edition from the command line, over real sockets', { timeout: 120_000 }, () => {
  it('is made, shown byte for byte, explained, and left alone when nothing is new', async () => {
    const folder = folderWith({});
    // The machine's own zone is far behind: the date is the configured zone's all the same.
    const made = await ribao(['run', '--json'], folder, { TZ: 'Pacific/Pago_Pago' });
    assert.equal(made.code, 0, made.err);
    const { run, edition } = JSON.parse(made.out);
    assert.equal(run.state, 'published');
    assert.equal(run.date, dateIn('Asia/Shanghai', Date.now()));
    const file = join(folder, 'editions', `${run.date}.md`);
    const shown = await ribao(['show', run.date, '--markdown'], folder);
    assert.equal(shown.out, readFileSync(file, 'utf8'));
    const item = edition.sections[0].items[0];
    const why = await ribao(['show', 'story', item.brief.storyId], folder);
    for (const word of ['归组：首篇', '栏目', '价值', '入选', item.brief.headline])
      assert.ok(why.out.includes(word), word);
    const byUrl = await ribao(['show', 'story', item.brief.url], folder);
    assert.equal(byUrl.out, why.out);
    assert.match((await ribao(['run'], folder)).out, /没有新内容，保持第 1 版/);
    assert.match((await ribao(['status'], folder)).out, /来源 2 个：正常 2/);
    assert.match((await ribao(['show', 'source', 'jia'], folder)).out, /青石智能/);
    assert.match((await ribao(['sources', 'check'], folder)).out, /2 个来源，0 个失败/);
    const doctor = await ribao(['doctor'], folder);
    assert.equal(doctor.code, 0, doctor.out);
  });

  it('is made anew as a revision when something new has come', async () => {
    const folder = folderWith({});
    await ribao(['run'], folder);
    outlets.yi.push(LATER);
    const second = JSON.parse((await ribao(['run', '--json'], folder)).out);
    outlets.yi.pop();
    assert.equal(second.edition.revision, 2);
    const markdown = readFileSync(join(folder, 'editions', `${second.run.date}.md`), 'utf8');
    assert.match(markdown, /灰雁/);
    assert.match(markdown, /青石智能/);
    assert.match((await ribao(['show', '--revision', '1'], folder)).out, /第 1 版/);
  });

  it('is rehearsed without a trace', async () => {
    const folder = folderWith({});
    const rehearsed = await ribao(['run', '--dry-run'], folder);
    assert.equal(rehearsed.code, 0);
    assert.match(rehearsed.out, /只是试编/);
    assert.ok(!existsSync(join(folder, 'editions')));
    assert.equal((await ribao(['show'], folder)).code, 2);
  });
});

describe('an edition from the command line when something is amiss', { timeout: 120_000 }, () => {
  it('is held back when it is too thin: exit code 3, the reason, and nothing written', async () => {
    const folder = folderWith({ guard: { minItems: 20 } });
    const held = await ribao(['run'], folder);
    assert.equal(held.code, 3);
    assert.match(held.out, /被扣下[\s\S]*只有 \d+ 条，至少要 20 条/);
    assert.ok(!existsSync(join(folder, 'editions')));
    assert.match((await ribao(['status'], folder)).out, /被扣下/);
  });

  it('ends with 4 when one channel fails, keeps the other, and delivers the rest next time, once', async () => {
    const folder = folderWith({
      channels: [
        { kind: 'markdown', folder: 'here' },
        { kind: 'page', folder: 'there' },
      ],
    });
    writeFileSync(join(folder, 'there'), 'a file where a folder should be');
    const failed = await ribao(['run'], folder);
    assert.equal(failed.code, 4);
    assert.match(failed.out, /page ✗ channel-file/);
    assert.equal(readdirSync(join(folder, 'here')).length, 1);
    rmSync(join(folder, 'there'));
    mkdirSync(join(folder, 'there'));
    const second = await ribao(['run', '--json'], folder);
    assert.equal(second.code, 0);
    const { deliveries } = JSON.parse(second.out);
    assert.deepEqual(
      deliveries.map(({ state }: { state: { kind: string } }) => state.kind),
      ['delivered', 'delivered'],
    );
  });

  it('survives naughty titles, which come out as text', async () => {
    const nasty = [
      '<script>alert(1)</script>',
      '](javascript:alert(1))',
      '`{{7*7}}`',
      '# 标题\n---',
      '‮反了‬ &amp; &lt;b&gt;',
    ];
    for (const [n, one] of [...outlets.jia, ...outlets.yi].entries()) one.title = `${nasty[n]} ${one.title}`;
    const folder = folderWith({ edition: { maxPerPublisher: 20 } });
    const made = await ribao(['run', '--json'], folder);
    Object.assign(outlets, structuredClone(OUTLETS));
    assert.equal(made.code, 0, made.err);
    const { run } = JSON.parse(made.out);
    const markdown = readFileSync(join(folder, 'editions', `${run.date}.md`), 'utf8');
    const page = readFileSync(join(folder, 'editions', `${run.date}.html`), 'utf8');
    assert.ok(!/<script|\]\(javascript/i.test(markdown + page));
    assert.equal(markdown.split('\n').filter((line) => line === '---').length, 2);
  });

  it('says so when another run is at work', async () => {
    const folder = folderWith({});
    const both = await Promise.all([ribao(['run'], folder), ribao(['run'], folder)]);
    const codes = both.map(({ code }) => code).toSorted();
    assert.equal(codes[0], 0);
    const refused = both.find(({ code }) => code !== 0);
    if (refused) assert.match(refused.err, /另一个 ribao 正在做这件事/);
    assert.match((await ribao(['status'], folder)).out, /markdown → /);
  });

  it('goes on quietly when the reader of its output has gone', async () => {
    const folder = folderWith({});
    const child = spawn(process.execPath, [BIN, 'run', '--json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /EPIPE/);
    assert.match((await ribao(['status'], folder)).out, /markdown → /);
  });

  it('a broken store is named, not overwritten', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'ribao-data'));
    writeFileSync(join(folder, 'ribao-data', 'ribao.db'), 'not a database at all. '.repeat(300));
    const broken = await ribao(['run'], folder);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /已损坏或不是数据库[\s\S]*→/);
    assert.equal((await ribao(['doctor'], folder)).code, 1);
  });
});
