import { createPhraseFinder, type PhraseHit } from './find-phrases.ts';
import { isDigit } from './letters.ts';
import type { NameFinder } from './names.ts';
import type { Segmenter } from './segment.ts';
import { timesIn } from './times-of-day.ts';

/** The hard facts a text mentions, in one spelling for both languages. */
export type Facts = {
  /** Canonical names. */
  names: Set<string>;
  /** `family version`, e.g. `gpt 5.2`, `qwen 3.6`. */
  versions: Set<string>;
  /** Amounts and shares by value, e.g. `6e10`, `75%`: 600亿, $60 billion and $60B are one. */
  numbers: Set<string>;
  /** Days such as `5-22`. */
  dates: Set<string>;
  /** Web addresses in the text, in one spelling; see `linkKey`. */
  links: Set<string>;
  /** Whose news it is: the companies of its names, and names that belong to nobody. */
  owners: Set<string>;
};

/** What grouping and judging know of a piece of text. */
export type TextFeatures = Facts & {
  /** Every term as often as it stands: words, names (`n:`), concepts (`c:`), versions (`v:`), numbers (`#`). */
  terms: string[];
};

export type FeatureReader = (text: string) => TextFeatures;

/** What a feature reader needs. `concepts`: groups of phrases, in both languages, that say one thing. */
export type FeatureTools = {
  segment: Segmenter;
  findNames: NameFinder;
  concepts: readonly (readonly string[])[];
  /** Words so common in the field that they are no terms at all. */
  common: ReadonlySet<string>;
};

/** Builds a reader of features. Pure; the same text gives the same features. */
export function createFeatureReader(tools: FeatureTools): FeatureReader {
  const findConcepts = createPhraseFinder(
    tools.concepts.flatMap((group) => group.map((phrase) => ({ phrase, value: group[0] ?? phrase }))),
  );
  return (text) => readFeatures(tools, findConcepts, text);
}

function readFeatures(
  tools: FeatureTools,
  findConcepts: (text: string) => PhraseHit<string>[],
  text: string,
): TextFeatures {
  const terms: string[] = [];
  const nameHits = tools.findNames(text);
  const concepts = findConcepts(text);
  // Names and concepts stand for themselves: their words are cut out, so that one mention is one term.
  const rest = blankOut(
    text.includes('://') ? text.replace(/https?:\/\/\S+/g, (url) => '\n'.repeat(url.length)) : text,
    [...nameHits.filter((hit) => !isVersioned(text, hit.end)), ...concepts],
  );
  const versions = new Set<string>();
  for (const word of tools.segment(rest)) {
    const version = readVersion(word);
    if (version !== undefined) versions.add(version);
    if (version !== undefined) terms.push(`v:${version}`);
    else if (isTerm(word) && !tools.common.has(word)) terms.push(word);
  }
  const names = new Set<string>();
  const owners = new Set(nameHits.map(({ name }) => name.of ?? name.name));
  for (const hit of nameHits) {
    terms.push(`n:${hit.name.name}`);
    names.add(hit.name.name);
    // A model or product also speaks for its company: «Codex» and «OpenAI» are one subject.
    if (hit.name.of !== undefined) terms.push(`n:${hit.name.of}`);
  }
  for (const hit of concepts) terms.push(`c:${hit.value}`);
  const numbers = numbersIn(text);
  for (const number of numbers) terms.push(`#${number}`);
  return { terms, names, versions, numbers, dates: datesIn(text), links: linksIn(text), owners };
}

/** One Han character or a bare short number says nothing by itself. */
function isTerm(word: string): boolean {
  if (isDigit(word.charCodeAt(0)) && /^[\d.,]+$/.test(word))
    return word.length >= 3 && !/^(19|20)\d\d$/.test(word);
  return word.length >= 2;
}

function isVersioned(text: string, end: number): boolean {
  return /^[ -]?[Vv]?\d/.test(text.slice(end, end + 4));
}

function blankOut(text: string, spans: readonly { start: number; end: number }[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    rest += text.slice(from, start) + '\n'.repeat(Math.max(0, end - Math.max(from, start)));
    from = Math.max(from, end);
  }
  return rest + text.slice(from);
}

/** `gpt-5.2-codex` -> `gpt 5.2`; undefined for words without a version. */
export function readVersion(word: string): string | undefined {
  // Most words are Chinese.
  if (word.charCodeAt(0) > 0x7a) return undefined;
  const match = /^([a-z][a-z+-]*)-((?!0\d)\d{1,2}(?:\.\d+)*)(?=$|[-.a-z])/.exec(word);
  return match === null ? undefined : `${match[1]} ${match[2]}`;
}

const SCALES: Record<string, number> = {
  万亿: 1e12,
  千亿: 1e11,
  百亿: 1e10,
  亿: 1e8,
  千万: 1e7,
  百万: 1e6,
  万: 1e4,
  千: 1e3,
  trillion: 1e12,
  billion: 1e9,
  million: 1e6,
  thousand: 1e3,
  bn: 1e9,
  b: 1e9,
  m: 1e6,
  k: 1e3,
};

const AMOUNT =
  /(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s?(万亿|千亿|百亿|千万|百万|亿|万|千|trillion|billion|million|thousand|bn|[BMKbmk](?![A-Za-z\d])|%|％)/giu;
/** A bare number counts when it is long enough to be a fact rather than a list's number or a year. */
const BARE_NUMBER = /(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d{4,9})(?![\w,]|\.\d)/gu;

/** Amounts and shares in a text, by value and without currency. */
export function numbersIn(text: string): Set<string> {
  const numbers = new Set<string>();
  for (const match of text.matchAll(AMOUNT)) {
    const value = Number((match[1] ?? '').replaceAll(',', ''));
    const unit = (match[2] ?? '').toLowerCase();
    if (unit === '%' || unit === '％') numbers.add(`${value}%`);
    else numbers.add(String(Number((value * (SCALES[unit] ?? 1)).toPrecision(6))));
  }
  for (const match of text.matchAll(BARE_NUMBER)) {
    const digits = (match[1] ?? '').replaceAll(',', '');
    if (!/^(19|20)\d\d$/.test(digits)) numbers.add(digits);
  }
  for (const time of timesIn(text)) numbers.add(time);
  return numbers;
}

function datesIn(text: string): Set<string> {
  const dates = new Set<string>();
  for (const match of text.matchAll(/(\d{1,2})月(\d{1,2})[日号]/g))
    dates.add(`${Number(match[1])}-${Number(match[2])}`);
  return dates;
}

function linksIn(text: string): Set<string> {
  const found = text.match(/https?:\/\/[^\s<>"'，。；）」】]+/g) ?? [];
  return new Set(found.map(linkKey).filter((key) => key.includes('/')));
}

/** One spelling of an address: without scheme, `www.`, query of trackers, fragment and last slash. */
export function linkKey(url: string): string {
  return url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/#.*$/, '')
    .replace(/[?&](utm_[a-z]+|ref|from|source)=[^&]*/gi, '')
    .replace(/[/?.,)]+$/, '')
    .replace(/^(arxiv\.org)\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})(v\d+)?(\.pdf)?$/i, '$1/abs/$2');
}

/**
 * The one work an address stands for, when it is known to be one: a paper (`arxiv:2604.25917`) or a repository
 * (`github:owner/name`). Two different works are never one story.
 */
export function workOf(url: string): string | undefined {
  const key = linkKey(url);
  const paper =
    /^arxiv\.org\/abs\/(\d{4}\.\d{4,5})/.exec(key) ?? /^huggingface\.co\/papers\/(\d{4}\.\d{4,5})/.exec(key);
  if (paper !== null) return `arxiv:${paper[1]}`;
  const repository = /^github\.com\/([^/]+\/[^/]+)$/.exec(key);
  return repository === null ? undefined : `github:${repository[1]?.toLowerCase()}`;
}

const VERSIONED =
  /\b([A-Za-z][A-Za-z+]*)(?:[ -]?[Vv]|[ -]?)(\d{1,2}(?:\.\d+)+)(?![\d.,]*\d|[ ]?[%％万亿千百倍年月])/g;

/** Decimal versions (`gpt 5.2`, `opus 4.7`) in a text, without segmenting it. */
export function versionsIn(text: string): Set<string> {
  return new Set([...text.matchAll(VERSIONED)].map((match) => `${match[1]?.toLowerCase()} ${match[2]}`));
}
