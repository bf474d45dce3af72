// npm run bench -- stories [ARTICLES]: grouping alone, on generated articles of a 14-day window, in one thread.
// Speed is by processor time of the whole process, so that other programs on the machine count little; memory is the peak of
// the whole process. Articles are made day by day and not kept.
import { cpus } from 'node:os';
import type { Article } from '../src/domain/article.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { loadSiftModels } from '../src/newsroom/models.ts';
import { openStoryWindow } from '../src/sift/story-window.ts';

const DAYS = 14;
const SINGLES = 200;
/** One event in three is told by several outlets. */
const TELLINGS = [1, 1, 3];

/** Grows a window to `total` articles day by day, then adds single ones. Prints speed, memory and cost per article. */
export function benchStories(total: number): void {
  console.log(`${total} articles in ${DAYS} days, ${cpus()[0]?.model}, Node ${process.version}, one thread`);
  const tools = loadEditorial({}).groupTools();
  const models = loadSiftModels();
  // The first window warms the compiler; the second, a tenth of the size, is what the cost is compared with.
  grow(2000, tools, models);
  const small = figuresOf(grow(total / 10, tools, models));
  const large = grow(total, tools, models);
  for (const [name, { articles, seconds, stories }] of [
    ['a tenth', small],
    ['all', figuresOf(large)],
  ] as const)
    console.log(
      `${name.padEnd(8)} ${articles} articles, ${stories} stories, ${seconds.toFixed(1)} s of processor time, ${Math.round(articles / seconds)} articles/s`,
    );
  const ratio = large.seconds / large.articles / (small.seconds / small.articles);
  console.log(`cost per article, all to a tenth: ${ratio.toFixed(2)}`);
  const took: number[] = [];
  const single = articlesFrom(total, 99);
  for (let n = 0; n < SINGLES; n += 1) {
    const one = single.next().value;
    if (one === undefined) break;
    const startedAt = process.cpuUsage();
    large.window.take([one]);
    took.push(secondsSince(startedAt) * 1000);
  }
  took.sort((one, other) => one - other);
  console.log(
    `one more article: median ${took[SINGLES / 2]?.toFixed(2)} ms, 99th percentile ${took[Math.floor(SINGLES * 0.99)]?.toFixed(2)} ms`,
  );
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

type Tools = ReturnType<ReturnType<typeof loadEditorial>['groupTools']>;

/** Without the window, so that it does not count as memory of the next. */
function figuresOf({ articles, stories, seconds }: ReturnType<typeof grow>) {
  return { articles, stories, seconds };
}

function grow(total: number, tools: Tools, models: ReturnType<typeof loadSiftModels>) {
  const window = openStoryWindow(tools, models);
  const source = articlesFrom(total, 1);
  let stories = 0;
  let made = 0;
  let seconds = 0;
  for (let day = 0; day < DAYS; day += 1) {
    const fresh = Array.from({ length: Math.ceil(total / DAYS) }, () => source.next().value).filter(
      (one) => one !== undefined,
    );
    const startedAt = process.cpuUsage();
    const { stories: found } = window.take(fresh);
    seconds += secondsSince(startedAt);
    stories += found.filter(({ joins }) => joins[0]?.kind === 'first').length;
    made += fresh.length;
  }
  return { window, articles: made, stories, seconds };
}

const SYLLABLES = [...'云山海风石林星河光木火土金水春秋南北东西青白赤玄明远清和'];
const VERBS = ['发布', '开源', '收购', '起诉', '裁撤', '融资', '上线', '升级', '下架', '签约'];
const THINGS = [
  '语音模型',
  '推理芯片',
  '编程助手',
  '机器人手',
  '检索引擎',
  '翻译耳机',
  '视频工具',
  '数据集',
  '训练框架',
  '搜索插件',
];

/** Invented articles with their own names, numbers and sentences; tellings of one event share its facts. */
function* articlesFrom(total: number, seed: number): Generator<Article> {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const word = (length: number) => Array.from({ length }, () => SYLLABLES[random(SYLLABLES.length)]).join('');
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  let made = 0;
  for (let event = 0; made < total + SINGLES; event += 1) {
    const [who, thing, verb] = [`${word(2)}${pick(['科技', '智能', '实验室'])}`, pick(THINGS), pick(VERBS)];
    const name = `${word(2)}${random(90) + 10}`;
    const facts = [`${random(9000) + 1000}万`, `${random(90) + 10}%`, `${random(900) + 100}亿`];
    for (let telling = 0; telling < (TELLINGS[event % TELLINGS.length] ?? 1); telling += 1) {
      made += 1;
      const filler = Array.from(
        { length: 8 },
        () => `${word(3)}与${word(2)}在${word(2)}${pick(VERBS)}${pick(THINGS)}`,
      );
      const at = Date.UTC(2026, 2, 1) + Math.floor((made / total) * DAYS * 86_400_000);
      yield {
        id: `${seed}-${made}`.padStart(16, '0'),
        identity: `url:bench/${seed}/${made}`,
        sourceId: `source-${random(400)}`,
        publisher: `媒体${random(400)}`,
        url: `https://bench.example/${seed}/${made}`,
        title:
          telling === 0
            ? `${who}${verb}${thing}${name}`
            : `${thing}${name}：${who}${verb}，${facts[telling % 3]}`,
        language: 'zh',
        publishedAt: at,
        firstSeenAt: at + 1,
        excerpt: '',
        tags: [],
        body: {
          kind: 'feed',
          text: `${who}${verb}${thing}${name}，涉及${facts.join('、')}。${filler.join('，')}。`,
          why: '',
        },
      };
    }
  }
}
