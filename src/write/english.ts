import type { Evidence } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { withoutCounts } from '../text/outlet-prose.ts';
import { sentencesOf } from '../text/sentences.ts';
import { repairTypography, withoutDecoration } from '../text/typography.ts';
import { FORUM_LABEL } from './clean-title.ts';
import type { Passage } from './read-sentences.ts';
import { withoutTornEnd } from './source-text.ts';

/** English says in about 2.5 letters what Chinese says in one character. */
const SUMMARY = { least: 120, most: 260 } as const;
const HEADLINE_MOST = 80;

/** The article's own title without site names; long ones end at a mark, never inside a phrase. */
export function writeEnglishHeadline(title: string): string {
  const clean = withoutDecoration(repairTypography(title))
    .replace(FORUM_LABEL, '')
    .replace(/\s+[|–—]\s+[^|–—]{2,30}$/u, '');
  if (visibleLength(clean) <= HEADLINE_MOST) return clean;
  const [head = clean] = clean.split(/(?<=\S{3})(?::| [-–—]|;|, (?:and|but|as)) /u);
  return visibleLength(head) >= 20 ? head.trim() : clean;
}

/** `[Submitted on …]`, `Authors: …`: the frame of an abstract's page. */
const FRAME = /^(?:\[Submitted on[^\]]*\]\.?|Authors?:.*|Subjects?:.*|Comments?:.*)$/i;
/** `In this post, we show`: of the article, not of its matter; taken only where nothing else is there. */
const ABOUT_ITSELF =
  /^(?:In (?:this|today['’]s) (?:[a-z-]+ )?(?:post|article|blog|tutorial|guide|episode|video|edition)|This (?:[a-z-]+ )?(?:post|article|tutorial|guide|episode|video)\b|Here['’]s (?:how|what|why)|Read on|Join us|Let['’]s|(?:We['’]re|We are|I['’]m|I am) (?:excited|thrilled|happy|pleased|proud)|You(?:['’]ll| will) (?:learn|see|find))/i;
const ABOUT_THE_SITE =
  /\b(?:subscribe|sign up|newsletter|click here|read more|cookies|sponsored by|invented sample)\b/i;

/** The first sentences that are about the event, whole, up to 260 letters. */
export function writeEnglishSummary(
  headline: string,
  passages: readonly Passage[],
): { summary: string; evidence: Evidence[]; thin: boolean } {
  const evidence: Evidence[] = [];
  let length = 0;
  for (const { text, articleId, kind } of passages) {
    if (kind === 'title' && evidence.length > 0) break;
    for (const whole of kind === 'text' ? toldIn(text) : sentencesOf(text)) {
      const sentence = whole.replace(kind === 'title' ? FORUM_LABEL : /^Abstract:\s*/i, '');
      if (FRAME.test(sentence)) continue;
      const claim = /[.!?…"”)。！？]$/.test(sentence) ? sentence : `${sentence}.`;
      const more = visibleLength(claim) + 1;
      const long = kind === 'title' || visibleLength(claim) >= 20;
      const usable = long && !ABOUT_THE_SITE.test(claim) && !/\?$/.test(claim);
      const known =
        evidence.some((other) => other.claim === claim) || (kind === 'text' && claim === `${headline}.`);
      if (!usable || known || /(?:…|\.{3})$/.test(sentence)) continue;
      if (length > 0 && length + more > SUMMARY.most) return toSummary(evidence);
      evidence.push({ claim, source: sentence, articleId });
      length += more;
    }
    if (length >= SUMMARY.least) break;
  }
  return toSummary(evidence);
}

/** The sentences of a text without counts and addresses; without those about itself where there are others. */
function toldIn(text: string): string[] {
  const sentences = sentencesOf(withoutTornEnd(withoutCounts(inLines(text)))).filter(
    (sentence) => !/^https?:\/\/\S+$/.test(sentence),
  );
  const told = sentences.filter((sentence) => !ABOUT_ITSELF.test(sentence));
  return told.some((sentence) => visibleLength(sentence) >= 20) ? told : sentences;
}

/** One thing of a list a line. */
function inLines(text: string): string {
  return text.replace(/\s*[▪•●■◆►]\s*/gu, '\n');
}

function toSummary(evidence: Evidence[]) {
  const summary = evidence.map(({ claim }) => claim).join(' ');
  return { summary, evidence, thin: visibleLength(summary) < SUMMARY.least };
}
