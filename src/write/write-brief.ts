import { type Article, textOf } from '../domain/article.ts';
import type { Brief } from '../domain/brief.ts';
import type { StoryFile } from '../domain/story.ts';
import { plainProse } from '../text/outlet-prose.ts';
import { repairTypography } from '../text/typography.ts';
import { chooseArticle } from './choose-article.ts';
import { writeEnglishHeadline, writeEnglishSummary } from './english.ts';
import { writeHeadline } from './headline.ts';
import { LEAD_READ } from './headline-leads.ts';
import { proveBrief, type RefutedClaim } from './prove-brief.ts';
import type { Passage } from './read-sentences.ts';
import { withoutOwnName } from './source-text.ts';
import { spellingOf } from './spelling.ts';
import { writeSummary } from './summary.ts';
import type { WritingDesk } from './writing-desk.ts';

/** Names the writer in briefs; a new number whenever the same article gives another brief. */
const WRITER = 'extractive/7';

/** A brief whose every claim its articles bear out, and the claims of its draft that they did not. */
export type WrittenBrief = { brief: Brief; refuted: RefutedClaim[] };

/**
 * A brief made of the story's own sentences: chosen and shortened at clause boundaries, never invented, then checked
 * fact by fact against the articles. Every claim is kept with the sentence it comes from; claims are in simplified
 * characters, whatever their sources are in (decision 0038). Without an article that has
 * text it gives undefined. Pure; a few milliseconds.
 */
export function writeBrief(file: StoryFile, desk: WritingDesk): WrittenBrief | undefined {
  const draft = draftBrief(file, desk);
  return draft && proveBrief(draft, file, desk);
}

function draftBrief(file: StoryFile, desk: WritingDesk): Brief | undefined {
  const article = chooseArticle(file, desk);
  if (article === undefined || article.body.kind === 'gone') return undefined;
  const common = { storyId: file.story.id, articleId: article.id, url: article.url, writer: WRITER };
  const passages = passagesOf(article, file);
  if (article.language !== 'zh') {
    const headline = writeEnglishHeadline(plainProse(article.title));
    const { summary, evidence, thin } = writeEnglishSummary(headline, passages);
    return { ...common, headline, summary, evidence, marks: thin ? ['english', 'thin'] : ['english'] };
  }
  const spell = spellingOf(article);
  const lead = passages[0]?.text.slice(0, LEAD_READ) ?? '';
  const headline = writeHeadline(spell(plainProse(article.title)), spell(lead), desk);
  const { summary, evidence, thin } = writeSummary(headline, passages, desk);
  return { ...common, headline, summary, evidence, marks: thin ? ['thin'] : [] };
}

/** The chosen article's text first; then, in its language, what the story's other articles add, and the titles. */
function passagesOf(article: Article, file: StoryFile): Passage[] {
  const others = file.articles.filter(
    (other) => other.id !== article.id && other.language === article.language && other.body.kind !== 'gone',
  );
  const all = [article, ...others].map((one) => ({ one, articleId: one.id, spell: spellingOf(one) }));
  const texts = all.map(({ one, ...common }): Passage => {
    const text = withoutOwnName(repairTypography(plainProse(textOf(one))), one.publisher);
    return { ...common, text, kind: 'text' };
  });
  const titles = all.map(({ one, ...common }): Passage => {
    return { ...common, text: repairTypography(plainProse(one.title)), kind: 'title' };
  });
  return [...texts, ...titles];
}
