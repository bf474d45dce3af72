// node bench/serve-articles.ts ARTICLES FEEDS PAGE_BYTES: serves generated feeds and pages on loopback, prints its port.
// A process of its own, so that its memory is not counted as the newsroom's.
import { createServer } from 'node:http';

const [articles = 600, feeds = 30, pageBytes = 50_000] = process.argv.slice(2).map(Number);
const DATE = '2026-03-10';

/** Small reproducible randomness (mulberry32), so that every run reads the same articles. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const COMPANIES = '青石 远帆 墨海 松枝 云岫 衡芯 灰雁 青雀 麦冬 北陵 石桥 长汀 落霞 白鹭 海棠 星汉'.split(
  ' ',
);
const THINGS = '大模型 推理芯片 编程智能体 视频模型 语音助手 机器人 数据集 训练框架 检索系统 翻译应用'.split(
  ' ',
);
const DEEDS = '发布 开源 升级 收购 投资 部署 下架 公测 降价 量产'.split(' ');
const WORDS =
  '参数 用户 企业 成本 性能 测试 团队 计划 市场 版本 接口 训练 数据 场景 能力 效率 结果 任务 平台 服务 目标 城市 工厂 医院 学校 论文 方法 实验 指标 速度'.split(
    ' ',
  );

function pick<T>(list: readonly T[], next: () => number): T {
  const one = list[Math.floor(next() * list.length)];
  if (one === undefined) throw new Error('empty list');
  return one;
}

function article(n: number) {
  // Every third article tells the event of the one before it in other words.
  const event = random(n - (n % 3 === 1 ? 1 : 0) + 1);
  const own = random(n + 100_000);
  const company = `${pick(COMPANIES, event)}${pick(['智能', '科技', '实验室'], event)}`;
  const what = `${pick(THINGS, event)}${pick(['Alpha', 'Beta', 'Gamma', 'Delta'], event)}-${1 + Math.floor(event() * 90)}`;
  const amount = 1 + Math.floor(event() * 900);
  const title = `${company}${pick(DEEDS, event)}${what}，涉及金额${amount}亿元`;
  const sentences = Array.from({ length: 24 }, () => {
    const words = Array.from({ length: 9 }, () => pick(WORDS, own)).join('');
    return `${company}的${what}在${words}上达到${Math.floor(own() * 1000)}。`;
  });
  return {
    title,
    lead: `${company}今日${what}消息公布，金额${amount}亿元，业内认为影响深远。`,
    text: sentences,
  };
}

function page(n: number): string {
  const { title, lead, text } = article(n);
  const paragraphs = [lead, ...text].map((sentence) => `<p>${sentence}</p>`).join('\n');
  const head = `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${title}</title></head><body>
<nav>${'<a href="/">栏目</a>'.repeat(40)}</nav><article><h1>${title}</h1>${paragraphs}</article><aside>`;
  const row =
    '<div class="card"><a href="/x"><img src="/i.png" alt=""><span>相关推荐的一行标题</span></a></div>\n';
  const missing = Math.max(0, pageBytes - Buffer.byteLength(head));
  return `${head}${row.repeat(Math.ceil(missing / Buffer.byteLength(row)))}</aside></body></html>`;
}

function feed(f: number): string {
  const items = Array.from({ length: articles }, (_, n) => n)
    .filter((n) => n % feeds === f)
    .map((n) => {
      const at = new Date(Date.parse(`${DATE}T00:00:00Z`) + n * 60_000).toUTCString();
      const { title, lead } = article(n);
      return `<item><title>${title}</title><link>http://site${f}.example/a/${n}</link><pubDate>${at}</pubDate><description>${lead}</description></item>`;
    });
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>f${f}</title><link>http://site${f}.example/</link><description>d</description>${items.join('')}</channel></rss>`;
}

const server = createServer((request, response) => {
  const [, kind, n] = (request.url ?? '').split('/');
  const isFeed = kind === 'feed';
  response.writeHead(200, {
    'content-type': isFeed ? 'application/rss+xml' : 'text/html; charset=utf-8',
    etag: `"${n}"`,
  });
  if (isFeed && request.headers['if-none-match']) response.statusCode = 304;
  response.end(isFeed ? feed(Number(n)) : page(Number(n)));
});
server.listen(0, '127.0.0.1', () => {
  const bound = server.address();
  if (bound !== null && typeof bound === 'object') process.stdout.write(`${bound.port}\n`);
});
