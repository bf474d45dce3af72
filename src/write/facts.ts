import { sentencesOf } from '../text/sentences.ts';
import { alignClaims } from './facts/align.ts';
import { compareDates } from './facts/compare-dates.ts';
import { compareDirections } from './facts/compare-directions.ts';
import { compareMarks } from './facts/compare-marks.ts';
import { compareNames, compareVersions, takeStock } from './facts/compare-names.ts';
import { compareParties } from './facts/compare-parties.ts';
import { agrees, compareQuantities } from './facts/compare-quantities.ts';
import { compareQuotations } from './facts/compare-quotations.ts';
import { saysDate } from './facts/dates.ts';
import { createDeedReader } from './facts/deeds.ts';
import type { FactDesk } from './facts/fact-desk.ts';
import { type Comparison, type FactProblem, problem } from './facts/fact-problem.ts';
import { type FactSheet, readSheet } from './facts/fact-sheet.ts';
import { plainText } from './facts/plain-text.ts';
import { termsOf } from './facts/terms.ts';

/** One text a brief was written from. */
export type FactSource = {
  id: string;
  title: string;
  text: string;
  /** The day it was published, `YYYY-MM-DD` where the publisher is: what 昨天 and 周三 count from. */
  publishedOn?: string;
};

/** The headline or one sentence of the summary: what it rests on, or what is wrong with it. */
export type CheckedClaim =
  | { claim: string; ok: true; sentence: string; sourceId: string }
  | { claim: string; ok: false; problems: FactProblem[] };

/** Source sentences that a claim is compared with: a summary's sentence may hold several. */
const ALIGNED = 4;
/** One that covers less than this share of what the best one covers tells something else. */
const ALIGNED_SHARE = 0.35;
/** A claim whose best sentence covers less is about something else (both texts in one script). */
const LEAST_COVER = 0.05;

/**
 * For the headline and every sentence of the summary: the source sentence it rests on, or each thing the sources do not
 * say. A claim in another script than its sources is checked in numbers, dates, names and versions only. Pure; no
 * model: it compares facts and does not understand. Cost: linear in the sources, about a millisecond for three articles.
 */
export function checkFacts(
  brief: { headline: string; summary: string },
  sources: readonly FactSource[],
  desk: FactDesk,
): CheckedClaim[] {
  const sentences = sources.flatMap((source) =>
    [source.title, ...sentencesOf(source.text)].map((sentence) => ({
      source,
      sentence: sentence.replaceAll('\n', ' '),
    })),
  );
  const said = [brief.headline, ...sentencesOf(brief.summary)].map((claim) => claim.replaceAll('\n', ' '));
  // All at once, so that one traditional character anywhere brings both sides into simplified ones.
  const plain = plainText([...sentences.map(({ sentence }) => sentence), ...said].join('\n')).split('\n');
  const read = sentences
    .map(({ source, sentence }, n) => ({
      sourceId: source.id,
      sheet: readSheet(sentence, plain[n] ?? '', source.publishedOn, desk),
    }))
    .filter(({ sheet }) => isWorded(sheet));
  const all = read.map(({ sheet }) => sheet);
  const text = all.map((sheet) => sheet.plain).join('\n');
  const stock = takeStock(text, all.map(({ sentence }) => sentence).join('\n'), desk);
  const readDeeds = createDeedReader(desk);
  const publishedOn = sources[0]?.publishedOn;
  const [headline, ...summary] = said.map((claim, n) =>
    readSheet(claim, plain[sentences.length + n] ?? '', publishedOn, desk),
  );
  const claims = [...(headline ? [headline] : []), ...summary].filter(isWorded);
  const chinese = isChinese(text);
  const alignments = alignClaims(
    claims.map((claim) => ({
      terms: claim.terms(),
      also: isChinese(claim.plain) === chinese ? [] : bridge(claim),
    })),
    all.map((sheet) => sheet.plain),
  );
  return claims.map((claim, n): CheckedClaim => {
    const ranked = alignments[n] ?? [];
    const best = ranked[0];
    const sameScript = isChinese(claim.plain) === chinese;
    const aligned = ranked
      .slice(0, ALIGNED)
      .filter(({ cover }) => cover >= (best?.cover ?? 0) * ALIGNED_SHARE);
    const comparison: Comparison = {
      claim,
      aligned: aligned.flatMap(({ at }) => all[at] ?? []),
      all,
      sameScript,
      isHeadline: claim === headline,
      before: claim === headline ? [] : claims.slice(0, n).filter((before) => before !== headline),
    };
    const facts = isExcerpt(claim.plain, text)
      ? []
      : [
          ...compareQuantities(comparison),
          ...compareDates(comparison),
          ...compareNames(comparison, stock, desk),
          ...compareVersions(comparison, stock),
          ...compareQuotations(comparison, stock),
          ...compareDirections(comparison, desk),
          ...compareParties(comparison, readDeeds, desk),
        ];
    const problems = [...facts, ...compareMarks(comparison, desk)];
    const near = sameScript && best !== undefined && best.cover >= LEAST_COVER ? best : undefined;
    const support =
      near !== undefined
        ? read[near.at]
        : (read.find(({ sheet }) => sharesFact(claim, sheet)) ?? read[sameScript ? -1 : (best?.at ?? -1)]);
    if (problems.length === 0 && support !== undefined)
      return {
        claim: claim.sentence,
        ok: true,
        sentence: support.sheet.sentence,
        sourceId: support.sourceId,
      };
    return {
      claim: claim.sentence,
      ok: false,
      problems: problems.length > 0 ? problems : [unsupported(claim, sameScript)],
    };
  });
}

/** Whole clauses word for word hold all facts of their own; only a denial or doubt before them may have been cut off. */
function isExcerpt(claim: string, text: string): boolean {
  const words = claim.replace(/^[\s“"「]+|[\s。！？!?.…”"」]+$/gu, '');
  const at = words === '' ? -1 : text.indexOf(words);
  return (
    at >= 0 &&
    /^$|[\n。！？；，：]\s?$|[!?;,:.]\s$/u.test(text.slice(Math.max(0, at - 2), at)) &&
    /^(?:$|[\n。！？；，：]|[!?;:.,]\s)/u.test(text.slice(at + words.length, at + words.length + 2))
  );
}

/** A mark or an address alone claims nothing. */
function isWorded({ plain }: FactSheet): boolean {
  return /[\p{L}\p{N}]/u.test(plain);
}

/** Where words do not meet a sentence is found by a name, an amount or a day that both hold. */
function sharesFact(claim: FactSheet, sheet: FactSheet): boolean {
  return (
    claim.quantities().some((said) => sheet.quantities().some((known) => agrees(said, known))) ||
    claim.dates().some((said) => sheet.dates().some((known) => saysDate(said, known))) ||
    claim.names().some((said) => sheet.names().some((known) => known.name === said.name))
  );
}

function unsupported({ sentence }: FactSheet, sameScript: boolean): FactProblem {
  const message = sameScript
    ? '原文没有哪一句说到这件事'
    : '原文是另一种文字，这一句没有可以对照的名称、数字或日期';
  return problem('unsupported', sentence, undefined, message);
}

/** What a claim in one script may share with a source in the other: its names' spellings and its numbers. */
function bridge(claim: FactSheet): string[] {
  const spellings = claim.names().flatMap(({ name }) => [name.name, ...name.aliases]);
  return spellings.flatMap((spelling) => termsOf(spelling).map(({ term }) => term));
}

/** A third of Han letters already makes a text Chinese: names in it are Latin. */
function isChinese(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[A-Za-z]+/g)?.length ?? 0;
  return han > latin;
}
