import { visibleLength } from '../text/length.ts';
import { withoutByline, withoutCounts } from '../text/outlet-prose.ts';
import { sentencesOf } from '../text/sentences.ts';
import { simplified } from '../text/simplified.ts';
import { alike } from './alike.ts';
import { cleanTitle, stripEnd } from './clean-title.ts';
import { type Candidate, candidatesOf } from './headline-candidates.ts';
import { needsWhatCameBefore, TOLERATED } from './headline-score.ts';
import { isUsable } from './read-sentences.ts';
import { withoutLink } from './source-text.ts';
import type { WritingDesk } from './writing-desk.ts';

/** The sentences that may tell the event of a title that does not. */
export function leadsOf(text: string, desk: WritingDesk): string[] {
  return sentencesOf(withoutCounts(text.slice(0, LEAD_READ)))
    .filter((sentence) => isUsable(sentence, desk))
    .slice(0, LEADS)
    .map((sentence) => cleanTitle(withoutLink(withoutByline(sentence), desk), desk));
}

/** The first usable sentence stands near the top or nowhere. */
export const LEAD_READ = 2000;
/** Behind an exclamation and a byline. */
export const LEADS = 3;

/** What a sentence of the text says happened, when it speaks of what the title speaks of. */
export function fromLead(
  lead: string,
  at: number,
  { title, tells }: { title: string; tells: boolean },
  desk: WritingDesk,
): Candidate[] {
  if ((at > 0 || tells) && !isAbout(lead, title, desk)) return [];
  const plain = simplified(lead);
  if (LABEL.test(lead) || BACKGROUND.test(plain) || needsWhatCameBefore(plain, desk)) return [];
  const { most } = desk.style.length.headline;
  const longest = tells ? most + TOLERATED.more : most * 2;
  const penalty = (tells ? TOLD_PENALTY : LEAD_PENALTY) + at * LATER;
  return candidatesOf(stripEnd(lead), desk)
    .filter(
      ({ text, place, statement }) =>
        place === 0 && statement.shape === 'whole' && statement.event && visibleLength(text) <= longest,
    )
    .map((candidate) => ({ ...candidate, score: candidate.score - penalty }));
}

function isAbout(lead: string, title: string, { findNames }: WritingDesk): boolean {
  const names = new Set(findNames(title).map(({ name }) => name));
  return findNames(lead).some(({ name }) => names.has(name)) || alike(lead, title) >= RELATED;
}
const RELATED = 0.3;
/** Says how things are, not what happened. */
const BACKGROUND =
  /^.{0,4}(?:我|本文|小编)|可能|或许|也许|如果|一直|往往|通常|长期|越来越|近年|随着|主要|普遍/u;
/** `目标：`, `方法：`: the parts of an abstract. */
const LABEL = /^(?:目标|目的|方法|背景|摘要|结论|结果)[：:]/;
/** The outlet's own words for its title are preferred to our choice of sentence, earlier sentences to later ones. */
const LEAD_PENALTY = 2;
const LATER = 0.5;
/** The title says something itself, only not an event, or at length. */
const TOLD_PENALTY = 3.5;
