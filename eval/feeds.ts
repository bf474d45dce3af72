import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Source } from '../src/domain/source.ts';
import { decodeText } from '../src/gather/decode-text.ts';
import { feedHtmlToText, plainTitle } from '../src/gather/html-text.ts';
import { parseDate } from '../src/gather/parse-date.ts';
import { parseFeedText, readFeed } from '../src/gather/sources/parse-feed.ts';
import type { RawFeed, RawItem } from '../src/gather/sources/raw-feed.ts';
import type { Question } from './question.ts';
import { readLines } from './sets/read-lines.ts';

/**
 * Reading feeds: the assertions of Python feedparser's suite that ribao models, by group; and real feeds against a census
 * of their items. `modelled` is the share of all assertions but those on well-formedness, which ribao does not report.
 */
export const feeds: Question = async ({ data, say }) => {
  const suite = await suiteFigures(join(data, 'feeds', 'feedparser'), say);
  const real = await realFigures(join(data, 'feeds', 'real'), say);
  return {
    cases: (suite?.cases ?? 0) + (real?.cases ?? 0),
    figures: { ...suite?.figures, ...real?.figures },
    absent: [...(suite ? [] : ['feeds/feedparser']), ...(real ? [] : ['feeds/real'])],
  };
};

const step = z.union([z.string(), z.number()]);
const lineSchema = z.object({
  file: z.string(),
  group: z.string(),
  headers: z.array(z.string()).nullish(),
  assertions: z
    .array(z.object({ path: z.array(step), op: z.string(), value: z.unknown().optional() }))
    .nullish(),
});
type Assertion = NonNullable<z.infer<typeof lineSchema>['assertions']>[number];

/** Where the suite says that its files are served. */
const SERVED = 'http://127.0.0.1:8097/';

async function suiteFigures(folder: string, say: (line: string) => void) {
  const lines = readLines(join(folder, 'assertions.jsonl'), lineSchema);
  if (lines === undefined) return undefined;
  const tally = new Map<string, { asked: number; passed: number }>();
  let [all, modelled, passed, live, threw] = [0, 0, 0, 0, 0];
  for (const { file, group, headers, assertions } of lines) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const type = headers?.find((header) => /^content-type:/i.test(header))?.replace(/^[^:]*:\s*/, '');
    const located = headers?.find((header) => /^content-location:/i.test(header));
    const home = URL.parse(located?.replace(/^[^:]*:\s*/, '') ?? '', SERVED)?.href ?? SERVED;
    let feed: RawFeed | undefined;
    let text = '';
    try {
      text = decodeText(readFileSync(path), type);
      feed = await readFeed(text, SERVED);
    } catch {
      threw += 1;
    }
    if (group.endsWith('sanitize') && feed?.items.some((item) => isLive(textOf(item)))) live += 1;
    const kind = group.replace(/^wellformed\//, '').replace(/\/.*/, '');
    const counts = tally.get(kind) ?? { asked: 0, passed: 0 };
    tally.set(kind, counts);
    // Channels of 1997, which no site has offered for twenty years.
    if (kind === 'cdf') continue;
    for (const assertion of assertions ?? []) {
      if (assertion.path[0] === 'bozo' || assertion.op !== 'eq') continue;
      all += 1;
      const verdict =
        assertion.path[0] === 'encoding'
          ? text === asEncoded(readFileSync(path), String(assertion.value))
          : holds(assertion, feed, home);
      if (verdict === undefined) continue;
      modelled += 1;
      counts.asked += 1;
      if (verdict) {
        passed += 1;
        counts.passed += 1;
      } else say(`  ${file}  ${assertion.path.join('.')}  ${JSON.stringify(assertion.value).slice(0, 80)}`);
    }
  }
  const groups = [...tally].filter(([, { asked }]) => asked > 0);
  return {
    cases: lines.length,
    figures: {
      'suite.pass': passed / Math.max(1, modelled),
      'suite.modelled': modelled / Math.max(1, all),
      'suite.threw': threw,
      'suite.executable': live,
      ...Object.fromEntries(groups.map(([kind, counts]) => [`suite.${kind}`, counts.passed / counts.asked])),
    },
  };
}

/** The bytes read as the suite names their encoding; which name ribao has for it does not matter, the text does. */
function asEncoded(bytes: Buffer, name: string): string {
  const wide = /^utf-32([bl]e)$/i.exec(name);
  if (wide === null) return new TextDecoder(name).decode(bytes);
  const swapped = wide[1]?.toLowerCase() === 'be' ? Buffer.from(bytes).swap32() : bytes;
  const codes = Array.from({ length: swapped.length / 4 }, (_, n) => swapped.readUInt32LE(n * 4));
  return String.fromCodePoint(...codes).replace(/^\ufeff/, '');
}

/** What would run, were the text put into a page as it is. Plain text is escaped there; tags must be gone all the same. */
function isLive(text: string): boolean {
  return /<(script|iframe|object|embed|svg|style|link|meta)\b|<[^>]+\son\w+\s*=|javascript:[^\s]*\(/i.test(
    text,
  );
}

function textOf(item: RawItem): string {
  const texts = [...item.html.map(feedHtmlToText), item.plain ?? ''];
  return texts.reduce((best, text) => (text.length > best.length ? text : best), '');
}

const bare = (text: string) => feedHtmlToText(text).replace(/\s+/g, ' ').trim();

/** Whether the feed as ribao read it says what the suite expects; undefined for what ribao does not model. */
function holds({ path, value }: Assertion, feed: RawFeed | undefined, base: string): boolean | undefined {
  const [where, at, key, ...rest] = path;
  if (where === 'feed') {
    const detail = key === 'value' && rest.length === 0 ? String(at).replace(/_detail$/, '') : undefined;
    if (key !== undefined && detail === undefined) return undefined;
    if (detail !== undefined && detail !== at)
      return holds({ path: ['feed', detail], op: 'eq', value }, feed, base);
    if (at === 'language') return feed?.language === value;
    if (at === 'title') return plainTitle(feed?.title ?? '') === bare(String(value));
    if (at === 'link')
      return URL.parse(feed?.home ?? '', base)?.href === URL.parse(String(value), base)?.href;
    if (at === 'tagline' || at === 'subtitle' || at === 'description')
      return bare(feed?.about ?? '') === bare(String(value));
    return undefined;
  }
  if (where !== 'entries' || typeof at !== 'number') return undefined;
  const item = feed?.items[at];
  const said = String(value);
  const inText = () =>
    (item?.html ?? []).some((html) => bare(html) === bare(said)) || bare(item?.plain ?? '') === bare(said);
  // Any of an entry's links is one that ribao may follow.
  if (key === 'links' && rest[1] !== 'href') return undefined;
  switch (key) {
    case 'title':
      return plainTitle(item?.title ?? '') === bare(said);
    case 'title_detail':
      return rest[0] === 'value' ? plainTitle(item?.title ?? '') === bare(said) : undefined;
    case 'links':
    case 'link':
      return (
        item?.links.some((link) => URL.parse(link, item.base ?? base)?.href === URL.parse(said)?.href) ??
        false
      );
    case 'summary':
    case 'description':
      return inText();
    case 'content':
    case 'summary_detail':
      return rest.at(-1) === 'value' ? inText() : undefined;
    case 'id':
    case 'guid':
      return item?.links.includes(said) ?? false;
    case 'published':
    case 'updated':
      return item?.dates.includes(said) ?? false;
    case 'author_detail':
      return rest[0] === 'name' ? said.startsWith(item?.author ?? '\u0000') : undefined;
    case 'author':
      return said.startsWith(item?.author ?? '\u0000');
    case 'tags':
      return rest.at(-1) === 'term'
        ? (item?.tags.some((tag) => plainTitle(tag) === plainTitle(said)) ?? false)
        : undefined;
    case 'published_parsed':
    case 'updated_parsed': {
      const parts = z.array(z.number()).safeParse(value).data ?? [];
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
      const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
      return item?.dates.some((date) => parseDate(date, 0) === wanted) ?? false;
    }
    default:
      return undefined;
  }
}

const censusSchema = z.array(
  z.object({ file: z.string(), kind: z.string(), items: z.number(), fullContentItems: z.number() }),
);

const FEED_KINDS: ReadonlySet<string> = new Set(['rss', 'atom', 'rdf', 'json']);

async function realFigures(folder: string, say: (line: string) => void) {
  const list = join(folder, 'census.json');
  if (!existsSync(list)) return undefined;
  const census = censusSchema.parse(JSON.parse(readFileSync(list, 'utf8')));
  let [files, parsed, equal, kept, entries, dated, relative] = [0, 0, 0, 0, 0, 0, 0];
  for (const { file, kind, items } of census) {
    const path = join(folder, file);
    // Lists of feeds and fragments stand there too; they are no feeds.
    if (!existsSync(path) || !FEED_KINDS.has(kind)) continue;
    files += 1;
    const source: Source = {
      id: file,
      kind: 'feed',
      name: file,
      url: `https://feeds.example/${file}`,
      weight: 1,
      fullText: 'feed',
    };
    const text = decodeText(readFileSync(path));
    const listed = (await readFeed(text, source.url))?.items.length ?? 0;
    const reading = await parseFeedText(text, {
      source,
      feedUrl: source.url,
      now: Date.now(),
    });
    if (reading.kind === 'html' || reading.kind === 'malformed') {
      say(`  ${file}: ${reading.kind}`);
      continue;
    }
    parsed += 1;
    const found = reading.kind === 'entries' ? reading.entries : [];
    if (listed === items) equal += 1;
    else say(`  ${file}: ${listed} items, census ${items}`);
    if (found.length === items) kept += 1;
    else
      say(
        `  ${file}: ${found.length} entries, census ${items}${reading.kind === 'entries' && reading.note ? `（${reading.note}）` : ''}`,
      );
    entries += found.length;
    dated += found.filter(({ publishedAt }) => publishedAt !== undefined).length;
    relative += found.filter(({ url }) => !/^https?:\/\//.test(url)).length;
  }
  return {
    cases: files,
    figures: {
      'real.parsed': parsed / Math.max(1, files),
      // What the feed lists, and what is left without repeats and entries that link nothing.
      'real.itemsEqual': equal / Math.max(1, files),
      'real.entriesEqual': kept / Math.max(1, files),
      'real.dated': dated / Math.max(1, entries),
      'real.relativeLinks': relative,
    },
  };
}
