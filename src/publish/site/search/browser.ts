import { rankHits } from './rank.ts';
import type { SearchIndex, Stretch } from './segments.ts';
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
 * The search page's own work: asks for the shards of the reader's words in the present year, and goes back year by year
 * only while there is too little to show; rows stand as soon as they are known, and never move. Runs in the reader's
 * browser, so it stands alone but for the functions beside it in `searchScript`; text reaches the page as text only.
 */
function startSearch(browser: Browser): void {
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
  type Found = { date: string; file: string; place: number; score: number; whole: boolean };
  type Headlines = {
    page: string;
    items: [anchor: string, headline: string, section: string, own?: string][];
  };
  type Step = { hits: Found[]; since: string; isLast: boolean };
  const index = JSON.parse(part('search-index').textContent ?? '') as SearchIndex;
  const day = 86_400_000;
  /** Rows shown at first, and with each press. */
  const page = 10;
  /** After so many bytes the reader is asked before going further back. */
  const enoughBytes = 100_000;
  let spent = 0;
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
  const bytes = async (response: Response) => {
    const read = new Uint8Array(await response.arrayBuffer());
    spent += read.length;
    return read;
  };
  const postingsOf = ({ id, shards, version }: SearchIndex['months'], terms: readonly string[]) =>
    Promise.all(
      terms.map(async (term) => {
        const shard = shardOf(term, shards).toString(36);
        return readPostings(await ask(`search/${id}/${shard}.bin?v=${version}`, bytes), term);
      }),
    );

  /** The editions of a stretch, and for each document which of them it stands in. */
  const standing = ({ from, editions }: Stretch) => {
    const issues: { at: number; first: number; isWeekly: boolean }[] = [];
    let [at, first] = [Date.parse(from), 0];
    for (let n = 0; n < editions.length; n += 2) {
      const count = editions[n + 1] ?? 0;
      at += (editions[n] ?? 0) * day;
      issues.push({ at, first, isWeekly: count < 0 });
      first += Math.abs(count);
    }
    const owner = new Uint16Array(first);
    for (const [n, issue] of issues.entries()) owner.fill(n, issue.first, issues[n + 1]?.first ?? first);
    return { last: at, of: (doc: number) => issues[owner[doc] ?? 0] ?? { at, first, isWeekly: false } };
  };
  const newest = index.now.reduce((last, stretch) => Math.max(last, standing(stretch).last), 0);

  const look = async (stretch: Stretch, terms: readonly string[]): Promise<Found[]> => {
    const postings = await postingsOf(stretch, terms);
    const { of } = standing(stretch);
    return rankHits(postings, (doc) => (newest - of(doc).at) / day).map(({ doc, score, whole }) => {
      const { at, first, isWeekly } = of(doc);
      const date = new Date(at).toISOString().slice(0, 10);
      return { date, file: `${isWeekly ? 'week-' : ''}${date}`, place: doc - first, score, whole };
    });
  };

  /** What the stretches have, one after the other, best first in each. */
  const lookInto = async (stretches: readonly Stretch[], terms: readonly string[], share: number) => {
    const found = await Promise.all(stretches.map((stretch) => look(stretch, terms)));
    return found.flat().filter(({ whole }) => whole || share < 1);
  };

  /**
   * What has at least this share of the terms: first of the present year, then of the years that have the words
   * within one month, newest first, as many at once as a few requests allow.
   */
  async function* walk(terms: readonly string[], share: number): AsyncGenerator<Step, void> {
    const isAll = index.past.length === 0;
    const now = (await lookInto(index.now, terms, share)).sort((a, b) => b.score - a.score);
    yield { hits: now, since: index.now[0]?.from ?? '', isLast: isAll };
    if (isAll) return;
    const having = new Map<number, number>();
    for (const months of await postingsOf(index.months, terms))
      for (const month of months) having.set(month >> 1, (having.get(month >> 1) ?? 0) + 1);
    const [first] = index.past;
    const years = new Set<number>();
    for (const [month, count] of having)
      if (count >= terms.length * share) years.add(Number(first?.id) + Math.floor(month / 12));
    let rest = index.past.filter(({ id }) => years.has(Number(id))).reverse();
    const atOnce = Math.max(1, Math.floor(8 / terms.length));
    while (rest.length > 0) {
      const next = rest.slice(0, atOnce);
      rest = rest.slice(atOnce);
      const hits = await lookInto(next, terms, share);
      yield { hits, since: next.at(-1)?.from ?? '', isLast: rest.length === 0 };
    }
  }

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

  const row = async ({ date, file, place }: Found, query: string): Promise<Part> => {
    const { page, items } = await ask(
      `search/editions/${file}.json`,
      async (response) => (await response.json()) as Headlines,
    );
    const [anchor, headline, section, own] = items[place] ?? ['', '', ''];
    const [line, time, link, small] = [make('li'), make('time'), make('a'), make('small')];
    time.textContent = date;
    time.setAttribute('datetime', date);
    link.href = own ?? `${page}#${encodeURIComponent(anchor)}`;
    link.append(...marked(headline, query));
    small.textContent = ` ${section}`;
    const cell = make('div');
    cell.append(link, small);
    line.append(time, cell);
    return line;
  };

  const said = (count: number, isWhole: boolean, since: string | undefined): string => {
    if (since === undefined && count === 0) return '没有找到。换短些的词再试，或翻往期。';
    const none = isWhole ? '' : '没有全部词都有的，';
    const when = since === undefined ? '' : `自 ${since} 起`;
    const what = count === 0 ? '没有找到' : `${isWhole ? '找到' : '有一部分词的'} ${count} 条`;
    return `${none}${when}${what}${since === undefined ? '' : '，更早的还没有查'}。`;
  };

  let goOn = async () => {};
  let turn = 0;
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
    let steps = walk(terms, 1);
    let hits: Found[] = [];
    let [shown, rows, isWhole, isOver, since] = [page, 0, true, false, ''];
    const show = async () => {
      const lines = hits.slice(rows, shown).map((hit) => row(hit, query));
      // Each is waited for in its turn; one that fails before it must not count as nobody's.
      for (const line of lines) line.catch(() => {});
      for (const line of lines) {
        const ready = await line;
        if (own !== turn) return;
        if (rows === 0) found.replaceChildren(ready);
        else found.append(ready);
        rows += 1;
      }
    };
    goOn = async () => {
      status.textContent = '正在搜索……';
      more.hidden = true;
      spent = 0;
      await show();
      while (!isOver && hits.length < shown && spent < enoughBytes) {
        const { value: step } = await steps.next();
        if (own !== turn) return;
        hits = [...hits, ...(step?.hits ?? [])];
        since = step?.since ?? since;
        isOver = step?.isLast ?? true;
        if (isOver && isWhole && hits.length === 0 && terms.length > 1) {
          [steps, isWhole, isOver] = [walk(terms, 0.6), false, false];
          status.textContent = '还在找有一部分词的……';
        }
        await show();
        if (own !== turn) return;
      }
      if (rows === 0) found.replaceChildren();
      status.textContent = said(hits.length, isWhole, isOver ? undefined : since);
      more.textContent = hits.length > rows ? '再看十条' : '查更早的';
      more.hidden = isOver && hits.length <= rows;
      shown = rows + page;
    };
    await goOn();
  };

  const guarded = (work: () => Promise<void>) => {
    work().catch(() => {
      status.textContent = '没有取到搜索要用的文件，请检查网络，刷新后再试。';
    });
  };
  more.addEventListener('click', () => guarded(() => goOn()));
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
}

/** The one script of the site, made of the functions themselves, so that what is tested here is what readers run. */
export function searchScript(): string {
  const functions = [termsOf, queryTerms, shardOf, readPostings, rankHits, startSearch];
  const text = functions.map((one) => one.toString()).join('\n');
  return `'use strict';\n(() => {\n${text.replace(/[ \t]+$/gm, '')}\nstartSearch(globalThis);\n})();\n`;
}
