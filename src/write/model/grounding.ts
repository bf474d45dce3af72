import type { NameFinder } from '../../text/names.ts';
import { clausesOf } from '../../text/sentences.ts';
import { plainText } from '../facts/plain-text.ts';
import type { Lexicon } from './lexicon.ts';

/** What the sources of a story say, for asking how much of a sentence comes from them. */
export type Ground = {
  /** Neighbouring Chinese characters of the sources. */
  pairs: ReadonlySet<string>;
  /** Groups of the lexicon that have a word in the sources. */
  groups: ReadonlySet<number>;
};

/** `share`: how much of a sentence the sources explain, 0..1; 1 when there is nothing to explain. */
export type Grounding = {
  share: number;
  /** The clause that is explained least, among those long enough to say something. */
  weakest?: { clause: string; share: number };
  /** Words for events that the sources do not speak of. */
  strangers: string[];
};

/** Characters that every Chinese sentence has, whatever it says. */
const EMPTY = new Set(
  '的了在与和为将已可被把对从向其该这及或等于以由是有而也并还就都中上下后前时用个款项名家并之至到',
);
/** A shorter clause says too little of its own to be measured. */
const LEAST_CLAUSE = 5;

const RUN = /\p{Script=Han}+/gu;
/** Numbers with what counts them; the fact check has compared them already. */
const AMOUNT =
  /[\d.,]+\s*(?:[%％万亿千百十]*(?:美元|欧元|人民币|元|人|倍|个百分点|年|月|日|号|小时|分钟|秒|天|次|篇|件|张|台|家|种|项|个|岁|枚|套|页|字|词元|公里|米|吨|瓦)?)|[一二两三四五六七八九十百千万亿]+(?:美元|元|人|倍|年|月|日|小时|天|次|个|家|种|项|款)/gu;

/** Reads the sources once for all claims of a brief. */
export function readGround(texts: readonly string[], lexicon: Lexicon): Ground {
  const text = plainText(texts.join('\n'));
  const pairs = new Set<string>();
  for (const [run] of text.matchAll(RUN))
    for (let at = 0; at + 2 <= run.length; at += 1) pairs.add(run.slice(at, at + 2));
  return { pairs, groups: lexicon.groupsIn(text) };
}

/**
 * How much of a Chinese sentence its sources explain, whichever script they are in. A character counts as explained
 * when it stands in a pair of the source, in a known name, in an amount, or in a word of the lexicon that has a
 * counterpart there. Pure; linear in the claim.
 */
export function groundingOf(
  claim: string,
  ground: Ground,
  lexicon: Lexicon,
  findNames: NameFinder,
): Grounding {
  const plain = plainText(claim);
  const explained = new Set<number>();
  const explain = (start: number, end: number) => {
    for (let at = start; at < end; at += 1) explained.add(at);
  };
  for (const { start, end } of findNames(plain)) explain(start, end);
  for (const match of plain.matchAll(AMOUNT)) explain(match.index, match.index + match[0].length);
  const strangers: string[] = [];
  for (const { value, phrase, start, end } of lexicon.find(plain)) {
    if (value.some((group) => ground.groups.has(group))) explain(start, end);
    else if (value.every(lexicon.isDeed) && !inName(findNames, plain, start)) strangers.push(phrase);
  }
  for (const match of plain.matchAll(RUN))
    for (let at = match.index; at + 2 <= match.index + match[0].length; at += 1)
      if (ground.pairs.has(plain.slice(at, at + 2))) explain(at, at + 2);

  const shareOf = (start: number, end: number) => {
    let said = 0;
    let known = 0;
    for (let at = start; at < end; at += 1) {
      const sign = plain.charAt(at);
      if (!/\p{Script=Han}/u.test(sign) || EMPTY.has(sign)) continue;
      said += 1;
      known += explained.has(at) ? 1 : 0;
    }
    return { said, share: said === 0 ? 1 : known / said };
  };
  let from = 0;
  const clauses = clausesOf(plain).flatMap((clause) => {
    const start = plain.indexOf(clause, from);
    from = start + clause.length;
    const { said, share } = shareOf(start, from);
    return said >= LEAST_CLAUSE ? [{ clause, share }] : [];
  });
  const weakest = clauses.toSorted((one, other) => one.share - other.share)[0];
  return { share: shareOf(0, plain.length).share, strangers, ...(weakest ? { weakest } : {}) };
}

function inName(findNames: NameFinder, plain: string, at: number): boolean {
  return findNames(plain).some(({ start, end }) => at >= start && at < end);
}
