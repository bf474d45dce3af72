import type { PageReading } from '../src/gather/pages/page-reading.ts';
import { prepareRules } from '../src/gather/pages/page-rules.ts';
import { readPage } from '../src/gather/pages/read-page.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';

/** Stored pages have no moment of fetching; none of the sets' expectations counts from it. */
const FETCHED_AT = Date.UTC(2026, 0, 1);

const rules = prepareRules(loadEditorial({}).pageRules);

/** A stored page as ribao reads it. */
export function readOurs(bytes: Uint8Array, url: string): PageReading {
  return readPage({ bytes, contentType: 'text/html', url, fetchedAt: FETCHED_AT }, rules);
}
