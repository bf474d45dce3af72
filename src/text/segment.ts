import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

/** Cuts text into words: Chinese words, lower-case Latin words, and whole version tokens (`gpt-5.2`). */
export type Segmenter = (text: string) => string[];

/** A word as it stands in the text, and its kind as jieba's dictionary gives it: `n…` noun, `v` verb, `eng` Latin, `x` mark. */
export type Word = { text: string; kind: string };
/** The words of a text, marks and blanks too: joined they give the text back. */
export type WordReader = (text: string) => Word[];

/** So high that jieba's best path always goes through the word; its own dictionary tops out near 900,000. */
const USER_WORD_FREQUENCY = 1_000_000;

/**
 * Latin runs that jieba would tear apart: a word with its version (`GPT-5.2`, `Claude 4.5`, `Qwen3-32B`,
 * `DeepSeek-V3.2`), numbers with decimals, words with inner marks (`SWE-bench`, `don't`).
 * A blank joins word and number only when the word is capitalised and the number looks like a version.
 */
const LATIN_RUN =
  /[A-Z][A-Za-z]+(?:[ -][Vv]?(?:\d{1,2}(?:\.\d+)+|\d)(?![\d.,]*\d|[ ]?[%万亿千百年月日]|\s(?:million|billion|trillion)))(?:[.-][A-Za-z0-9]+)*|[A-Za-z0-9]+(?:[.\-_+'’&][A-Za-z0-9]+)*/g;

/** Capitalised words before a number that is no version of theirs. */
const NOT_VERSIONED =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Top|The|In|At|On|By|For|Of|To|From|And|Over|About|Series|Day|Week|Chapter|Part|HN)[ -]/;

const HAN = /\p{Script=Han}/u;

/**
 * Builds a segmenter that knows these words as one piece (names from the alias table).
 * Punctuation and blanks are dropped. Cost: about 10 MB of text a second; building it takes about 0.2 s.
 */
export function createSegmenter(userWords: readonly string[]): Segmenter {
  return createWordTools(userWords).segment;
}

/** The segmenter, and a reader of words with their kinds, over one dictionary, which takes 40 MB. */
export function createWordTools(userWords: readonly string[]): { segment: Segmenter; wordsOf: WordReader } {
  const jieba = Jieba.withDict(dict);
  const words = userWords.filter((word) => HAN.test(word) && !/\s/.test(word));
  if (words.length > 0) {
    jieba.loadDict(
      new TextEncoder().encode(words.map((word) => `${word} ${USER_WORD_FREQUENCY} nz\n`).join('')),
    );
  }
  return { segment: (text) => segment(jieba, text), wordsOf: (text) => wordsOf(jieba, text) };
}

/** Stands for a Latin run while the text is with jieba: of private use, so that jieba ends a word there and says nothing. */
const MARK = '\u{e000}';
const MARK_CODE = MARK.charCodeAt(0);

function segment(jieba: Jieba, raw: string): string[] {
  const text = raw.normalize('NFKC').replaceAll(MARK, ' ');
  const runs: string[] = [];
  // The whole text goes to jieba in one call, since each call costs more than the few words it cuts.
  const marked = text.replace(LATIN_RUN, (run) => {
    runs.push(run);
    return MARK;
  });
  const tokens: string[] = [];
  let next = 0;
  const words = OTHER_LETTER.test(marked) ? jieba.cut(marked, true) : marked;
  for (const word of words) {
    const code = word.charCodeAt(0);
    if (code === MARK_CODE) {
      const run = runs[next] ?? '';
      next += 1;
      if (NOT_VERSIONED.test(run)) tokens.push(...run.toLowerCase().split(/[ -]/));
      else tokens.push(versionForm(run));
    } else if (isHan(code)) tokens.push(word);
    else if (/[\p{L}\p{N}]/u.test(word)) tokens.push(word.toLowerCase());
  }
  return tokens;
}

function wordsOf(jieba: Jieba, raw: string): Word[] {
  const text = raw.replaceAll(MARK, ' ');
  const runs: string[] = [];
  const marked = text.replace(LATIN_RUN, (run) => {
    runs.push(run);
    return MARK;
  });
  let next = 0;
  return jieba.tag(marked, true).flatMap(({ word, tag }): Word[] => {
    if (!word.includes(MARK)) return [{ text: word, kind: tag }];
    return [...word].map((letter) => {
      if (letter !== MARK) return { text: letter, kind: 'x' };
      const run = runs[next] ?? '';
      next += 1;
      return { text: run, kind: /^\d/.test(run) && !/[A-Za-z]/.test(run) ? 'm' : 'eng' };
    });
  });
}

/** Letters and digits outside ASCII: those inside stand in Latin runs. */
const OTHER_LETTER = /[^\x00-\x7f\ue000]/;

/** The block of common Han characters, which have no case. */
function isHan(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}

/**
 * One spelling for one version: `GPT 5.2`, `GPT5.2` and `gpt-5.2` all become `gpt-5.2`; `DeepSeek-V3.2`
 * becomes `deepseek-3.2`; `Qwen3-32B` becomes `qwen-3-32b`. Other words are only lower-cased.
 */
export function versionForm(token: string): string {
  const low = token.toLowerCase().replaceAll('’', "'");
  if (!/^[a-z].*\d/.test(low)) return low;
  return low.replace(/^([a-z][a-z+-]*?)[ -]?v?(\d{1,2}(?:\.\d+)*)(?=$|[-.]|[a-z]$)/, '$1-$2');
}
