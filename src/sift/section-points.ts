import type { Article } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { Reason } from '../domain/story.ts';
import { compileRules, sumOf } from './phrase-rules.ts';
import type { SectionRules } from './rules.ts';
import type { PlainPiece } from './word-model.ts';

/** What the rules of one section say of an article. */
export type SectionPoints = { name: string; points: number; reasons: Reason[] };

/** Characters of the text that tell its angle; the title tells more. */
const ANGLE_CHARS = 400;
const TEXT_SHARE = 0.35;
/** How many phrases of one kind of signal count after the first, each half of the one before. */
const SAME_SIGNAL_MOST = 2;

/** Prepares the readable points of every section: words, where the link leads, the kind of source. */
export function createSectionPoints(
  rules: SectionRules,
): (article: Article, piece: PlainPiece, source: Source | undefined) => SectionPoints[] {
  const sections = rules.sections.map((section) => ({
    section,
    match: compileRules(section.signals, TEXT_SHARE),
  }));
  return (article, { title, text }, source) => {
    const piece = { title, text: text.slice(0, ANGLE_CHARS) };
    return sections.map(({ section, match }) => {
      const reasons = [...byPlace(section, article, source), ...capped(match(piece))];
      return { name: section.name, reasons, points: sumOf(reasons) + section.base };
    });
  };
}

function byPlace(
  section: SectionRules['sections'][number],
  article: Article,
  source: Source | undefined,
): Reason[] {
  const reasons: Reason[] = [];
  const address = article.url.replace(/^https?:\/\/(www\.)?/, '');
  for (const [host, weight] of Object.entries(section.hosts)) {
    if (atHost(address, host)) reasons.push({ signal: `链接在 ${host}`, weight });
  }
  const weight = section.kinds[source?.kind ?? ''];
  if (weight !== undefined) reasons.push({ signal: `来源类型 ${source?.kind}`, weight });
  return reasons;
}

/** `host` may carry a path (`huggingface.co/papers`) and covers its subdomains. */
export function atHost(address: string, host: string): boolean {
  const bare = address.replace(/^https?:\/\/(www\.)?/, '');
  if (bare === host || bare.startsWith(`${host}/`)) return true;
  const [domain = ''] = bare.split('/', 1);
  return domain.endsWith(`.${host}`);
}

function capped(reasons: readonly Reason[]): Reason[] {
  const spent = new Map<string, number>();
  return reasons.flatMap((reason) => {
    const why = reason.signal.split('：', 1)[0] ?? '';
    const before = spent.get(why) ?? 0;
    spent.set(why, before + 1);
    return before > SAME_SIGNAL_MOST ? [] : [{ ...reason, weight: reason.weight / 2 ** before }];
  });
}
