import { createHash } from 'node:crypto';
import type { DeepRead } from '../../src/domain/deep-read.ts';
import type { Edition, Item, LeftOut } from '../../src/domain/edition.ts';
import type { Archive, SourceRow } from '../../src/publish/archive.ts';
import { composeWeekly } from '../../src/publish/compose-weekly.ts';
import { createNameFinder, type Name } from '../../src/text/names.ts';

/** Invented firms and things; nothing of them exists. */
const FIRMS = [
  '青石智能',
  '远帆科技',
  '灯塔实验室',
  'Tidal',
  '北岸集团',
  'Harbor Labs',
  '松涛计算',
  '芦苇科技',
  'Quartz',
  '白鹭机器人',
];
const THINGS = [
  '开源模型',
  '推理芯片',
  '代码助手',
  '语音接口',
  '智能体平台',
  '多模态模型',
  '机器人手臂',
  '检索框架',
  '视频生成工具',
  '数据集',
];
const DEEDS = [
  '发布',
  '升级',
  '开源',
  '下调价格',
  '停止服务',
  '完成融资',
  '公布评测',
  '开放试用',
  '回应质疑',
  '招募测试',
];
const CITIES = ['杭州', '深圳', '成都', '上海', '苏州', '武汉', '西安', '青岛'];
const MORE = ['参数规模达到', '推理成本降低', '用户总数超过', '训练数据共有', '响应时间缩短', '准确率提高'];
const SECTIONS = ['新闻资讯', '产品应用', '推荐文章', '开源动态', '算法论文'];
const PUBLISHERS = ['青石日报', '芦苇周报', '远帆观察', '灯塔在线', '北岸新闻', '松涛评论', '白鹭科技'];
const COMMON =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严';
const SIGNS = [...COMMON];

export const INVENTED_NAMES: Name[] = FIRMS.map((name) => ({
  name,
  kind: 'company',
  aliases: [],
  ai: 1,
  fame: 1,
}));

/** Numbers that look random and are always the same for the same seed. */
function dice(seed: string): (sides: number) => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

/** `2018-01-01` and `days` later. */
export function inventedDate(days: number): string {
  return new Date(Date.UTC(2018, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How an edition is invented: about one item in eight follows up one of the days before. */
const ITEMS = 37;
const LEFT_OUT = 60;

/** The edition of day `n`, always the same. Nothing is kept between calls. */
export function inventedEdition(n: number, items = ITEMS): Edition {
  const date = inventedDate(n);
  const placed = Array.from({ length: items }, (_, place) => ({
    section: SECTIONS[place % 5] ?? '',
    item: inventedItem(n, place),
  }));
  return {
    date,
    title: `AI日报：${placed
      .slice(0, 3)
      .map(({ item }) => item.brief.headline)
      .join('; ')}`,
    tagline: '筛掉噪音，只留今天值得知道的。',
    sections: SECTIONS.map((name) => ({
      name,
      items: placed.filter(({ section }) => section === name).map(({ item }) => item),
    })).filter((section) => section.items.length > 0),
    revision: 1,
    contentHash: `${date}-1`,
    madeFrom: 'rules-1',
    composedAt: Date.parse(`${date}T01:00:00Z`),
    status: { kind: 'approved' },
    leftOut: Array.from({ length: LEFT_OUT }, (_, place) => inventedLeftOut(n, place)),
    articleIds: {},
  };
}

/** The edition with a deep read of its first item, which says nothing of why it matters. */
export function withDeepRead(edition: Edition): Edition {
  const [item] = edition.sections[0]?.items ?? [];
  if (item === undefined) return edition;
  const { storyId, articleId, url, headline } = item.brief;
  const said = (...claims: string[]) => claims.map((claim) => ({ claim, source: claim, articleId }));
  const deep: DeepRead = {
    ...{ storyId, articleId, url, headline, publisher: item.publisher, date: edition.date },
    told: said(
      `${item.publisher}的这篇文章从一间机房讲起：去年冬天，工程师把三十二台旧机器接在一起，想看看它们还能做什么。`,
      '他们先试了最小的模型，又花了四个月把训练数据重新清洗一遍，删掉重复的段落和没有出处的数字。',
      '文章的后半篇写的是取舍：哪些任务值得用大模型，哪些用一条规则就够了。',
    ),
    figures: said(
      '训练一共用了 32 台机器、118 天，电费约 46 万元。',
      '在公开的 1,200 道题上，准确率从 61.5% 升到 74.2%，而参数规模只有先前的三分之一。',
    ),
    matters: [],
    doubts: said('作者承认，评测题目里约有一成可能在训练数据中出现过，这个数字没有经过第三方核对。'),
    further: [
      { kind: 'primary', label: '论文', url: `https://papers.example/${storyId}` },
      { kind: 'outlet', label: '远帆观察：旧机房里的新模型', url: `https://other.example/${storyId}` },
      { kind: 'earlier', label: '青石智能重启旧机房', url, date: inventedDate(0) },
    ],
    writer: 'extractive-deep/1',
  };
  return { ...edition, deepReads: [deep] };
}

/** The weekly edition that these dailies give. */
export function inventedWeekly(week: string, dailies: readonly Edition[]): Edition {
  const plan = { week, name: 'AI周报', tagline: '', maxItems: 20, sections: SECTIONS, resolved: new Map() };
  const { content, leftOut, leads } = composeWeekly(dailies, plan);
  const composedAt = dailies.at(-1)?.composedAt ?? 0;
  return {
    ...content,
    opening: `这一周最要紧的是：${leads[0]?.headline ?? ''}。`,
    ...{ revision: 1, contentHash: `${week}-1`, madeFrom: 'weekly', composedAt, leftOut, articleIds: {} },
    status: { kind: 'approved' },
  };
}

function storyOf(n: number, place: number): string {
  return `s${createHash('sha256').update(`${n}/${place}`).digest('hex').slice(0, 16)}`;
}

/** A story goes on for some days: the first places of a day follow up the places of two days ago in every other case. */
function originOf(n: number, place: number): number {
  let day = n;
  while (day >= 2 && place < 10 && dice(`${day}/${place}/goes-on`)(2) === 0) day -= 2;
  return day;
}

function inventedItem(n: number, place: number): Item {
  const roll = dice(`${n}/${place}`);
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? '';
  const [firm, thing, deed] = [pick(FIRMS), pick(THINGS), pick(DEEDS)];
  const origin = originOf(n, place);
  const words = Array.from({ length: 24 }, () => SIGNS[roll(SIGNS.length)]).join('');
  const headline = `${firm}${deed}${thing}${roll(90) + 10}号`;
  const storyId = storyOf(origin, place);
  const url = `https://news.example/${storyId}/${n}`;
  return {
    brief: {
      storyId,
      articleId: storyId.slice(1),
      url,
      headline,
      summary: `${firm}今日在${pick(CITIES)}${deed}${thing}，${pick(MORE)}${roll(900) + 100}，${pick(MORE)}${roll(90)}%。${words}，${pick(FIRMS)}的${pick(THINGS)}也将在下周${pick(DEEDS)}。`,
      marks: place === 9 ? ['thin'] : [],
      evidence: [{ claim: headline, source: headline, articleId: storyId.slice(1) }],
      writer: 'extractive/1',
    },
    worth: 90 - place,
    publisher: pick(PUBLISHERS),
    outlets: Array.from({ length: roll(4) === 0 ? roll(4) : 0 }, (_, other) => ({
      name: `${pick(PUBLISHERS)}${other + 2}台`,
      url: `https://other.example/${storyId}/${other}`,
      title: `${firm}${deed}了${thing}`,
    })),
    parts: [{ signal: '基础分', weight: 14 }],
    ...(origin < n
      ? {
          followUp: {
            label: origin < n - 2 ? '持续跟踪' : '新进展',
            newSentence: `${thing}的价格定为每月${roll(90) + 9}元。`,
            date: inventedDate(n - 2),
            headline: inventedHeadline(n - 2, place),
            url: `https://news.example/${storyId}/${n - 2}`,
          },
        }
      : {}),
  };
}

function inventedHeadline(n: number, place: number): string {
  const roll = dice(`${n}/${place}`);
  const pick = (list: readonly string[]) => list[roll(list.length)] ?? '';
  const [firm, thing, deed] = [pick(FIRMS), pick(THINGS), pick(DEEDS)];
  for (let n = 0; n < 24; n += 1) roll(SIGNS.length);
  return `${firm}${deed}${thing}${roll(90) + 10}号`;
}

function inventedLeftOut(n: number, place: number): LeftOut {
  const roll = dice(`${n}/left/${place}`);
  const noisy = roll(3) === 0;
  return {
    storyId: `${storyOf(n, place)}x`,
    title: `${FIRMS[roll(FIRMS.length)]}的${THINGS[roll(THINGS.length)]}讲座报名`,
    url: `https://news.example/left/${n}/${place}`,
    publisher: PUBLISHERS[roll(PUBLISHERS.length)] ?? '',
    section: SECTIONS[roll(5)] ?? '',
    noise: noisy ? 'event' : null,
    worth: roll(40),
    parts: [
      { signal: '基础分', weight: 14 },
      { signal: '标题党', weight: -3 },
    ],
    why: noisy ? '活动报名：命中短语“报名”' : `价值 ${roll(13)} 分，低于 14 分`,
  };
}

const ROWS: SourceRow[] = PUBLISHERS.map((name, n) => ({
  name,
  kind: 'feed',
  ...(n === 0 ? {} : { url: `https://news.example/${n}` }),
  articles: 40 - n,
  chosenShare: 0.5 - n / 20,
  firstShare: 0.3,
  noiseShare: n / 20,
  fullTextShare: 1 - n / 10,
}));

/** An archive of these editions; `editions` may be changed between builds. Counts what is read of it. */
export function archiveOf(editions: Map<string, () => Edition>): Archive & { read: string[] } {
  const read: string[] = [];
  return {
    read,
    stamps: async () => [...editions].map(([date, make]) => ({ date, stamp: stampOf(make) })),
    async *editions(dates) {
      for (const date of dates) {
        const edition = editions.get(date)?.();
        read.push(date);
        if (edition !== undefined) yield edition;
      }
    },
    sources: async () => ROWS,
    findNames: createNameFinder(INVENTED_NAMES),
    namesStamp: 'names-1',
  };
}

const stamps = new WeakMap<() => Edition, string>();
function stampOf(make: () => Edition): string {
  const known = stamps.get(make);
  if (known !== undefined) return known;
  const { revision, contentHash } = make();
  stamps.set(make, `${revision}/${contentHash}`);
  return `${revision}/${contentHash}`;
}

/** The first `days` invented editions, made when asked for. */
export function inventedArchive(days: number, items = ITEMS): Map<string, () => Edition> {
  return new Map(
    Array.from({ length: days }, (_, n) => [inventedDate(n), () => inventedEdition(n, items)] as const),
  );
}
