import type { Language } from '../domain/article.ts';

/** Texts longer than this are judged by their beginning: the language does not change later. */
const SAMPLE_LENGTH = 4000;

/** Han characters say about as much as two to three Latin letters, so a tenth of them already makes a Chinese text. */
const HAN_SHARE = 0.1;

/** Kana or Hangul above this share of the East Asian characters; a Chinese text may quote a Japanese name. */
const KANA_SHARE = 0.15;

/** The commonest English words; together about a third of any English running text, next to none of other languages. */
const ENGLISH_WORDS = new Set(
  'the of and to in a is for with on that it as are this by an be from at its was we our has have not or can'.split(
    ' ',
  ),
);

/** English running text has about 0.35, headlines 0.1 to 0.2; German, French, Spanish below 0.08. */
const ENGLISH_SHARE = 0.08;

/** With fewer words than this the share says nothing; Latin letters are then taken for English, the usual case. */
const MIN_WORDS = 12;

/** The language of a text, by its scripts; Latin text by how many common English words it has. Cheap: one pass. */
export function detectLanguage(text: string): Language {
  const sample = text.slice(0, SAMPLE_LENGTH).replace(/https?:\/\/\S+/g, ' ');
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0;
  const han = count(/\p{Script=Han}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const hangul = count(/\p{Script=Hangul}/gu);
  const latin = count(/\p{Script=Latin}/gu);
  const otherLetters = count(/\p{L}/gu) - han - kana - hangul - latin;
  const asian = han + kana + hangul;
  if (asian > 0 && asian >= HAN_SHARE * (asian + latin)) {
    if (kana >= KANA_SHARE * asian) return 'ja';
    if (hangul >= KANA_SHARE * asian) return 'ko';
    return 'zh';
  }
  if (latin === 0 || otherLetters > latin) return 'other';
  return looksEnglish(sample) ? 'en' : 'other';
}

function looksEnglish(sample: string): boolean {
  const words = sample.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  if (words.length < MIN_WORDS) return true;
  return words.filter((word) => ENGLISH_WORDS.has(word)).length >= ENGLISH_SHARE * words.length;
}
