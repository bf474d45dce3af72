/** What two texts may share: two neighbouring Chinese characters, a Latin word or a number, lower case. */
export type Term = { term: string; start: number; end: number };

const RUN = /[\p{Script=Han}]+|[A-Za-z]+(?:['.-][A-Za-z]+)*|\d+(?:\.\d+)*/gu;
/** Pairs of characters that say nothing of the matter. */
const EMPTY = new Set(
  '的一 一个 一种 一款 这一 该公 公司 其中 以及 并且 同时 目前 现已 正式 通过 可以 能够 进行 已经 宣布 表示 官方 用户 功能 为了 旨在 用于 对于 由于 此次 此外 相关 的新 全新 最新'.split(
    ' ',
  ),
);

export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(RUN)) {
    const run = match[0];
    const at = match.index;
    if (/^[A-Za-z\d]/.test(run)) {
      terms.push({ term: stem(run.toLowerCase()), start: at, end: at + run.length });
      continue;
    }
    for (let n = 0; n + 2 <= run.length; n += 1) {
      const term = run.slice(n, n + 2);
      if (!EMPTY.has(term)) terms.push({ term, start: at + n, end: at + n + 2 });
    }
  }
  return terms;
}

/** `launches`, `launched`, `launching` are one word here; crude on purpose, for both sides get the same. */
export function stem(word: string): string {
  return word.length < 5 ? word.replace(/(?<=[a-z]{2})s$/, '') : word.replace(/(?:ing|ed|es|s|e)$/, '');
}
