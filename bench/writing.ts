// npm run bench -- writing [STORIES]: an extractive brief with its fact check, per story of three articles, one thread.
import { cpus } from 'node:os';
import type { Article } from '../src/domain/article.ts';
import type { StoryFile } from '../src/domain/story.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { checkFacts } from '../src/write/facts.ts';
import { factSourcesOf } from '../src/write/prove-brief.ts';
import { writeBrief } from '../src/write/write-brief.ts';

const FIRMS = ['青石', '远帆科技', '灯塔公司', 'Tidal', '北岸集团', 'Harbor'];
const THINGS = ['图像模型', '推理芯片', '代码助手', '语音接口', '开源框架'];
/** Sentences of one article: about 2,000 characters, as news sites write. */
const SENTENCES = 40;

/** Writes and checks a brief for each story; prints processor time per brief, and of these the check alone. */
export function benchWriting(stories: number): void {
  console.log(`${stories} stories of 3 articles, ${cpus()[0]?.model}, Node ${process.version}, one thread`);
  const { writing } = loadEditorial({});
  const files = Array.from({ length: stories }, (_, n) => storyOf(n));
  for (const file of files.slice(0, 200)) writeBrief(file, writing);
  const whole = timed(files, (file) => writeBrief(file, writing));
  const briefs = files.map((file) => writeBrief(file, writing)?.brief);
  const check = timed(files, (file, n) => {
    const brief = briefs[n];
    if (brief) checkFacts(brief, factSourcesOf(file, writing), writing.facts);
  });
  const length = files[0]?.articles.reduce(
    (sum, { body }) => sum + ('text' in body ? body.text.length : 0),
    0,
  );
  console.log(`${length} characters a story`);
  for (const [name, took] of [
    ['brief with check', whole],
    ['check alone', check],
  ] as const)
    console.log(
      `${name.padEnd(18)}mean ${took.processor.toFixed(2)} ms of processor; by the clock median ${took.median.toFixed(2)} ms, 99th percentile ${took.high.toFixed(2)} ms`,
    );
}

function timed(files: readonly StoryFile[], work: (file: StoryFile, n: number) => void) {
  // By the clock other work on the machine counts, too.
  const before = process.cpuUsage();
  const took = files.map((file, n) => {
    const startedAt = performance.now();
    work(file, n);
    return performance.now() - startedAt;
  });
  const { user, system } = process.cpuUsage(before);
  const sorted = took.toSorted((one, other) => one - other);
  return {
    processor: (user + system) / 1000 / took.length,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    high: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
  };
}

function storyOf(n: number): StoryFile {
  const articles = [0, 1, 2].map((m) => articleOf(n, m));
  const joins = articles.map(({ id }) => ({ articleId: id, kind: 'first' as const, score: 1, reasons: [] }));
  return { story: { id: `s${n}`, openedAt: 0, joins }, articles };
}

function articleOf(n: number, m: number): Article {
  const pick = (list: readonly string[], at: number) => list[at % list.length] ?? '';
  const firm = pick(FIRMS, n);
  const title = `${firm}发布${pick(THINGS, n)}L${(n % 9) + 1}，融资${(n % 80) + 2}亿美元`;
  const text = Array.from({ length: SENTENCES }, (_, at) => {
    const other = pick(FIRMS, n + at + m + 1);
    return `${other}在3月${(at % 28) + 1}日表示，${pick(THINGS, n + at)}的成本比前代下降${(at % 60) + 10}%，计划在第${(at % 40) + 2}批向${n + at * 37}家企业开放，但没有公布价格。`;
  }).join('\n');
  return {
    id: `a${n}-${m}`,
    identity: `url:example.com/${n}/${m}`,
    sourceId: `s${m}`,
    publisher: `媒体${m}`,
    url: `https://example.com/${n}/${m}`,
    title,
    language: 'zh',
    publishedAt: Date.parse('2026-03-10T00:00:00Z'),
    firstSeenAt: 0,
    excerpt: '',
    tags: [],
    body: { kind: 'page', text: `${title}。${text}`, extractor: 'bench' },
  };
}
