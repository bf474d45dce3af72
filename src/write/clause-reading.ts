import type { Word } from '../text/segment.ts';
import type { Style } from './style.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What one clause says, of whom, as far as the kinds of its words tell. */
export type ClauseReading = {
  /** That something is or happens. */
  says: boolean;
  /** What it says is an event by the house's verbs. */
  event: boolean;
  /** The words before what is said; empty when they are no subject. */
  subject: string;
  /** Only names somebody or something. */
  thing: boolean;
  /** Holds a name. */
  named: boolean;
  /** Names one who may speak. */
  speaks: boolean;
  /** How many words it has besides when and where. */
  words: number;
};

/** Reads a clause without its mark. Its predicate is a verb of an event, or the first verb that stands in no phrase with 的. */
export function readClause(all: readonly Word[], desk: WritingDesk): ClauseReading {
  const words = withoutOccasion(all.filter(({ text }) => text.trim() !== ''));
  const events = eventsIn(words, desk);
  const of = words.findLastIndex(({ text }) => text === '的');
  const at = predicateOf(words, events, of);
  const subject = at < 0 ? [] : words.slice(0, at);
  return {
    says: at >= 0,
    event: at >= 0 && isEvent(words, at, events),
    subject: isSubject(subject, desk) ? joined(withoutAdverbs(subject)) : '',
    thing: at < 0 && isSubject(words, desk),
    speaks: at < 0 && SPEAKER.test(joined(words)),
    named: words.some(({ kind }) => kind === 'eng') || desk.findNames(joined(words)).length > 0,
    words: words.length,
  };
}

/** Who may speak before a colon. */
const SPEAKER = /(?:[长员师家者座席官人]|行|公司|集团|[部局院会署]|CEO|CTO)$/u;

/** `青石连续` of `青石连续完成融资`. */
function withoutAdverbs(words: readonly Word[]): readonly Word[] {
  const last = words.findLastIndex(({ kind }) => !/^(?:d|ad|a|t|z|p|c)$/.test(kind));
  return last < 0 ? words : words.slice(0, last + 1);
}

/** `拟融资`, `已被起诉`: after its adverbs; `医疗理解大模型开源`: at the end. */
function isEvent(words: readonly Word[], at: number, events: ReadonlySet<number>): boolean {
  const first = words.findIndex(
    (word, n) => n >= at && (events.has(n) || !/^(?:d|ad|v|p|t)$/.test(word.kind)),
  );
  return events.has(first) || (events.has(words.length - 1) && words.every(({ text }) => text !== '的'));
}

/** Where what is said begins, -1: nowhere. */
function predicateOf(words: readonly Word[], events: ReadonlySet<number>, of: number): number {
  const found = words.flatMap((_, at) => (isPredicate(words, at, events) ? [at] : []));
  const after = found.find((at) => at > of);
  const main = after ?? found.find((at) => at === 0 || events.has(at) || isTold(words, at));
  if (after !== undefined && of > 0) {
    // `青石发布最快的上线工具`: an event of a subject before the 的 is the main one.
    const before = found.find((at) => at > 0 && at < of && (events.has(at) || isTold(words, at)));
    if (before !== undefined) return before;
  }
  if (main === undefined) return -1;
  // `融资700亿元的青石`: a firm and what is said of it in passing.
  if (
    main === 0 &&
    after === undefined &&
    of > 0 &&
    words.slice(of + 1).every(({ kind }) => kind === 'eng' || kind === 'nz')
  )
    return -1;
  if (main === 0 && !events.has(0)) {
    // `推理芯片公司获投资`, `绝望的青石`: a verb that only describes the thing after it.
    const later = /^(?:[nj]|eng)/.test(words[1]?.kind ?? '')
      ? found.find((at) => at > 1 && (events.has(at) || (isTold(words, at) && words[at]?.kind !== 'n')))
      : undefined;
    return later ?? (of > 0 && after === undefined ? -1 : 0);
  }
  // `开源模型登顶榜单`: its event is what comes after the thing.
  if (main === 0 && /^(?:n|vn)$/.test(words[0]?.kind ?? ''))
    return found.find((at) => at > 1 && /^v/.test(words[at]?.kind ?? '')) ?? 0;
  return main;
}

/** `今年`, `在大会上`, `5月20日`: when and where. */
function withoutOccasion(words: readonly Word[]): readonly Word[] {
  const [first] = words;
  if (first === undefined) return words;
  const date = /^(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号]/.exec(joined(words.slice(0, 6)))?.[0].length ?? 0;
  if (date > 0) {
    const ends = words.findIndex((_, at) => joined(words.slice(0, at + 1)).length >= date);
    return withoutOccasion(words.slice(ends + 1));
  }
  if (/^[在从随自]/.test(first.text)) {
    const closes = words.findIndex(
      ({ text }, at) => at > 1 && at < 9 && /^(?:上|中|下|里|内|后|前|时|之后|之前|以来|期间)$/.test(text),
    );
    return closes > 0 ? withoutOccasion(words.slice(closes + 1)) : words;
  }
  const opens =
    first.kind === 't' ||
    (/^(?:c|d)$/.test(first.kind) &&
      /^(?:[^将把被要能可会正已曾不未没别再又也都还却就只].|刚)/.test(first.text));
  return opens && words.length > 1 ? withoutOccasion(words.slice(1)) : words;
}

/** Names somebody or something, and does not begin like the second half of a sentence. */
function isSubject(words: readonly Word[], { findNames }: WritingDesk): boolean {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined || POINTS.test(first.text) || last.text === '的')
    return false;
  const closed = words.some(({ text }) => text === '的');
  if (!closed && (LEADS.test(first.text) || /^(?:p|c|y|e|ad|u.*)$/.test(first.kind)))
    return findNames(first.text).length > 0;
  // `专为…打造`: one letter is no name.
  const said = joined(words);
  return said.length > 1 && (words.some(({ kind }) => NOUN.test(kind)) || findNames(said).length > 0);
}

/** `x` are words that jieba does not know: mostly names. */
const NOUN = /^(?:n|eng|j|r$|s$|l$|vn|an$|x$)/;
/** Who these are was said elsewhere, or is the reader. */
const POINTS =
  /^(?:[他她它]们?|其|该|此|这|那|这[家个款项样些]|那[个样]|如何|怎么|为何|什么|本文|不用|不要|别|请|看|想|要|你|您)$/;
const LEADS =
  /^(?:领先|告别|直面|面对|瞄准|被|把|将|给|让|对|与|向|为|比|用|以|利用|通过|面向|基于|用于|针对|围绕|关于|根据|借助|支持)$/;

function isPredicate(words: readonly Word[], at: number, events: ReadonlySet<number>): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (word === undefined || next?.text === '的') return false;
  // `离职前`, `发布后`: only when.
  if (/^(?:前|后|时|之后|之前|以来|会上|会)$/.test(next?.text ?? '') && next?.kind !== 'v') return false;
  if (events.has(at)) return before?.text !== '的';
  if (at > 0 && next?.text === '了') return true;
  // `青石彻底重构接口`: what follows an adverb is done, whatever jieba takes it for.
  if (
    at > 1 &&
    /^(?:d|ad)$/.test(before?.kind ?? '') &&
    /^(?:x|vn)$/.test(word.kind) &&
    !/^[A-Za-z]/.test(word.text)
  )
    return true;
  if (PREDICATES.test(word.text)) return true;
  // `份额95%`, `月薪3万`: so much is said of it.
  if (word.kind === 'm' && at > 0 && /^n/.test(before?.kind ?? ''))
    return /^[\d.]+ ?(?:%|％|[万亿]?(?:美?元|人|倍)?)$/.test(joined(words.slice(at)));
  if (word.text === '在') return /^v/.test(next?.kind ?? '');
  if (/^(?:v|vd|vi|vg|zg)$/.test(word.kind)) {
    const plain = /^(?:d|ad|t)$/.test(before?.kind ?? '') || at === 0;
    if (NEVER_SAYS.test(word.text)) return /^(?:eng|m|u|a|r|vn)/.test(next?.kind ?? '');
    // `身份验证`, `模型的存储与训练`: the name of a doing.
    const noun = next === undefined || /^[与和及、]|以及$/.test(next.text);
    return before?.text !== '的' && (plain || !noun || word.text.length === 1);
  }
  // `关系似乎缓和`, `竞争愈演愈烈`: something is like that.
  if (/^(?:i|l)$/.test(word.kind)) return at > 0 && next === undefined;
  return /^(?:a|z)$/.test(word.kind) && at > 0 && (next === undefined || next.kind.startsWith('u'));
}

const PREDICATES =
  /^(?:是|有|被|遭|获|让|称|像|成|达|超|需|能|会|可|将|已|正|拟|不|没|未|却|非|并非|就是|不是|还是|正在|只有|没有|无需|不再|终于|已经)$/;
/** Tagged as verbs, but found in the names of things. */
const NEVER_SAYS =
  /^(?:智能|用于|推理|思维|翻译|编辑|创始|执行|训练|微调|开发|驾驶|测试|搜索|学习|计算|生成|识别|感知|规划|对齐|编程|交互|增强|推荐|预览|具身)$/;

/** The words at which one of the house's verbs of events begins, also cut in two (`惊` `现`) or after an adverb (`再发布`). */
function eventsIn(words: readonly Word[], { style }: WritingDesk): Set<number> {
  const verbs = verbsOf(style);
  const found = new Set<number>();
  for (const [at, { text, kind }] of words.entries()) {
    if (/^(?:eng|m)$/.test(kind) || !/^\p{Script=Han}/u.test(text)) continue;
    const rest = text + (words[at + 1]?.text ?? '');
    const begins = LENGTHS.some(
      (length) =>
        verbs.has(rest.slice(0, length)) &&
        (text.length <= length || /^[了出至到成过]$/.test(text.slice(length))),
    );
    if (verbs.has(text) || begins || (text.length === 3 && verbs.has(text.slice(1)))) found.add(at);
  }
  return found;
}
/** Characters of the verbs that are looked for at the beginning of a word. */
const LENGTHS = [2, 3, 4];

const known = new WeakMap<Style, ReadonlySet<string>>();
function verbsOf(style: Style): ReadonlySet<string> {
  const verbs = known.get(style) ?? new Set([...style.summary.actions, ...style.headline.deeds]);
  known.set(style, verbs);
  return verbs;
}

/** `已`, `正在`, `是`, `盯上`: told as something that is or happens. */
function isTold(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  return (
    /^(?:是|不是|并非|已|将|正在|终于|要|会|能|可|.[上下住起出成到])$/u.test(word?.text ?? '') ||
    /^(?:d|ad|p)$/.test(before?.kind ?? '') ||
    /^[了过出到成上下]$/.test(next?.text ?? '')
  );
}

function joined(words: readonly Word[]): string {
  return words.reduce(
    (text, word) =>
      text + (/[A-Za-z0-9]$/.test(text) && /^[A-Za-z0-9]/.test(word.text) ? ' ' : '') + word.text,
    '',
  );
}
