import untypedParser from 'robots-parser';

/** The package's own types describe an ES module, which it is not. */
const robotsParser = untypedParser as unknown as (
  address: string,
  text: string,
) => {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
};

/** What a site's robots.txt says of one address. */
export type Permission = {
  allowed: boolean;
  /** The file could not be had; another time it may. */
  unknown?: true;
  crawlDelayMs?: number;
};

/** How fetching a robots.txt ended. */
export type RobotsText = { kind: 'text'; text: string } | { kind: 'none' } | { kind: 'unreachable' };

/** RFC 9309 2.4: a copy should not be used for longer. */
const KEPT_MS = 24 * 3_600_000;
/** RFC 9309 2.3.1.4 lets one go on after a long time without an answer; until then nothing may be read. */
const UNREACHABLE_KEPT_MS = 600_000;
/** Longer delays are meant for crawlers that fetch whole sites. */
const MAX_DELAY_MS = 10_000;
/** Our product token, see RFC 9309 2.2.1. */
const TOKEN = 'ribao';

/**
 * Asks each site's robots.txt once a day (RFC 9309). No file (4xx) allows everything; one that cannot be had (5xx, no
 * answer) allows nothing for ten minutes.
 */
export function createRobots(
  fetchText: (url: string) => Promise<RobotsText>,
  now: () => number = Date.now,
): (url: URL) => Promise<Permission> {
  const known = new Map<string, { until: number; answer: Promise<RobotsText> }>();
  return async (url) => {
    const address = `${url.origin}/robots.txt`;
    let entry = known.get(url.origin);
    if (entry === undefined || entry.until <= now()) {
      const answer = fetchText(address);
      entry = { until: now() + KEPT_MS, answer };
      known.set(url.origin, entry);
      const asked = entry;
      const { kind } = await answer;
      if (kind === 'unreachable') asked.until = now() + UNREACHABLE_KEPT_MS;
    }
    const robots = await entry.answer;
    if (robots.kind === 'none') return { allowed: true };
    if (robots.kind === 'unreachable') return { allowed: false, unknown: true };
    const rules = robotsParser(address, robots.text);
    const delay = rules.getCrawlDelay(TOKEN);
    return {
      allowed: rules.isAllowed(url.href, TOKEN) !== false,
      ...(delay === undefined || !(delay > 0) ? {} : { crawlDelayMs: Math.min(delay * 1000, MAX_DELAY_MS) }),
    };
  };
}
