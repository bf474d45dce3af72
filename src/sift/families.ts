import { getDomain } from 'tldts';
import type { Source } from '../domain/source.ts';
import type { FamilyOf } from '../domain/story.ts';
import { type NameFinder, namesIn } from '../text/names.ts';

/** Hosts where everybody publishes: an address there says nothing about who owns the publisher. */
const SHARED_HOSTS =
  /(^|\.)(mp\.weixin\.qq\.com|github\.com|huggingface\.co|substack\.com|medium\.com|x\.com|arxiv\.org|youtube\.com|zhihu\.com|juejin\.cn|dev\.to)$/;

/**
 * Prepares to tell who owns a publisher: what the config says; else the company its name names (three accounts of one
 * company are one voice); else, for sources that read their own site, the site's registered domain; else its own name.
 */
export function createFamilies(sources: ReadonlyMap<string, Source>, findNames: NameFinder): FamilyOf {
  return ({ sourceId, publisher, url }) => {
    const source = sources.get(sourceId);
    if (source?.publisher !== undefined) return source.publisher;
    const [owner] = namesIn(findNames, publisher);
    if (owner !== undefined) return owner.of ?? owner.name;
    const [home, page] = [domainOf(source?.url ?? ''), domainOf(url)];
    return home !== undefined && home === page ? home : publisher;
  };
}

/** `blog.example.co.uk` -> `example.co.uk`, by the Public Suffix List; undefined for shared hosts and bare addresses. */
function domainOf(url: string): string | undefined {
  const host = URL.parse(url)?.hostname;
  if (host === undefined || SHARED_HOSTS.test(host)) return undefined;
  return getDomain(host, { allowPrivateDomains: true }) ?? undefined;
}
