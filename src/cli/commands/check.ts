import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDate } from '../../newsroom/calendar.ts';
import { loadEditorial } from '../../newsroom/editorial.ts';
import { type CheckedClaim, checkFacts, type FactSource } from '../../write/facts.ts';
import { readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';

/** `ribao check`: does every sentence of a brief rest on its article? Needs no config and no newsroom. */
export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { published: { type: 'string' }, json: { type: 'boolean', default: false } },
    { words: 2 },
  );
  const [briefName, articleName] = positionals;
  if (briefName === undefined || articleName === undefined)
    throw usage('check 后面要写简讯和原文两个文件，其中一个可以是 - / a brief and an article are needed');
  if (briefName === '-' && articleName === '-')
    throw usage('两个文件不能都从标准输入读 / only one of the two can be standard input');
  if (values.published !== undefined && !isDate(values.published))
    throw usage(`${values.published} 不是日期，应写成 2026-03-10 这样 / not a date`);
  const brief = partsOf(readText(io, briefName));
  const article: FactSource = { id: articleName, title: '', text: readText(io, articleName) };
  if (values.published !== undefined) article.publishedOn = values.published;
  const claims = checkFacts(brief, [article], loadEditorial({}).writing.facts);
  const untrue = claims.filter(({ ok }) => !ok).length;
  if (values.json) io.out(JSON.stringify({ ok: untrue === 0, claims }));
  else io.out(linesOf(claims, untrue, io).join('\n'));
  return untrue === 0 ? EXIT.ok : EXIT.other;
};

/** The first line is the headline, also as a Markdown heading; the rest is the summary. */
function partsOf(text: string): { headline: string; summary: string } {
  const [first = '', ...rest] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const summary = rest.join('\n');
  return summary === ''
    ? { headline: '', summary: first }
    : { headline: first.replace(/^#+\s*/, ''), summary };
}

function linesOf(claims: readonly CheckedClaim[], untrue: number, io: Io): string[] {
  const lines = claims.flatMap((claim) =>
    claim.ok
      ? [`✓ ${claim.claim}`, `    ← ${claim.sentence.trim()}`]
      : [`✗ ${claim.claim}`, ...claim.problems.map(({ kind, message }) => `    ${message} [${kind}]`)],
  );
  const sum = say(
    io,
    untrue === 0
      ? { zh: `${claims.length} 句都有原文可依。`, en: `All ${claims.length} claims rest on the article.` }
      : {
          zh: `${claims.length} 句中有 ${untrue} 句与原文不符。`,
          en: `${untrue} of ${claims.length} claims do not rest on the article.`,
        },
  );
  return [...lines, sum];
}

/** @throws Problem usage when there is no such file */
function readText(io: Io, name: string): string {
  try {
    return readFileSync(name === '-' ? 0 : resolve(io.cwd, name), 'utf8');
  } catch (error) {
    throw usage(`读不到 ${name}（${error instanceof Error ? error.message : error}）/ cannot be read`);
  }
}
