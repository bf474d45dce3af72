import { visibleLength } from '../text/length.ts';
import { cleanTitle, stripEnd } from './clean-title.ts';
import { type Candidate, candidatesOf, LONGEST } from './headline-candidates.ts';
import { headlineFromText } from './headline-from-text.ts';
import { fromLead, LEAD_READ, LEADS, leadsOf } from './headline-leads.ts';
import { explainName } from './headline-of-name.ts';
import { A_LITTLE_MORE } from './headline-score.ts';
import type { WritingDesk } from './writing-desk.ts';

/**
 * A headline of as many characters as the house style asks for (11-20) from the article's own title, else from its first
 * sentences: a statement with a subject before all, then length. Decorations and attention-seekers go, then whole clauses,
 * then words that add nothing. Never cut inside a clause: a title that cannot be shortened so stays longer.
 */
export function writeHeadline(title: string, text: string, desk: WritingDesk): string {
  const clean = cleanTitle(title, desk);
  // A post has no title.
  if (clean === '') return bounded(headlineFromText(text.slice(0, LEAD_READ), desk));
  const fromTitle = candidatesOf(clean, desk);
  const leads = leadsOf(text, desk);
  const { tells, leadsToAsk } = whatItTells(fromTitle, desk);
  const candidates = [
    ...fromTitle,
    ...explainName(clean, text, leads, desk),
    ...leads.slice(0, leadsToAsk).flatMap((lead, at) => fromLead(lead, at, { title: clean, tells }, desk)),
  ];
  const chosen = candidates.toSorted((a, b) => b.score - a.score)[0];
  return bounded(chosen?.text ?? stripEnd(clean));
}

/** A title that tells an event in few words needs no sentence of the text; one that tells anything, at most the first. */
function whatItTells(
  fromTitle: readonly Candidate[],
  { style }: WritingDesk,
): { tells: boolean; leadsToAsk: number } {
  const whole = fromTitle.filter(
    ({ text, statement, score }) =>
      score > TELLS && (statement.shape === 'whole' || (statement.shape === 'explained' && NAMED.test(text))),
  );
  const most = style.length.headline.most + A_LITTLE_MORE;
  if (whole.some(({ text, statement }) => statement.event && visibleLength(text) <= most))
    return { tells: true, leadsToAsk: 0 };
  return { tells: whole.length > 0, leadsToAsk: whole.length > 0 ? 1 : LEADS };
}

/** `Harbor：面向智能体的运行框架`: a title that needs no event, as papers and programs have. */
const NAMED = /^[\w .-]+：/;
/** A statement that scores more has nothing against it. */
const TELLS = 3;

/** A whole article in the title's place cannot be a headline; only here a clause is cut, and the cut is shown. */
function bounded(headline: string): string {
  const letters = [...headline];
  return letters.length <= LONGEST ? headline : `${letters.slice(0, LONGEST - 1).join('')}…`;
}
