import { type Article, ENGAGEMENT, type Instant, textOf } from '../domain/article.ts';
import type { Source } from '../domain/source.ts';
import type { FamilyOf, Reason, StoryFile } from '../domain/story.ts';
import type { NameFinder } from '../text/names.ts';
import { compileRules } from './phrase-rules.ts';
import type { WorthRules } from './rules.ts';
import { atHost } from './section-points.ts';

export type WorthVerdict = { score: number; parts: Reason[] };

/**
 * What a story's worth is judged from. `section`: where it will stand. `counted`: its articles that are not noise.
 * `relevance`: points by which the one most about AI is above what it takes.
 */
export type WorthInput = {
  file: StoryFile;
  counted: readonly Article[];
  section: string;
  relevance: number;
};
export type WorthJudge = (input: WorthInput) => WorthVerdict;

/** Prepares to weigh stories: 0..100, the sum of parts that an editor can read one by one. */
export function createWorthJudge(
  rules: WorthRules,
  tools: {
    findNames: NameFinder;
    sources: ReadonlyMap<string, Source>;
    familyOf: FamilyOf;
    cutoffAt: Instant;
  },
): WorthJudge {
  const match = compileRules(rules.signals);
  const listing = new RegExp(rules.listing.pattern, 'iu');
  return ({ file, counted, section, relevance }) => {
    const articles = counted.length > 0 ? counted : file.articles;
    const parts: Reason[] = [
      { signal: '基础分', weight: rules.base },
      coverage(rules, articles, tools.familyOf),
      sourceTrust(rules, articles, tools.sources),
      freshness(rules, articles, tools.cutoffAt),
      ...entities(rules, articles, tools.findNames),
      depth(rules, articles),
      primary(rules, articles),
      engagement(rules, articles),
      { signal: `板块 ${section}`, weight: rules.sections[section] ?? 0 },
      ...happenings(articles, match),
      marginal(rules, relevance),
      thinness(rules, articles),
      selfPublished(rules, articles),
      listed(rules, articles, listing),
    ].filter((part): part is Reason => part !== undefined && part.weight !== 0);
    const rounded = parts.map((part) => ({ ...part, weight: Math.round(part.weight * 10) / 10 }));
    const sum = rounded.reduce((total, part) => total + part.weight, 0);
    return { score: Math.max(0, Math.min(100, Math.round(sum * 10) / 10)), parts: rounded };
  };
}

function coverage(rules: WorthRules, articles: readonly Article[], familyOf: FamilyOf): Reason {
  const voices = new Set(articles.map(familyOf));
  const weight = Math.min(rules.coverage.most, rules.coverage.each * Math.log2(Math.max(1, voices.size)));
  return { signal: `${voices.size} 家独立来源报道`, weight };
}

function sourceTrust(
  rules: WorthRules,
  articles: readonly Article[],
  sources: ReadonlyMap<string, Source>,
): Reason {
  const best = Math.max(...articles.map((article) => sources.get(article.sourceId)?.weight ?? 1));
  return { signal: `来源权重 ${best}`, weight: (best - 1) * rules.sourceWeight };
}

function freshness(rules: WorthRules, articles: readonly Article[], cutoffAt: Instant): Reason {
  const newest = Math.max(...articles.map((article) => article.publishedAt));
  const hours = Math.max(0, cutoffAt - newest) / 3_600_000;
  const weight = rules.freshness.most * Math.max(0, 1 - hours / rules.freshness.zeroHours);
  return { signal: `距截稿 ${Math.round(hours)} 小时`, weight };
}

/** Who is in the titles: by fame, and more when one of them is a person. */
function entities(rules: WorthRules, articles: readonly Article[], findNames: NameFinder): Reason[] {
  const { each, most, person } = rules.entities;
  const names = new Set(articles.flatMap((article) => findNames(article.title).map((hit) => hit.name)));
  const [first, second] = [...names].toSorted((one, other) => other.fame - one.fame);
  const weight = Math.min(most, each * ((first?.fame ?? 0) + (second?.fame ?? 0) / 3));
  const shown = [first, second].flatMap((name) => (name === undefined ? [] : [name.name]));
  const who = [...names].find(({ kind }) => kind === 'person');
  return [
    { signal: `标题提到 ${shown.join('、') || '—'}`, weight },
    ...(who === undefined ? [] : [{ signal: `标题说到人物 ${who.name}`, weight: person }]),
  ];
}

function depth(rules: WorthRules, articles: readonly Article[]): Reason {
  const longest = Math.max(...articles.map((article) => textOf(article).length));
  return {
    signal: `正文最长 ${longest} 字`,
    weight: rules.depth.most * Math.min(1, longest / rules.depth.fullChars),
  };
}

function primary(rules: WorthRules, articles: readonly Article[]): Reason | undefined {
  const host = rules.primary.hosts.find((one) => articles.some((article) => atHost(article.url, one)));
  return host === undefined ? undefined : { signal: `有一手来源 ${host}`, weight: rules.primary.points };
}

/** What listing sites count, as the source gave it or as the listing's own text says it. */
function engagement(rules: WorthRules, articles: readonly Article[]): Reason | undefined {
  const { counts, each, most: cap } = rules.engagement;
  const most = Math.max(
    0,
    ...articles.flatMap((article) => [
      ...ENGAGEMENT.map((count) => (article.engagement?.[count] ?? 0) * counts[count]),
      ...countsInText(textOf(article)),
    ]),
  );
  if (most <= 10) return undefined;
  return { signal: `热度 ${Math.round(most)}`, weight: Math.min(cap, each * Math.log10(most / 10)) };
}

/** HN points, or stars won today. */
function countsInText(text: string): number[] {
  const found = text.matchAll(
    /HN\s?(\d[\d,]*)\s?(?:分|points)|今日[^\d\n]{0,4}(\d[\d,]*)\s?颗?星|(\d[\d,]*) points\b/g,
  );
  return [...found].map(([, points, stars, plain]) =>
    Number((points ?? stars ?? plain ?? '0').replaceAll(',', '')),
  );
}

/** Each kind of signal once for the story, from the title where it weighs most. */
function happenings(articles: readonly Article[], match: ReturnType<typeof compileRules>): Reason[] {
  const best = new Map<string, Reason & { times: number }>();
  for (const article of articles) {
    const kinds = new Map(
      match({ title: article.title, text: '' }).map((reason) => [
        reason.signal.split('：', 1)[0] ?? '',
        reason,
      ]),
    );
    for (const [kind, reason] of kinds) {
      best.set(kind, { ...reason, times: (best.get(kind)?.times ?? 0) + 1 });
    }
  }
  // What only some of the titles say counts by their share: one shrill title does not spoil a story, nor make it.
  return [...best.values()].map(({ signal, weight, times }) => ({
    signal,
    weight: weight * Math.min(1, (times / articles.length) * 1.5),
  }));
}

/** A piece that is hardly about AI, however famous the names in it. */
function marginal(rules: WorthRules, relevance: number): Reason {
  const near = Math.max(0, 1 - relevance / rules.relevance.full);
  return { signal: '与 AI 的关联不强', weight: rules.relevance.points * near };
}

function thinness(rules: WorthRules, articles: readonly Article[]): Reason | undefined {
  const thin = articles.every((article) => textOf(article).length < rules.thin.chars);
  return thin ? { signal: '各篇正文都很短', weight: rules.thin.points } : undefined;
}

/** Told only where everybody may publish: nobody else has chosen it yet. */
function selfPublished(rules: WorthRules, articles: readonly Article[]): Reason | undefined {
  const { hosts, points } = rules.selfPublished;
  const only = articles.every(({ url }) => hosts.some((host) => atHost(url, host)));
  return only ? { signal: '只见于谁都能发文的平台', weight: points } : undefined;
}

function listed(rules: WorthRules, articles: readonly Article[], listing: RegExp): Reason | undefined {
  const only = articles.every((article) => listing.test(article.title));
  return only ? { signal: '只是榜单上的一项', weight: rules.listing.points } : undefined;
}
