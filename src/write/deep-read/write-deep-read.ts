import type { Article } from '../../domain/article.ts';
import type { Brief, Evidence } from '../../domain/brief.ts';
import { DEEP_LENGTH, type DeepPart, type DeepRead } from '../../domain/deep-read.ts';
import type { StoryFile } from '../../domain/story.ts';
import { alike } from '../alike.ts';
import { checkFacts } from '../facts.ts';
import { factSourcesOf } from '../prove-brief.ts';
import { type DeepSentence, type DeepText, readDeepText } from './read-sentences.ts';
import type { DeepDesk } from './signals.ts';

/** Names the writer; a new number whenever the same article gives another deep read. */
export const DEEP_WRITER = 'extractive-deep/3';

/** The written parts of a deep read. */
export type DeepParts = Record<DeepPart, Evidence[]>;

/** Of the article's prose a deep read may take this share: the rest is what the original is for. */
const SHARE = 0.55;
/** Aimed at, within what is promised. */
const WANTED = { least: 440, most: 720 } as const;
/** Sentences in a part, and characters it may take. */
const PARTS = {
  told: { sentences: 7, chars: 380 },
  figures: { sentences: 4, chars: 230 },
  matters: { sentences: 2, chars: 150 },
  doubts: { sentences: 2, chars: 160 },
} as const;
/** What is told comes first, until it has this much: without it the other parts hang in the air. */
const TOLD_FIRST = 220;
/** Two sentences that share more of their pairs say one thing twice. */
const SAME = 0.45;

/**
 * The parts of a deep read in the article's own sentences, each whole and checked against the story's articles; undefined
 * when they do not come to 400 characters with what it tells and figures. A part the article says nothing for is empty.
 * Pure; some tens of milliseconds.
 */
export function writeDeepParts(article: Article, file: StoryFile, desk: DeepDesk): DeepParts | undefined {
  const text = readDeepText(article, desk);
  const sources = factSourcesOf(file, desk);
  const isTrue = ({ text: claim }: DeepSentence) =>
    checkFacts({ headline: '', summary: claim }, sources, desk.facts).every(({ ok }) => ok);
  const most = Math.min(WANTED.most, Math.max(WANTED.least, Math.round(text.length * SHARE)));
  const table = layTable(text, isTrue);
  const lead = table.lead();
  if (lead === undefined) return undefined;
  table.take('told', [lead]);
  const central = ({ weight, opensParagraph, paragraph, amounts, how }: DeepSentence) =>
    weight + (opensParagraph ? 0.6 : 0) + 1 / (1 + paragraph) + (how ? 0.9 : 0) - 0.2 * Math.min(amounts, 4);
  fill(table, 'told', (one) => (one.matters + one.doubts > 2 ? 0 : central(one)), TOLD_FIRST);
  fill(table, 'doubts', (one) => one.doubts, most);
  fill(table, 'matters', (one) => one.matters, most);
  fill(
    table,
    'figures',
    // What is not known yet is no fact, whatever its amounts.
    (one) => (one.hasSubject && one.doubts === 0 ? one.amounts && Math.min(one.amounts, 3) + one.weight : 0),
    most,
  );
  fill(table, 'told', central, most);
  const enough =
    table.length() >= DEEP_LENGTH.least &&
    table.of('told').length >= 2 &&
    table.of('figures').length >= 2 &&
    table.of('matters').length + table.of('doubts').length > 0;
  if (!enough) return undefined;
  const evidence = (part: DeepPart) =>
    table.of(part).map(({ text: claim, source }): Evidence => ({ claim, source, articleId: article.id }));
  return {
    told: evidence('told'),
    figures: evidence('figures'),
    matters: evidence('matters'),
    doubts: evidence('doubts'),
  };
}

/** The deep read with its frame. */
export function deepReadOf(
  parts: DeepParts,
  about: { brief: Brief; article: Article; date: string; further: DeepRead['further']; writer: string },
): DeepRead {
  const { brief, article, date, further, writer } = about;
  return {
    storyId: brief.storyId,
    articleId: article.id,
    url: article.url,
    publisher: article.publisher,
    headline: brief.headline,
    date,
    ...parts,
    further,
    writer,
  };
}

type Table = ReturnType<typeof layTable>;

/** The sentences of one article and who took which. */
function layTable({ sentences, title }: DeepText, isTrue: (one: DeepSentence) => boolean) {
  const taken = new Map<DeepSentence, DeepPart>();
  const untrue = new Set<DeepSentence>();
  const all = () => [...taken.keys()];
  const of = (part: DeepPart) =>
    [...taken]
      .filter(([, its]) => its === part)
      .map(([one]) => one)
      .toSorted((one, other) => one.place - other.place);
  return {
    sentences,
    of,
    length: () => all().reduce((sum, { length }) => sum + length, 0),
    chars: (part: DeepPart) => of(part).reduce((sum, { length }) => sum + length, 0),
    /** The first sentence that stands and is not the title again. */
    lead: () => sentences.slice(0, 6).find((one) => one.stands && isTrue(one) && one.text !== title),
    take(part: DeepPart, some: readonly DeepSentence[]) {
      for (const one of some) taken.set(one, part);
    },
    before: (one: DeepSentence) => sentences.find(({ place }) => place === one.place - 1),
    isFree(one: DeepSentence) {
      if (taken.has(one) || untrue.has(one)) return false;
      if (all().some((other) => alike(other.text, one.text) > SAME)) return false;
      if (isTrue(one)) return true;
      untrue.add(one);
      return false;
    },
    partOf: (one: DeepSentence) => taken.get(one),
  };
}

/** Fills a part with the sentences worth most to it, as long as there is room in the part and in the whole. */
function fill(table: Table, part: DeepPart, worthOf: (one: DeepSentence) => number, most: number): void {
  const { sentences, chars } = PARTS[part];
  const ranked = table.sentences
    .map((one) => ({ one, worth: worthOf(one) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth || a.one.place - b.one.place);
  for (const { one } of ranked) {
    if (table.of(part).length >= sentences) return;
    const group = groupOf(one, part, table);
    if (group === undefined) continue;
    const length = group.reduce((sum, { length }) => sum + length, 0);
    const inParagraph = table.of(part).filter(({ paragraph }) => paragraph === one.paragraph).length;
    // A whole paragraph is no reading of it.
    if (part === 'told' && inParagraph >= 2) continue;
    if (table.chars(part) + length > chars || table.length() + length > most) continue;
    table.take(part, group);
  }
}

/** The sentence, with the one before it where it needs that and it is free; undefined when it cannot be taken. */
function groupOf(one: DeepSentence, part: DeepPart, table: Table): DeepSentence[] | undefined {
  if (!table.isFree(one)) return undefined;
  if (one.stands) return [one];
  const before = table.before(one);
  if (before === undefined || before.paragraph !== one.paragraph || !before.stands) return undefined;
  if (table.partOf(before) === part) return [one];
  // In a list of figures each stands alone.
  return part !== 'figures' && table.isFree(before) ? [before, one] : undefined;
}
