import { type Article, textOf } from '../domain/article.ts';
import type { StoryFile, Verdict } from '../domain/story.ts';
import { numbersIn, versionsIn } from '../text/features.ts';
import { type NameFinder, namesIn } from '../text/names.ts';
import { plainProse, withoutByline, withoutCounts } from '../text/outlet-prose.ts';
import { sentencesOf } from '../text/sentences.ts';
import { readersSpellingOf, simplified } from '../text/simplified.ts';
import { repairTypography } from '../text/typography.ts';

/** How far into a new article a sentence with a new fact may begin; later paragraphs are background. */
const LEAD_CHARS = 600;
/** How many new sentences are shown as reasons. */
const SHOWN = 2;
/** One new name may be a passer-by; a new number or version is a fact. */
const POINTS = { number: 2, version: 2, name: 1 };
const ENOUGH = 2;

/**
 * Whether a story has anything new since it was told: facts (numbers, versions, names) in articles that had not been
 * read then, which neither what was told nor the earlier articles contain. The reasons are the sentences with them.
 */
export function judgeNovelty(file: StoryFile, findNames: NameFinder): Verdict['novelty'] {
  const { told } = file;
  if (told === undefined) return { kind: 'first', reasons: [] };
  const read = new Set(told.articleIds);
  const later = file.articles.filter((article) => !read.has(article.id));
  if (later.length === 0) return { kind: 'repeat', reasons: [`${told.date} 已报道，没有新文章`] };
  const earlier = file.articles.filter((article) => read.has(article.id)).map(wholeOf);
  // 萬 is 万: a number that was told in the other characters is no new one.
  const known = factsIn(simplified([told.headline, told.summary, ...earlier].join('\n')), findNames);
  const fresh = later.flatMap((article) => newSentences(article, known, findNames));
  if (fresh.length === 0)
    return { kind: 'repeat', reasons: [`${told.date} 已报道，${later.length} 篇新文章没有新的事实`] };
  const best = fresh.toSorted((one, other) => other.points - one.points).slice(0, SHOWN);
  return {
    kind: 'follow-up',
    newSentence: best[0]?.sentence ?? '',
    reasons: best.map(({ sentence, facts }) => `新的事实 ${facts.join('、')}：“${sentence}”`),
  };
}

type NewSentence = { sentence: string; facts: string[]; points: number };

function newSentences(article: Article, known: ReadonlySet<string>, findNames: NameFinder): NewSentence[] {
  // The stars that a listing counts anew every day are no news.
  const text = withoutCounts(plainProse(textOf(article).slice(0, 2 * LEAD_CHARS)));
  const spell = article.language === 'zh' ? readersSpellingOf(`${article.title}\n${text}`) : String;
  let read = 0;
  const lead = sentencesOf(repairTypography(text)).filter((sentence) => {
    const begins = read < LEAD_CHARS;
    read += sentence.length;
    return begins;
  });
  return [...sentencesOf(repairTypography(article.title)), ...lead].flatMap((found) => {
    const sentence = spell(withoutByline(found));
    const facts = [...factsIn(sentence, findNames)].filter((fact) => !known.has(fact));
    const points = facts.reduce((sum, fact) => sum + pointsOf(fact), 0);
    return points >= ENOUGH ? [{ sentence, facts: facts.map((fact) => fact.slice(2)), points }] : [];
  });
}

function pointsOf(fact: string): number {
  if (fact.startsWith('#:')) return POINTS.number;
  return fact.startsWith('v:') ? POINTS.version : POINTS.name;
}

function factsIn(text: string, findNames: NameFinder): Set<string> {
  return new Set([
    ...[...numbersIn(text)].map((number) => `#:${number}`),
    ...[...versionsIn(text)].map((version) => `v:${version}`),
    ...namesIn(findNames, text).map((name) => `n:${name.name}`),
  ]);
}

function wholeOf(article: Article): string {
  return `${article.title}\n${textOf(article)}`;
}
