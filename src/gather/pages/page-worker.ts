import { workerData } from 'piscina';
import type { PageInput, PageReading } from './page-reading.ts';
import { prepareRules } from './page-rules.ts';
import { readPage } from './read-page.ts';

const rules = prepareRules(workerData);

/** What a worker thread of the page pool runs. */
export default function readInWorker(input: PageInput): PageReading {
  return readPage(input, rules);
}
