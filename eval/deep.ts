import { DEEP_LENGTH, DEEP_PARTS } from '../src/domain/deep-read.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { visibleLength } from '../src/text/length.ts';
import { depthOf } from '../src/write/deep-read/depth.ts';
import { readDeepText } from '../src/write/deep-read/read-sentences.ts';
import { writeDeepParts } from '../src/write/deep-read/write-deep-read.ts';
import { checkFacts } from '../src/write/facts.ts';
import { factSourcesOf } from '../src/write/prove-brief.ts';
import type { Question } from './question.ts';
import { isChinese, LONG_ARTICLES } from './sets/long-articles.ts';

/** Texts that could carry a deep read at all. */
const LONG = 1000;

/**
 * Deep reads of real long articles, set by set: how many of the long ones deserve one, how many come about, whether all
 * their sentences pass the fact check and stand in the article, whether they keep their length, which parts they have.
 */
export const deep: Question = async ({ data, items, say }) => {
  const { deepReading: desk } = loadEditorial({});
  const figures: Record<string, number> = {};
  const absent: string[] = [];
  let cases = 0;
  let shown = 0;
  for (const [set, load] of Object.entries(LONG_ARTICLES)) {
    const all = await load(data);
    if (all === undefined) {
      absent.push(set);
      continue;
    }
    const tally = {
      long: 0,
      deserving: 0,
      written: 0,
      refuted: 0,
      notInArticle: 0,
      inLength: 0,
      matters: 0,
      doubts: 0,
      characters: 0,
    };
    for (const file of all.filter(isChinese)) {
      const [article] = file.articles;
      if (article === undefined) continue;
      const text = readDeepText(article, desk);
      if (text.length < LONG) continue;
      tally.long += 1;
      if (depthOf(text, file, false, desk).kind === 'shallow') continue;
      tally.deserving += 1;
      const parts = writeDeepParts(article, file, desk);
      if (parts === undefined) continue;
      tally.written += 1;
      const said = DEEP_PARTS.flatMap(({ part }) => parts[part]);
      const length = said.reduce((sum, { claim }) => sum + visibleLength(claim), 0);
      const sources = factSourcesOf(file, desk);
      const isTrue = (claim: string) =>
        checkFacts({ headline: '', summary: claim }, sources, desk.facts).every(({ ok }) => ok);
      tally.refuted += said.every(({ claim }) => isTrue(claim)) ? 0 : 1;
      tally.notInArticle += said.every(({ claim, source }) => source.endsWith(claim)) ? 0 : 1;
      tally.inLength += length >= DEEP_LENGTH.least && length <= DEEP_LENGTH.most ? 1 : 0;
      tally.matters += parts.matters.length > 0 ? 1 : 0;
      tally.doubts += parts.doubts.length > 0 ? 1 : 0;
      tally.characters += length;
      if (shown < items) {
        shown += 1;
        say(`\n## ${article.title}（${set}，原文 ${text.length} 字，深读 ${length} 字）`);
        for (const { part, name } of DEEP_PARTS)
          say(`${name}\n${parts[part].map(({ claim }) => `  - ${claim}`).join('\n') || '  原文未谈'}`);
      }
    }
    cases += tally.long;
    const { inLength, matters, doubts, characters, ...counts } = tally;
    const share = (count: number) => count / Math.max(1, tally.written);
    const shares = {
      inLength: share(inLength),
      withMatters: share(matters),
      withDoubts: share(doubts),
      characters: share(characters),
    };
    for (const [name, value] of Object.entries({ ...counts, ...shares })) figures[`${set}.${name}`] = value;
  }
  return { cases, figures, absent };
};
