import { rankHits } from './rank.ts';
import type { SearchIndex } from './segments.ts';
import { readPostings } from './shards.ts';
import { queryTerms, shardOf, termsOf } from './terms.ts';

/** What of a browser the search page uses. */
type Part = {
  textContent: string | null;
  hidden: boolean;
  value: string;
  href: string;
  append(...nodes: (Part | string)[]): void;
  replaceChildren(...nodes: (Part | string)[]): void;
  setAttribute(name: string, value: string): void;
  addEventListener(kind: string, listener: (event: { preventDefault(): void }) => void): void;
};
type Browser = {
  document: {
    getElementById(id: string): unknown;
    createElement(name: string): unknown;
    querySelector(selector: string): unknown;
  };
  location: { href: string; protocol: string };
  history: { replaceState(state: null, title: string, url: string): void };
};

/**
 * The search page's own work: asks for the index, then for the shards of the reader's words, newest stretch first; shows
 * what it has as soon as something answers. Runs in the reader's browser, so it stands alone but for the functions
 * beside it in `searchScript`; text reaches the page as text only.
 */
async function startSearch(browser: Browser): Promise<void> {
  const { document, location, history } = browser;
  const part = (id: string) => document.getElementById(id) as Part;
  const make = (name: string) => document.createElement(name) as Part;
  const [form, input, status, found, more] = [
    document.querySelector('form.search') as Part,
    part('query'),
    part('status'),
    part('found'),
    part('more'),
  ];
  if (location.protocol === 'file:') {
    status.textContent =
      '这是磁盘上的副本，浏览器不让网页读旁边的文件，所以不能搜索；请在网站上搜，或翻往期。';
    return;
  }
  type Found = { date: string; place: number; score: number; whole: boolean };
  type Headlines = {
    page: string;
    items: [anchor: string, headline: string, section: string, own?: string][];
  };
  const kept = new Map<string, Promise<unknown>>();
  const ask = <Answer>(path: string, read: (response: Response) => Promise<Answer>): Promise<Answer> => {
    const asked =
      kept.get(path) ??
      fetch(path).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${path}`);
        return read(response);
      });
    kept.set(path, asked);
    asked.catch(() => kept.delete(path));
    return asked as Promise<Answer>;
  };
  const index = () => ask('search/index.json', async (response) => (await response.json()) as SearchIndex);
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const day = 86_400_000;
  let turn = 0;

  /** Where each document of a segment stands, and how old it is. */
  const standing = ({ from, editions, weekly }: SearchIndex['segments'][number], newest: number) => {
    const dates: string[] = [];
    const places: number[] = [];
    const ages: number[] = [];
    let at = Date.parse(from);
    for (let n = 0; n < editions.length; n += 2) {
      at += (editions[n] ?? 0) * day;
      const date = `${weekly ? 'week-' : ''}${new Date(at).toISOString().slice(0, 10)}`;
      for (let place = 0; place < (editions[n + 1] ?? 0); place += 1) {
        dates.push(date);
        places.push(place);
        ages.push(Math.max(0, (newest - at) / day));
      }
    }
    return { dates, places, ages };
  };

  const marked = (text: string, query: string): (Part | string)[] => {
    const words = query.split(/\s+/).filter((word) => word !== '');
    const pieces: (Part | string)[] = [];
    let rest = text;
    while (rest !== '') {
      const lower = rest.toLowerCase();
      const first = words
        .map((word) => ({ word, at: lower.indexOf(word.toLowerCase()) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at || b.word.length - a.word.length)[0];
      if (first === undefined || lower.length !== rest.length) break;
      const mark = make('mark');
      mark.textContent = rest.slice(first.at, first.at + first.word.length);
      pieces.push(rest.slice(0, first.at), mark);
      rest = rest.slice(first.at + first.word.length);
    }
    return [...pieces, rest];
  };

  const row = async ({ date, place }: Found, query: string): Promise<Part> => {
    const { page, items } = await ask(
      `search/editions/${date}.json`,
      async (response) => (await response.json()) as Headlines,
    );
    const [anchor, headline, section, own] = items[place] ?? ['', '', ''];
    const [line, time, link, small] = [make('li'), make('time'), make('a'), make('small')];
    time.textContent = date.replace('week-', '');
    time.setAttribute('datetime', date.replace('week-', ''));
    link.href = own ?? `${page}#${encodeURIComponent(anchor)}`;
    link.append(...marked(headline, query));
    small.textContent = ` ${section}`;
    const cell = make('div');
    cell.append(link, small);
    line.append(time, cell);
    return line;
  };

  const search = async (query: string): Promise<void> => {
    turn += 1;
    const own = turn;
    const terms = queryTerms(query);
    more.hidden = true;
    if (terms.length === 0) {
      found.replaceChildren();
      status.textContent = query.trim() === '' ? '' : '请至少输入两个字。';
      return;
    }
    status.textContent = '正在搜索……';
    const { segments } = await index();
    const hits: Found[] = [];
    let shown = 10;
    const show = async () => {
      const whole = hits.filter((hit) => hit.whole);
      const best = (whole.length > 0 ? whole : hits).sort(
        (a, b) => b.score - a.score || (a.date < b.date ? 1 : a.date > b.date ? -1 : a.place - b.place),
      );
      const lines = await Promise.all(best.slice(0, shown).map((hit) => row(hit, query)));
      if (own !== turn) return undefined;
      found.replaceChildren(...lines);
      more.hidden = best.length <= shown;
      return { count: best.length, isWhole: whole.length > 0 };
    };
    const newest = segments[0];
    const last = newest === undefined ? 0 : Date.parse(newest.from) + 31 * day;
    let isFirst = true;
    const work = segments.map(async (segment) => {
      const shards = await Promise.all(
        terms.map((term) =>
          ask(
            `search/${segment.id}/${shardOf(term, segment.shards).toString(36)}.bin?v=${segment.version}`,
            bytes,
          ),
        ),
      );
      const { dates, places, ages } = standing(segment, last);
      const postings = terms.map((term, n) => readPostings(shards[n] ?? new Uint8Array(), term));
      for (const { doc, score, whole } of rankHits(postings, (doc) => ages[doc] ?? 0))
        hits.push({ date: dates[doc] ?? '', place: places[doc] ?? 0, score, whole });
      if (isFirst && hits.some(({ whole }) => whole)) {
        isFirst = false;
        await show();
      }
    });
    await Promise.all(work);
    const shownNow = await show();
    if (shownNow === undefined) return;
    const { count, isWhole } = shownNow;
    status.textContent =
      count === 0
        ? '没有找到。'
        : isWhole
          ? `找到 ${count} 条。`
          : `没有全部词都有的，有一部分词的 ${count} 条。`;
    shownMore = async () => {
      shown += 10;
      await show();
    };
  };

  let shownMore = async () => {};
  const guarded = (work: () => Promise<void>) => {
    work().catch(() => {
      status.textContent = '没有取到搜索要用的文件，请检查网络后再试。';
    });
  };
  more.addEventListener('click', () => guarded(() => shownMore()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const url = new URL(location.href);
    url.searchParams.set('q', input.value);
    history.replaceState(null, '', url.href);
    guarded(() => search(input.value));
  });
  form.hidden = false;
  const asked = new URL(location.href).searchParams.get('q') ?? '';
  input.value = asked;
  if (asked !== '') guarded(() => search(asked));
  else guarded(async () => void (await index()));
}

/** The one script of the site, made of the functions themselves, so that what is tested here is what readers run. */
export function searchScript(): string {
  const functions = [termsOf, queryTerms, shardOf, readPostings, rankHits, startSearch];
  const text = functions.map((one) => one.toString()).join('\n');
  return `'use strict';\n(() => {\n${text.replace(/[ \t]+$/gm, '')}\nvoid startSearch(globalThis);\n})();\n`;
}
