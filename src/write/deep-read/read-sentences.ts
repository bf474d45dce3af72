import { type Article, textOf } from '../../domain/article.ts';
import { visibleLength } from '../../text/length.ts';
import { plainProse, withoutByline } from '../../text/outlet-prose.ts';
import { sentencesOf } from '../../text/sentences.ts';
import { letterPairs } from '../../text/similarity.ts';
import { repairTypography } from '../../text/typography.ts';
import { readSheet } from '../facts/fact-sheet.ts';
import { plainText } from '../facts/plain-text.ts';
import { isUsable } from '../read-sentences.ts';
import { withoutLink, withoutTornEnd } from '../source-text.ts';
import { spellingOf } from '../spelling.ts';
import { type DeepDesk, signalOf } from './signals.ts';

/** One sentence of an article that a deep read may take, and what it is good for. */
export type DeepSentence = {
  /** As it would be printed: linking words gone, whole, with its mark. */
  text: string;
  /** As it stands in the article, in its own characters. */
  source: string;
  length: number;
  /** Counts all sentences of the article, also those that cannot be taken. */
  place: number;
  paragraph: number;
  opensParagraph: boolean;
  /** Understood without the sentence before it. */
  stands: boolean;
  /** Says of whom it speaks. */
  hasSubject: boolean;
  /** Amounts in it. */
  amounts: number;
  /** How much of what the article keeps saying it says. */
  weight: number;
  /** Says how it is done: what follows builds on it. */
  how: boolean;
  matters: number;
  doubts: number;
};

/** An article as a deep read sees it. */
export type DeepText = {
  title: string;
  sentences: DeepSentence[];
  /** Characters of prose. */
  length: number;
  headings: string[];
};

/** A longer sentence is a paragraph, a shorter one says nothing. */
const SENTENCE = { least: 16, most: 130 } as const;
const HEADING_MOST = 30;
/** Longer articles are books: their beginning is read. */
const CHARS_READ = 20_000;

/** Reads an article for a deep read. Pure; linear in the text, some milliseconds for 3,000 characters. */
export function readDeepText(article: Article, desk: DeepDesk): DeepText {
  const lines = linesOf(article);
  const headings = lines.filter(isHeading);
  const prose: string[] = [];
  /** For each paragraph the heading it stands under. */
  const under: string[] = [];
  let heading = '';
  for (const line of lines)
    if (isHeading(line)) heading = line;
    else {
      prose.push(line);
      under.push(heading);
    }
  const spell = spellingOf(article);
  const title = spell(repairTypography(plainProse(article.title)));
  const counts = pairCounts(spell(prose.join('\n')));
  const sentences: DeepSentence[] = [];
  let place = 0;
  for (const [paragraph, line] of prose.entries())
    for (const [n, source] of sentencesOf(withoutTornEnd(line)).entries()) {
      const sentence = sentenceOf(
        source,
        { place, paragraph, opensParagraph: n === 0 },
        { title, counts, heading: spell(under[paragraph] ?? ''), spell },
        desk,
      );
      if (sentence !== undefined) sentences.push(sentence);
      place += 1;
    }
  return {
    title,
    sentences,
    headings,
    length: prose.reduce((sum, line) => sum + visibleLength(line), 0),
  };
}

function linesOf(article: Article): string[] {
  return repairTypography(plainProse(textOf(article).slice(0, CHARS_READ)))
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A short line without a closing mark: a heading, a label or a caption, but no sentence. */
function isHeading(line: string): boolean {
  return visibleLength(line) <= HEADING_MOST && !/[。！？!?…；;，,：:”」]$/u.test(line);
}

function sentenceOf(
  source: string,
  at: Pick<DeepSentence, 'place' | 'paragraph' | 'opensParagraph'>,
  {
    title,
    counts,
    heading,
    spell,
  }: {
    title: string;
    counts: ReadonlyMap<string, number>;
    heading: string;
    spell: (text: string) => string;
  },
  desk: DeepDesk,
): DeepSentence | undefined {
  const text = withoutLink(withoutByline(spell(source)), desk).trim();
  const length = visibleLength(text);
  if (length < SENTENCE.least || length > SENTENCE.most) return undefined;
  if (!isUsable(text, desk) || !/[。！][”」）]*$/u.test(text) || !isBalanced(text)) return undefined;
  if (LISTING.test(text) || NUMBERED.test(text)) return undefined;
  if (speaksToReader(text) || /^[“"「‘（(]/u.test(text)) return undefined;
  const { needsBefore, needsSubject } = desk.deepRead;
  const pairs = [...new Set(letterPairs(text))];
  const repeated = pairs.reduce((sum, pair) => sum + Math.log(counts.get(pair) ?? 1), 0);
  const inTitle = new Set(letterPairs(title));
  return {
    ...at,
    text,
    source,
    length,
    stands: !needsBefore.some((word) => text.startsWith(word)) && !WHO_SAYS.test(text),
    hasSubject: !needsSubject.some((word) => text.startsWith(word)),
    amounts: amountsIn(text, desk),
    weight:
      repeated / (pairs.length + 4) + 0.5 * (pairs.filter((pair) => inTitle.has(pair)).length > 1 ? 1 : 0),
    how: desk.deepRead.how.some((word) => text.includes(word)),
    matters: signalOf(text, heading, 'matters', desk),
    doubts: signalOf(text, heading, 'doubts', desk),
  };
}

/** `四，`, `第七条`, `摘要：`: what counts and labels belongs to the article's own order. */
const NUMBERED =
  /^(?:第?[一二三四五六七八九十]{1,3}[，、,.：条章节]|(?:摘要|导读|编者按|原标题|注|图)[：:\d])/u;

/** Rows of tables, numbers of issues, counts of thumbs: parts of a listing, no sentences. */
const LISTING = /[|｜]| · |#\d{2,}|[\p{Extended_Pictographic}→←]|[@＠]\w/u;

/** `我们`, `你` outside quotations: the author's voice, not a newsroom's. */
function speaksToReader(text: string): boolean {
  return /[我你您咱]|笔者|大家/u.test(text.replace(/[“「『][^”」』]*[”」』]/gu, ''));
}

function isBalanced(text: string): boolean {
  return ['“”', '「」', '『』', '《》', '（）'].every(
    ([open = '', close = '']) => text.split(open).length === text.split(close).length,
  );
}

/** `对此他表示`: who he is was said before. */
const WHO_SAYS =
  /(?:^|，)[^，“”]{0,14}[他她]们?(?:还|也|同时)?(?:表示|说|称|认为|指出|透露|坦言|解释|强调|补充)/u;

/** Amounts that say something: not dates, versions or `一个`. */
function amountsIn(text: string, desk: DeepDesk): number {
  const sheet = readSheet(text, plainText(text), undefined, desk.facts);
  return sheet
    .quantities()
    .filter(({ few, value, unit }) => few === undefined && (unit !== '' || value >= 10)).length;
}

function pairCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pair of letterPairs(text)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}
