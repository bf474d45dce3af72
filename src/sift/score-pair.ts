import type { Instant } from '../domain/article.ts';
import { cosine, type Piece } from './pieces.ts';

/** Share of the title's cosine; the rest is title and lead together. Titles say the event, leads its background. */
const TITLE_SHARE = 0.55;
/** For a number, a version, or a second name (the company of a shared product counts) that both carry. */
const BONUS = { number: 0.08, version: 0.06, secondName: 0.05 };
/** Below this likeness a shared number is chance. */
const BONUS_FROM = 0.12;
/** Names alone never make one story: without a shared rarer word, number or version the score is cut to this share. */
const ONLY_NAMES_SHARE = 0.35;
/**
 * Sum of the rarity of all shared terms from which the likeness is believed in full. About two and a half terms that
 * only these two pieces have: one shared word makes two short titles look alike by chance.
 */
const ENOUGH_EVIDENCE = 12;
/** One outlet seldom tells one event twice on a day; its columns share their wording. */
const SAME_SOURCE_SHARE = 0.65;
/** Two tellings of one event are rarely further apart; from here the score fades. */
const FULL_SCORE_HOURS = 36;
const HALF_LIFE_HOURS = 72;
/** How many shared words a reason names. */
const NAMED_WORDS = 4;

/** How surely two pieces tell the same event, 0..1; 0 when something in them contradicts it. Symmetric. */
export function scorePair(left: Piece, right: Piece): number {
  const shared = sharedTerms(left, right);
  const alike = TITLE_SHARE * cosine(left.titleVector, right.titleVector) + (1 - TITLE_SHARE) * shared.cosine;
  const bonus =
    (shared.numbers > 0 ? BONUS.number : 0) +
    (shared.versions > 0 ? BONUS.version : 0) +
    (shared.names > 1 ? BONUS.secondName : 0);
  const onlyNames = shared.words + shared.numbers + shared.versions === 0;
  const base = (alike + (alike > BONUS_FROM ? bonus : 0)) * (onlyNames ? ONLY_NAMES_SHARE : 1);
  const sure = Math.min(1, shared.evidence / ENOUGH_EVIDENCE);
  const voice = left.article.sourceId === right.article.sourceId ? SAME_SOURCE_SHARE : 1;
  const age = fade(hoursBetween(left.article.publishedAt, right.article.publishedAt));
  const score = Math.min(1, base) * sure * voice * age;
  return score === 0 || contradiction(left, right) !== undefined ? 0 : score;
}

/** What two pieces have in common, in words for the editor: `同为 GPT 5.2`, `都有数字 6000000`, `共有词“…”`. */
export function explainPair(left: Piece, right: Piece): string[] {
  const both = (pick: 'names' | 'versions' | 'numbers' | 'dates') => {
    const own = left.title[pick].union(left.lead[pick]);
    return [...own.intersection(right.title[pick].union(right.lead[pick]))].sort();
  };
  const words = [...left.wholeVector]
    .filter(([term]) => isWord(term) && right.wholeVector.has(term))
    .map(([term, weight]) => ({ term, weight: weight * (right.wholeVector.get(term) ?? 0) }))
    .toSorted((one, other) => other.weight - one.weight || (one.term < other.term ? -1 : 1))
    .map(({ term }) => term.replace(/^c:/, ''));
  const say = (start: string, found: readonly string[], most: number, end = '') =>
    found.length === 0 ? [] : [`${start}${found.slice(0, most).join('、')}${end}`];
  return [
    ...say('同为 ', both('versions').map(showVersion), 2),
    ...say('都提到 ', both('names'), 3),
    ...say('都有数字 ', both('numbers'), 3),
    ...say(
      '都有 ',
      both('dates').map((date) => `${date.replace('-', '月')}日`),
      2,
    ),
    ...say('共有词“', words, NAMED_WORDS, '”'),
  ];
}

type SharedTerms = {
  cosine: number;
  /** Sum of the rarity of the shared terms. */
  evidence: number;
  words: number;
  names: number;
  versions: number;
  numbers: number;
};

function sharedTerms(left: Piece, right: Piece): SharedTerms {
  const shared = { cosine: 0, evidence: 0, words: 0, names: 0, versions: 0, numbers: 0 };
  const [small, large] = left.wholeVector.size < right.wholeVector.size ? [left, right] : [right, left];
  for (const [term, weight] of small.wholeVector) {
    const other = large.wholeVector.get(term);
    if (other === undefined) continue;
    shared.cosine += weight * other;
    shared.evidence += small.idf.get(term) ?? 0;
    if (isWord(term)) shared.words += 1;
    else if (term.startsWith('n:')) shared.names += 1;
    else if (term.startsWith('v:')) shared.versions += 1;
    else shared.numbers += 1;
  }
  return shared;
}

function isWord(term: string): boolean {
  return !term.startsWith('n:') && !term.startsWith('v:') && !term.startsWith('#');
}

/** `gpt 5.2` as people write it: short families in capitals, others with a first capital. */
function showVersion(version: string): string {
  const [family = '', number = ''] = version.split(' ');
  const shown = family.length <= 3 ? family.toUpperCase() : family.charAt(0).toUpperCase() + family.slice(1);
  return `${shown} ${number}`;
}

/** Why the two can not be one story, or undefined. */
export function contradiction(left: Piece, right: Piece): string | undefined {
  if (left.roundup || right.roundup) return '综述自成一条';
  if (left.work !== undefined && right.work !== undefined && left.work !== right.work) {
    return `是两个不同的作品：${left.work}、${right.work}`;
  }
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.repository !== undefined && !mentions(other, one.repository)) return `没有提到 ${one.repository}`;
  }
  const family = differentVersion(left.title.versions, right.title.versions);
  return family === undefined ? undefined : `${family} 的版本不同`;
}

/** Whether a piece names the repository: the last part of `owner/name`. A list of repositories has no events to compare. */
function mentions(piece: Piece, repository: string): boolean {
  const name = repository.slice(repository.indexOf('/') + 1).toLowerCase();
  return (
    piece.repository === repository || `${piece.article.title} ${piece.text}`.toLowerCase().includes(name)
  );
}

/** The family (e.g. `claude`) of which the two titles name different versions only. */
function differentVersion(left: ReadonlySet<string>, right: ReadonlySet<string>): string | undefined {
  const families = familiesOf(left);
  for (const [family, versions] of familiesOf(right)) {
    const others = families.get(family);
    if (others?.isDisjointFrom(versions)) return family;
  }
  return undefined;
}

function familiesOf(versions: ReadonlySet<string>): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  for (const version of versions) {
    const cut = version.lastIndexOf(' ');
    const family = version.slice(0, cut);
    families.set(family, (families.get(family) ?? new Set()).add(version.slice(cut + 1)));
  }
  return families;
}

function fade(hours: number): number {
  return hours <= FULL_SCORE_HOURS ? 1 : 0.5 ** ((hours - FULL_SCORE_HOURS) / HALF_LIFE_HOURS);
}

function hoursBetween(left: Instant, right: Instant): number {
  return Math.abs(left - right) / 3_600_000;
}
