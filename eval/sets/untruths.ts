import type { NameFinder } from '../../src/text/names.ts';

/** One change that makes a true summary untrue. */
export const UNTRUTHS = [
  'number',
  'unit',
  'name',
  'date',
  'version',
  'negation',
  'modality',
  'direction',
  'parties',
] as const;
export type Untruth = (typeof UNTRUTHS)[number];
export type ChangedSummary = { kind: Untruth; text: string; was: string; is: string };
/** A stretch of the summary and what to put in its place. */
type Change = { start: number; end: number; put: string };
type Make = (text: string, body: string, draw: () => number, tools: Tools) => Change[];
type Tools = { findNames: NameFinder; pool: readonly string[] };

const AMOUNT =
  /(?<![A-Za-z\d.,-]|[A-Za-z] )\d[\d,]*(?:\.\d+)?(?![\d.]*[A-Za-z]*\d|[-.]?[A-Za-z]| ?[年月日号点:：]|:\d)/g;
const SWAPS: Record<Extract<Untruth, 'unit' | 'direction'>, readonly (readonly [string, string])[]> = {
  unit: [
    ['亿美元', '亿元'],
    ['万美元', '万元'],
    ['美元', '元'],
    ['亿元', '亿美元'],
    ['万元', '万美元'],
    ['亿', '万'],
    ['万', '亿'],
    ['%', '个百分点'],
    ['个百分点', '%'],
    ['倍', '%'],
    ['小时', '分钟'],
    ['分钟', '小时'],
    ['秒', '分钟'],
    ['天', '个月'],
    ['个月', '年'],
    ['周', '天'],
    ['GB', 'MB'],
    ['TB', 'GB'],
    ['MB', 'GB'],
    ['B', 'M'],
    ['M', 'B'],
    ['K', 'M'],
    ['k', 'M'],
  ],
  direction: [
    ['增长', '下滑'],
    ['提升', '降低'],
    ['提高', '降低'],
    ['增加', '减少'],
    ['上涨', '下跌'],
    ['上升', '下降'],
    ['上调', '下调'],
    ['降低', '提升'],
    ['下降', '上升'],
    ['减少', '增加'],
    ['下调', '上调'],
    ['下滑', '增长'],
    ['缩短', '延长'],
    ['扩大', '缩小'],
    ['扩展', '缩减'],
    ['降至', '升至'],
    ['升至', '降至'],
    ['加速', '减缓'],
    ['优于', '劣于'],
    ['高于', '低于'],
    ['低于', '高于'],
    ['增强', '削弱'],
    ['领先', '落后'],
    ['更快', '更慢'],
    ['更强', '更弱'],
    ['更高', '更低'],
    ['更低', '更高'],
    ['更多', '更少'],
    ['更大', '更小'],
    ['更小', '更大'],
    ['强化', '弱化'],
    ['加强', '减弱'],
    ['加快', '放缓'],
    ['提速', '减速'],
    ['拓展', '收缩'],
    ['缩减', '扩大'],
    ['缩小', '扩大'],
    ['削减', '增加'],
    ['节省', '增加'],
    ['延长', '缩短'],
    ['改善', '恶化'],
    ['翻倍', '减半'],
    ['减半', '翻倍'],
    ['收紧', '放宽'],
    ['升高', '降低'],
    ['增至', '减至'],
    ['扩容', '缩容'],
    ['涨价', '降价'],
    ['降价', '涨价'],
    ['超过', '不足'],
  ],
};
/** Verbs that stand right after who does it or after an adverb, so that a denial before them is a sentence still. */
const DENIABLE =
  /(?<![不未没无非能可会将已已经经过所与和及的供])(?:支持|发布|推出|提供|开放|上线|采用|集成|接入|完成|获得|实现|宣布|面向|适用于|可用于|超越|允许|能够|开源|新增|引入|包含|解决)/g;
const DOUBTABLE =
  /(?<![不未没无非能可会将已已经经过所与和及的供拟划备])(?:发布|推出|上线|开放|收购|完成|获得|新增|接入|集成|开源)(?=了|[A-Za-z\p{Script=Han}])/gu;
const DEEDS =
  '收购|起诉|投资|发布|推出|上线|开源|超越|优于|击败|接入|集成|支持|基于|加入|调用|引入|采用|搭载|内置|训练|整合|领投|指控|登陆|兼容|开发';

const MAKERS: Record<Untruth, Make> = {
  number: (text, body, draw) =>
    [...text.matchAll(AMOUNT)].flatMap((match) => {
      const put = otherNumber(match[0], draw);
      return hasNumber(body, put) || hasNumber(text, put) ? [] : [change(match, put)];
    }),
  unit: (text, body) =>
    [...text.matchAll(AMOUNT)].flatMap((match) => {
      const end = match.index + match[0].length;
      const rest = text.slice(end);
      const gap = rest.length - rest.trimStart().length;
      const swap = SWAPS.unit.find(
        ([from]) =>
          rest.trimStart().startsWith(from) && !/^[A-Za-z]/.test(rest.trimStart().slice(from.length)),
      );
      if (swap === undefined) return [];
      const made = `${match[0]}${swap[1]}`;
      return bare(body).includes(bare(made))
        ? []
        : [{ start: end + gap, end: end + gap + swap[0].length, put: swap[1] }];
    }),
  name: (text, body, draw, { findNames, pool }) => {
    const there = bare(`${body}${text}`);
    const around = new Set(findNames(`${body}\n${text}`).flatMap(({ name }) => [name.name, name.of ?? '']));
    return findNames(text).flatMap(({ start, end }) => {
      for (let attempt = 0; attempt < 9; attempt += 1) {
        const put = pool[Math.floor(draw() * pool.length)] ?? '';
        const hit = findNames(put)[0]?.name;
        if (!there.includes(bare(put)) && hit && !around.has(hit.name) && !around.has(hit.of ?? '-'))
          return [{ start, end, put }];
      }
      return [];
    });
  },
  date: (text, body, draw) => [
    ...[...text.matchAll(/(\d{1,4}) ?([年月日号])/g)].flatMap((match) => {
      const number = Number(match[1]);
      const unit = match[2] ?? '';
      if (unit === '年' && number < 1900) return [];
      const most = unit === '年' ? number + 3 : unit === '月' ? 12 : 28;
      const least = unit === '年' ? number - 3 : 1;
      // Dates are few: two changes each.
      const others = [0, 1].map(() => least + Math.floor(draw() * (most - least + 1)));
      return [...new Set(others)].flatMap((other) => {
        const same = other === number || new RegExp(`(?<!\\d)${other} ?[年月日号]`).test(`${body}${text}`);
        return same ? [] : [change(match, `${other}${unit}`)];
      });
    }),
    ...[
      ...text.matchAll(
        /(?:周|星期)[一二三四五六日]|昨[天日]|明[天日]|今[天日]|去年|明年|今年|本月|下个?月|上个?月|[本下上]周(?![一二三四五六日末])|[上下]半年|(?<=[月年])[底初]|[上中下]旬|第?[一二三四]季度/g,
      ),
    ].flatMap((match) => {
      const put = otherDayWord(match[0], draw);
      return body.includes(put) || text.includes(put) ? [] : [change(match, put)];
    }),
    // More exact than anybody told it.
    ...[...text.matchAll(/近[日期]|日前/g)].flatMap((match) => {
      const put = `${1 + Math.floor(draw() * 28)}日`;
      return new RegExp(`(?<!\\d)${put.slice(0, -1)} ?[日号]`).test(`${body}${text}`) ||
        /昨|今[天日]/.test(body)
        ? []
        : [change(match, put)];
    }),
  ],
  version: (text, body, draw) =>
    [...text.matchAll(/(?<=[A-Za-z][ -]?)\d+(?:\.\d+)?(?=[，。、\s的及与和模系）)]|$)/g)].flatMap((match) => {
      if (Number(match[0]) > 40) return [];
      const [whole = '', part = '0'] = match[0].split('.');
      const put = `${whole}.${((Number(part) + Math.floor(draw() * 8)) % 9) + 1}`;
      return hasNumber(body, put) || put === match[0] ? [] : [change(match, put)];
    }),
  negation: (text, _body, draw) => [
    ...[...text.matchAll(DENIABLE)].map((match) => ({
      start: match.index,
      end: match.index,
      put: ['未', '并未', '没有', '不再', '尚未'][Math.floor(draw() * 5)] ?? '未',
    })),
    ...[
      ...text.matchAll(
        /无需|无须|无法|不支持|不会|不再|并未|尚未|没有|(?<![从并尚])未(?=[能公正被对经完])|暂不/g,
      ),
    ].flatMap((match) => {
      const put =
        { 无需: '需要', 无须: '需要', 无法: '可以', 不支持: '支持', 不会: '会', 不再: '继续', 没有: '有' }[
          match[0]
        ] ?? '已';
      return [change(match, put)];
    }),
  ],
  modality: (text, _body, draw) => [
    ...[...text.matchAll(DOUBTABLE)].map((match) => ({
      start: match.index,
      end: match.index,
      put: ['计划', '或将', '可能', '拟', '预计将'][Math.floor(draw() * 5)] ?? '拟',
    })),
    ...[
      ...text.matchAll(
        /(?:计划|预计|有望|即将|或将|可能|拟|将)(?:于|在)?(?=[^，。]{0,12}(?:发布|推出|上线|开放|收购|开源|支持|停用|登陆|举行))/g,
      ),
    ].map((match) => change(match, '已')),
    ...[...text.matchAll(/据(?:报道|称|悉|传|知情人士透露|外媒报道)，?|消息称/g)].map((match) =>
      change(match, ''),
    ),
  ],
  direction: (text, body) =>
    SWAPS.direction.flatMap(([from, put]) =>
      [...text.matchAll(new RegExp(`(?<!提)${from}(?!学习)`, 'g'))]
        .filter(() => !body.includes(put))
        .map((match) => change(match, put)),
    ),
  parties: (text, _body, _draw, { findNames }) =>
    [...text.matchAll(new RegExp(DEEDS, 'g'))].flatMap((match) => {
      const names = partiesIn(text, findNames);
      const before = names.findLast(
        ({ end }) => end <= match.index && !/[，。；、]/.test(text.slice(end, match.index)),
      );
      const after = names.find(({ start }) => start >= match.index + match[0].length);
      if (!before || !after || match.index - before.end > 12) return [];
      const middle = text.slice(before.end, after.start);
      if (
        /[，。；：]/.test(middle) ||
        after.start - match.index > 12 ||
        /[和与及、]\s*$/.test(text.slice(0, before.start))
      )
        return [];
      const [one, other] = [text.slice(before.start, before.end), text.slice(after.start, after.end)];
      if (bare(one).includes(bare(other)) || bare(other).includes(bare(one))) return [];
      return [{ start: before.start, end: after.end, put: `${other}${middle}${one}` }];
    }),
};

/** All single changes of these kinds to one summary that contradict its body, as far as letters can tell; seeded. */
export function untruthsOf(text: string, body: string, seed: number, tools: Tools): ChangedSummary[] {
  const draw = seeded(seed);
  return UNTRUTHS.flatMap((kind) =>
    MAKERS[kind](text, body, draw, tools).map(({ start, end, put }) => ({
      kind,
      text: text.slice(0, start) + put + text.slice(end),
      was: text.slice(Math.max(0, start - 4), end + 8),
      is: text.slice(Math.max(0, start - 4), start) + put + text.slice(end, end + 8),
    })),
  );
}

/** Words of the trade that are nobody's name. */
const NOBODY =
  /^(?:(?:AI|Agents?|APIs?|CLI|SaaS|Tokens?|IDE|SDK|MCP|UI|Pro|Max|Plus|Skills?|App|OCR|LLM|Beta|GPU|[A-Z])(?: |$))+$/;

/** Whole names: of the table, or runs of Latin words with a capital, not cut out of a longer word. */
function partiesIn(text: string, findNames: NameFinder): { start: number; end: number }[] {
  const known = findNames(text).map(({ start, end }) => ({ start, end }));
  const latin = [
    ...text.matchAll(/(?<![A-Za-z0-9.-])[A-Z][A-Za-z0-9.+-]*[A-Za-z0-9+](?: [A-Z0-9][A-Za-z0-9.+-]*)*/g),
  ].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const meets = (one: { start: number; end: number }, other: { start: number; end: number }) =>
    one.start < other.end && one.end > other.start;
  const loose = known.filter(
    (name) =>
      !latin.some((run) => meets(name, run)) &&
      !/[A-Za-z0-9-]/.test(text.charAt(name.start - 1) + text.charAt(name.end)),
  );
  return [...latin, ...loose]
    .filter(({ start, end }) => !NOBODY.test(text.slice(start, end)))
    .toSorted((one, other) => one.start - other.start);
}

function change(match: RegExpExecArray, put: string): Change {
  return { start: match.index, end: match.index + match[0].length, put };
}

function otherNumber(digits: string, draw: () => number): string {
  const value = Number(digits.replaceAll(',', ''));
  const places = digits.split('.')[1]?.length ?? 0;
  const factor = [0.3, 0.5, 0.7, 1.4, 2, 3][Math.floor(draw() * 6)] ?? 2;
  const other = value * factor;
  const made = places > 0 ? other.toFixed(places) : String(Math.max(2, Math.round(other)));
  return Number(made) === value ? String(value + 3) : made;
}

function otherDayWord(word: string, draw: () => number): string {
  const oneOf = (letters: string) => letters.charAt(Math.floor(draw() * letters.length));
  if (/^周|^星期/.test(word)) return word.slice(0, -1) + oneOf('一二三四五六日');
  if (word.endsWith('季度')) return word.replace(/[一二三四]/, oneOf('一二三四'));
  if (word.endsWith('旬')) return `${oneOf('上中下')}旬`;
  const swaps: Record<string, string> = {
    昨天: '明天',
    昨日: '明日',
    明天: '昨天',
    明日: '昨日',
    今天: '昨天',
    今日: '昨日',
    去年: '今年',
    今年: '去年',
    明年: '今年',
    本月: '下月',
    本周: '上周',
    下周: '上周',
    上周: '下周',
    上半年: '下半年',
    下半年: '上半年',
    底: '初',
    初: '底',
  };
  return swaps[word] ?? '本月';
}

function hasNumber(text: string, digits: string): boolean {
  return new RegExp(`(?<![\\d.])${digits.replace('.', '\\.')}(?!\\d|\\.\\d)`).test(text.replaceAll(',', ''));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[\s*`_-]/g, '');
}

/** Mulberry32: small, fast, the same numbers everywhere. */
function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
