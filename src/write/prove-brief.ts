import { type Article, textOf } from '../domain/article.ts';
import type { Brief, Evidence } from '../domain/brief.ts';
import type { StoryFile } from '../domain/story.ts';
import { visibleLength } from '../text/length.ts';
import { plainProse } from '../text/outlet-prose.ts';
import { repairTypography, withoutDecoration } from '../text/typography.ts';
import { type CheckedClaim, checkFacts, type FactSource } from './facts.ts';
import { spellingOf } from './spelling.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A claim that the sources do not bear out, and so is not published as it was. */
export type RefutedClaim = Extract<CheckedClaim, { ok: false }>;

/**
 * The brief with only what its story's articles bear out, and what was refuted on the way. A refuted sentence gives way
 * to the whole source sentence it was cut from, and goes if that does not hold either; a refuted headline gives way to
 * the article's own title.
 */
export function proveBrief(
  draft: Brief,
  file: StoryFile,
  desk: WritingDesk,
): { brief: Brief; refuted: RefutedClaim[] } {
  const sources = factSourcesOf(file, desk);
  const check = (headline: string, summary: string) =>
    checkFacts({ headline, summary }, sources, desk.facts).filter(
      (claim): claim is RefutedClaim => !claim.ok,
    );
  const refuted = check(draft.headline, draft.summary);
  if (refuted.length === 0) return { brief: draft, refuted };
  const article = file.articles.find(({ id }) => id === draft.articleId);
  const title = article === undefined ? '' : ownTitle(article);
  const headline = title !== '' && check(draft.headline, '').length > 0 ? title : draft.headline;
  const evidence = draft.evidence.flatMap((claim): Evidence[] => {
    if (check('', claim.claim).length === 0) return [claim];
    const from = file.articles.find(({ id }) => id === claim.articleId);
    const whole = { ...claim, claim: from ? spellingOf(from)(claim.source) : claim.source };
    return whole.claim !== claim.claim && check('', whole.claim).length === 0 ? [whole] : [];
  });
  const english = draft.marks.includes('english');
  const summary = evidence.map(({ claim }) => claim).join(english ? ' ' : '');
  const thin =
    !english && visibleLength(summary) < desk.style.length.summary.least && !draft.marks.includes('thin');
  const marks = thin ? [...draft.marks, 'thin' as const] : draft.marks;
  return { brief: { ...draft, headline, summary, evidence, marks }, refuted };
}

/** What the articles of a story say, with the day each was published. */
export function factSourcesOf(file: StoryFile, desk: WritingDesk): FactSource[] {
  return file.articles
    .filter(({ body }) => body.kind !== 'gone')
    .map((article) => ({
      id: article.id,
      title: plainProse(article.title),
      text: plainProse(textOf(article)),
      publishedOn: desk.dayOf(article.publishedAt),
    }));
}

function ownTitle(article: Article): string {
  return withoutDecoration(repairTypography(spellingOf(article)(plainProse(article.title))));
}
