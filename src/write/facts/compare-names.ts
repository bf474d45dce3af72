import { sentencesOf } from '../../text/sentences.ts';
import type { FactDesk } from './fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './fact-problem.ts';
import { latinWords, sameFamily, sameVersion, wordForms } from './names-and-versions.ts';
import { once } from './once.ts';
import { squeezed } from './plain-text.ts';

/** What names and words the sources hold; made for all claims, each part when first asked for. */
export type NameStock = {
  text: string;
  names(): ReadonlySet<string>;
  /** Companies whose models, products or people the sources name. */
  owners(): ReadonlySet<string>;
  words(): ReadonlySet<string>;
  /** All letters and digits, nothing between them. */
  letters(): string;
};

/** A Latin word joined with its neighbours must be this long to be looked for inside other letters (`Open AI`). */
const LONG_ENOUGH = 5;

/** `raw` beside `text`: what is written in traditional characters may be quoted so, too. */
export function takeStock(text: string, raw: string, desk: FactDesk): NameStock {
  const names = once(() => desk.findNames(text).map(({ name }) => name));
  return {
    text,
    names: once(() => new Set(names().map(({ name }) => name))),
    owners: once(() => new Set(names().flatMap(({ of }) => of ?? []))),
    words: once(() => new Set(latinWords(text).flatMap(({ word }) => wordForms(word)))),
    letters: once(() => `${squeezed(text)}\n${squeezed(raw)}`),
  };
}

/** Every name of the claim must stand in the sources, in either script; Latin names outside the table word for word. */
export function compareNames({ claim }: Comparison, stock: NameStock, desk: FactDesk): FactProblem[] {
  const known = claim.names();
  const strangers = known
    .filter(
      ({ name, said }) =>
        !(
          stands(said, stock.text) ||
          stock.names().has(name.name) ||
          stock.owners().has(name.name) ||
          isPartOf(said, stock)
        ),
    )
    .map(({ said }) => said);
  const words = latinWords(claim.plain)
    .filter(({ start, end }) => !known.some((name) => start < name.end && end > name.start))
    .filter(
      ({ word, start }) =>
        isName(word, start, claim.plain) && !stands(word, stock.text) && !isPartOf(word, stock),
    )
    .filter(({ word }) => !wordForms(word).every((form) => desk.commonWords.has(form)))
    .map(({ word }) => word);
  return [...new Set([...strangers, ...words])].map((said) =>
    problem('name', said, undefined, `原文没有「${said}」这个名称`),
  );
}

/** Is it written there, as a word of its own? */
function stands(said: string, text: string): boolean {
  for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + 1)) {
    const apart =
      !/[A-Za-z0-9]/.test(text.charAt(at - 1)) && !/[A-Za-z0-9]/.test(text.charAt(at + said.length));
    if (apart || /^\p{Script=Han}+$/u.test(said)) return true;
  }
  return false;
}

/** `Google` in `Google DeepMind`, `Open AI` in `OpenAI`, `GPT-5` in `GPT-5.2`'s words. */
function isPartOf(said: string, stock: NameStock): boolean {
  if (!/^[\x20-\x7e]+$/.test(said)) return stock.letters().includes(squeezed(said));
  const parts = said.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  const words = parts.every(
    (part) => /^\d+$/.test(part) || wordForms(part).some((form) => stock.words().has(form)),
  );
  const whole = squeezed(said);
  return words || (whole.length >= LONG_ENOUGH && stock.letters().includes(whole));
}

/** In Chinese text every Latin word with a capital or a digit; in English one with a capital inside a sentence. */
function isName(word: string, start: number, plain: string): boolean {
  if (word.length < 2) return false;
  if (/^[^A-Z]*$/.test(word)) return /\d/.test(word) && !/^[a-z]\d$/.test(word);
  const chinese = /\p{Script=Han}/u.test(plain);
  const opens =
    sentencesOf(plain.slice(0, start)).length === 0 || /[.!?:]["”)]?\s*$/.test(plain.slice(0, start));
  return chinese || !opens || /[A-Z\d]/.test(word.slice(1));
}

/** A version must be one of the same thing in the sources: Claude 4 is not Claude 4.5. */
export function compareVersions({ claim, aligned, all }: Comparison, stock: NameStock): FactProblem[] {
  return claim.versions().flatMap((said) => {
    const near = aligned.flatMap((sheet) => sheet.versions());
    if (near.some((known) => sameVersion(said, known))) return [];
    const far = all.flatMap((sheet) => sheet.versions());
    if (far.some((known) => sameVersion(said, known))) return [];
    // `4.5/4.6`: the second of a pair has no name of its own. Whole letters in the source are proof as well.
    const joined = squeezed(said.said);
    if (
      joined.length >= LONG_ENOUGH &&
      new RegExp(`${joined}(?!\\d)`).test(stock.letters()) &&
      !/\./.test(said.version)
    )
      return [];
    if (all.some(({ plain }) => standsAlone(said.version, plain) && said.version.includes('.'))) return [];
    const other = [...near, ...far].find((known) => sameFamily(said, known));
    return [
      problem(
        'version',
        said.said,
        other?.said,
        other
          ? `版本不同：简讯是「${said.said}」，原文是「${other.said}」`
          : `原文没有「${said.said}」这个版本`,
      ),
    ];
  });
}

function standsAlone(version: string, plain: string): boolean {
  return new RegExp(`(?<![A-Za-z\\d.])[vV]?${version.replaceAll('.', '\\.')}(?![\\d.]*\\d|[%％万亿])`).test(
    plain,
  );
}
