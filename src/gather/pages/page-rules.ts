import { z } from 'zod';

const pattern = z.string().refine(isPattern, '不是有效的正则表达式');
const line = z.object({ why: z.string(), pattern, examples: z.array(z.string()).min(1) });

const blocks = z.array(
  z.object({ why: z.string(), names: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1) }),
);

/** `editorial/boilerplate.yaml`: what stands around an article. */
export const boilerplateSchema = z.object({
  furniture: blocks,
  barriers: blocks,
  heads: z.array(line),
  strays: z.array(line),
  tails: z.array(line.extend({ final: z.boolean().default(false) })),
});

/** `editorial/site-rules.yaml`: sites whose pages say plainly where the article is. */
export const siteRulesSchema = z.object({
  sites: z.array(
    z.object({
      hosts: z.array(z.string().regex(/^[a-z0-9.-]+$/)).min(1),
      why: z.string(),
      content: z.string().min(1),
      remove: z.array(z.string()),
    }),
  ),
});

export type Boilerplate = z.infer<typeof boilerplateSchema>;
export type SiteRule = z.infer<typeof siteRulesSchema>['sites'][number];

/** The rules of both files as plain values, which can be handed to another thread. */
export type PageRules = { boilerplate: Boilerplate; sites: SiteRule[] };

/** `final`: whatever follows such a line is not the article. */
export type Tail = { line: RegExp; final: boolean };

/** The rules made ready for use. */
export type ReadingRules = {
  /** Matches a class or an id written with dashes, between dashes: `-share-`. */
  furniture: RegExp;
  barriers: RegExp;
  heads: RegExp[];
  strays: RegExp[];
  tails: Tail[];
  sites: SiteRule[];
};

/** Compiles the rules; about a hundred patterns, so once per thread and not per page. */
export function prepareRules({ boilerplate, sites }: PageRules): ReadingRules {
  const named = (groups: z.infer<typeof blocks>): RegExp =>
    new RegExp(`-(?:${groups.flatMap((group) => group.names).join('|')})-`);
  const whole = (entry: { pattern: string }): RegExp => new RegExp(`^(?:${entry.pattern})$`, 'iu');
  return {
    furniture: named(boilerplate.furniture),
    barriers: named(boilerplate.barriers),
    heads: boilerplate.heads.map(whole),
    strays: boilerplate.strays.map(whole),
    tails: boilerplate.tails.map((tail) => ({ line: whole(tail), final: tail.final })),
    sites,
  };
}

/** The rule for an address: of its host or of the nearest domain above it. */
export function siteRuleFor(url: string, sites: readonly SiteRule[]): SiteRule | undefined {
  const host = URL.parse(url)?.hostname ?? '';
  const fits = (name: string): boolean => host === name || host.endsWith(`.${name}`);
  return sites.find(({ hosts }) => hosts.some(fits));
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'iu');
    return true;
  } catch {
    return false;
  }
}
