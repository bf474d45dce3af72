import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Edition } from '../src/domain/edition.ts';
import { identityOf } from '../src/gather/identity.ts';
import { openSampleNewsroom, prepareDemo } from '../src/newsroom/demo.ts';
import type { Newsroom } from '../src/newsroom/newsroom.ts';
import { type RunReport, runEdition } from '../src/newsroom/run-edition.ts';
import { loadExpectation, loadSamples } from '../src/newsroom/sample-day/load-samples.ts';
import type { Expectation, SampleArticle } from '../src/newsroom/sample-day/sample-schema.ts';
import {
  SAMPLE_DATES,
  type SampleServer,
  serveSampleDays,
} from '../src/newsroom/sample-day/serve-sample-days.ts';
import { visibleLength } from '../src/text/length.ts';

const [DAY_1, DAY_2] = SAMPLE_DATES;

describe('the two sample days, over real HTTP', { timeout: 120_000 }, () => {
  let server: SampleServer;
  let folder: string;
  let first: RunReport;
  let again: RunReport;
  let second: RunReport;
  let desk: Desk;
  let asked: { first: number; again: { host: string; path: string }[] };
  let writtenAt: { first: number; again: number };

  before(async () => {
    server = await serveSampleDays({ through: 1 });
    folder = mkdtempSync(join(tmpdir(), 'ribao-samples-'));
    await prepareDemo(folder);
    first = await makeEdition(DAY_1);
    const before = { asked: server.requests().length, at: statSync(markdownOf(DAY_1)).mtimeMs };
    again = await makeEdition(DAY_1);
    asked = { first: before.asked, again: server.requests().slice(before.asked) };
    writtenAt = { first: before.at, again: statSync(markdownOf(DAY_1)).mtimeMs };
    server.showDay(2);
    second = await makeEdition(DAY_2);
    desk = await openDesk();
  });
  after(async () => {
    await desk.room.close();
    await server.close();
  });

  const markdownOf = (date: string) => join(folder, 'editions', `${date}.md`);
  const room = (date: string) => openSampleNewsroom(join(folder, 'ribao.yaml'), date, server);

  async function makeEdition(date: string): Promise<RunReport> {
    const newsroom = room(date);
    try {
      return await runEdition(newsroom, { date }, () => {});
    } finally {
      await newsroom.close();
    }
  }

  type Desk = {
    room: Newsroom;
    expected: Expectation;
    storyOf: Map<string, string>;
    articles: SampleArticle[];
  };

  async function openDesk(): Promise<Desk> {
    const newsroom = room(DAY_2);
    const { articles } = await loadSamples();
    const storyOf = new Map<string, string>();
    for (const { key, url } of articles) {
      const article = await newsroom.store.articleByIdentity(identityOf(url));
      const story = article && (await newsroom.store.storyOf(article.id));
      if (story !== undefined) storyOf.set(key, story);
    }
    return { room: newsroom, expected: await loadExpectation(), storyOf, articles };
  }

  const itemsOf = (edition: Edition) => edition.sections.flatMap((section) => section.items);
  const storiesIn = (edition: Edition) => new Set(itemsOf(edition).map((item) => item.brief.storyId));
  const keysIn = (edition: Edition) => {
    const stories = storiesIn(edition);
    return new Set([...desk.storyOf].filter(([, story]) => stories.has(story)).map(([key]) => key));
  };

  it('publishes both days, in Markdown and as a page', () => {
    assert.deepEqual([first.run.state, second.run.state], ['published', 'published']);
    for (const date of SAMPLE_DATES)
      for (const kind of ['md', 'html']) assert.ok(existsSync(join(folder, 'editions', `${date}.${kind}`)));
  });

  it('is, byte for byte, the edition that was looked at', () => {
    for (const date of SAMPLE_DATES) {
      const golden = new URL(`./golden/${date}.md`, import.meta.url);
      const made = readFileSync(markdownOf(date), 'utf8');
      // RIBAO_GOLDEN=update writes the new edition for a person to read in the diff.
      if (process.env.RIBAO_GOLDEN === 'update') writeFileSync(golden, made);
      assert.equal(made, readFileSync(golden, 'utf8'));
    }
  });

  it('a second run with nothing new changes nothing and asks for no page', () => {
    assert.equal(again.run.state, 'unchanged');
    assert.equal(again.edition.revision, 1);
    assert.equal(writtenAt.again, writtenAt.first);
    // Feeds are asked again; the page that never answered is left alone for an hour.
    assert.deepEqual(
      asked.again.filter(({ path }) => path.includes('kaiyuan-timeout')),
      [],
    );
    assert.ok(asked.again.length <= 15, `${asked.again.length} requests`);
    assert.ok(asked.first > 90);
  });

  it('every source ends with an outcome, the dead one with its reason', async () => {
    const states = await desk.room.store.sourceStates();
    assert.equal(states.size, desk.room.sources.length);
    const failed = [...states.values()].filter((state) => state.lastOutcome?.kind === 'failed');
    assert.equal(failed.length, 1);
    assert.match(first.failures.find((failure) => failure.code === 'net-reset')?.message ?? '', /断开/);
  });

  it('a deleted page is gone, a page that never answers leaves the feed’s text', async () => {
    const bodyOf = async (key: string) => {
      const url = desk.articles.find((article) => article.key === key)?.url ?? '';
      return (await desk.room.store.articleByIdentity(identityOf(url)))?.body;
    };
    assert.equal((await bodyOf('guanlan/guanlan-withdrawn'))?.kind, 'gone');
    const late = await bodyOf('kaiyuan/kaiyuan-timeout');
    assert.ok(late?.kind === 'feed' && late.again === true && late.text.length > 20);
  });

  it('what looks alike and is not one event stays apart', () => {
    const wrong = SAMPLE_DATES.flatMap((date) => desk.expected[date].apart).filter(
      ([one, other]) =>
        desk.storyOf.get(one) !== undefined && desk.storyOf.get(one) === desk.storyOf.get(other),
    );
    assert.deepEqual(wrong, []);
  });

  it('one event is one story, in whatever language it is told', () => {
    const torn = SAMPLE_DATES.flatMap((date) => desk.expected[date].events).filter(
      ({ articles }) => new Set(articles.flatMap((one) => desk.storyOf.get(one) ?? [])).size > 1,
    );
    assert.deepEqual(torn, []);
  });

  it('no advert, sign-up, job, digest, repost or off-topic piece is an item of its own', () => {
    for (const [date, { edition }] of [
      [DAY_1, first],
      [DAY_2, second],
    ] as const) {
      const written = new Set(itemsOf(edition).map((item) => item.brief.url));
      const noise = Object.entries(desk.expected[date].noise).filter(([key]) => {
        const url = desk.articles.find((article) => article.key === key)?.url;
        return url !== undefined && [...written].some((other) => identityOf(other) === identityOf(url));
      });
      assert.deepEqual(
        noise.filter(([, kind]) => kind !== 'thin'),
        [],
      );
    }
  });

  it('the first day has what a reader would miss', () => {
    const keys = keysIn(first.edition);
    const missed = desk.expected[DAY_1].mustHave.filter((event) => {
      const articles = desk.expected[DAY_1].events.find(({ key }) => key === event)?.articles ?? [event];
      return !articles.some((article) => keys.has(article));
    });
    assert.deepEqual(missed, []);
  });

  it('the second day repeats nothing, and what continues a story says so', () => {
    const keys = keysIn(second.edition);
    const before = storiesIn(first.edition);
    for (const item of itemsOf(second.edition))
      assert.equal(item.followUp !== undefined, before.has(item.brief.storyId), item.brief.headline);
    const written = new Set(itemsOf(second.edition).map((item) => identityOf(item.brief.url)));
    const repeated = Object.keys(desk.expected[DAY_2].repeats).filter((key) => {
      const url = desk.articles.find((article) => article.key === key)?.url ?? '';
      return written.has(identityOf(url));
    });
    assert.deepEqual(repeated, []);
    assert.ok(Object.keys(desk.expected[DAY_2].followUps).some((key) => keys.has(key)));
  });

  it('items are told once, and briefs have their measure', () => {
    for (const { edition } of [first, second]) {
      const items = itemsOf(edition);
      assert.equal(storiesIn(edition).size, items.length);
      const chinese = items.filter((item) => !item.brief.marks.includes('english')).map((item) => item.brief);
      const inMeasure = chinese.filter(
        ({ summary }) => visibleLength(summary) >= 70 && visibleLength(summary) <= 95,
      );
      assert.ok(inMeasure.length >= chinese.length * 0.8, `${inMeasure.length} of ${chinese.length}`);
      for (const { summary, headline } of chinese) {
        assert.match(summary, /[。！？…][”’」』》）]*$/);
        assert.ok(visibleLength(headline) <= 28, headline);
      }
    }
  });

  it('everything left out says why', () => {
    for (const { edition } of [first, second]) {
      assert.ok(edition.leftOut.length > 0);
      assert.deepEqual(
        edition.leftOut.filter(({ why }) => why === ''),
        [],
      );
    }
  });
});
