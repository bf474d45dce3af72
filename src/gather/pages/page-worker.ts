import type { PageInput, PageReading } from './page-reading.ts';
import { readPage } from './read-page.ts';

/** What a worker thread of the page pool runs. */
export default function readInWorker(input: PageInput): PageReading {
  return readPage(input);
}
