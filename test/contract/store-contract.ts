import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Article } from '../../src/domain/article.ts';
import type { Brief } from '../../src/domain/brief.ts';
import type { Edition } from '../../src/domain/edition.ts';
import type { JournalEntry, Run } from '../../src/domain/run.ts';
import type { Verdict } from '../../src/domain/story.ts';
import type { Store } from '../../src/store/store.ts';

/** What any Store must do. `open` gives an empty one; `reopen` a second connection to the same. */
export function storeContract(
  name: string,
  open: () => Promise<{ store: Store; reopen: () => Promise<Store> }>,
) {
  describe(`${name} keeps the newsroom's memory`, () => {
    let store: Store;
    let second: Store;
    before(async () => {
      const opened = await open();
      store = opened.store;
      second = await opened.reopen();
      await store.openRun(run('r1', '2026-03-10', 1000));
    });
    after(async () => {
      await second.close();
      await store.close();
    });

    it('counts an article as new once, whichever source lists it', async () => {
      const first = await harvest(store, 'alpha', [article('a1', 'url:x/1'), article('a2', 'url:x/2')]);
      const again = await harvest(store, 'beta', [article('b1', 'url:x/1'), article('b2', 'url:x/3')]);
      assert.deepEqual([first.fresh, again.fresh], [2, 1]);
      const sightings = await store.sightings('a1');
      assert.deepEqual(sightings.map((sighting) => sighting.sourceId).toSorted(), ['alpha', 'beta']);
    });

    it('gives articles back as they were put in', async () => {
      const { author: _, ...anonymous } = article('a3', 'url:x/33');
      await harvest(store, 'alpha', [anonymous]);
      assert.deepEqual(await store.article('a3'), anonymous);
      assert.deepEqual(await second.articleByIdentity('url:x/33'), anonymous);
    });

    it('keeps the lead image a page declared, from collecting and from reading', async () => {
      const image = 'https://x.example/a.png';
      const pictured = { ...article('a4', 'url:x/44'), image };
      await harvest(store, 'alpha', [pictured, article('a5', 'url:x/55')]);
      await readAs(store, { ...article('a5', 'url:x/55'), image });
      assert.deepEqual(await second.article('a4'), pictured);
      assert.equal((await second.article('a5'))?.image, image);
    });

    it('keeps what was ruled, in order, and what was taken back', async () => {
      const decision = { kind: 'reject', storyId: 's1' } as const;
      const one = await store.addRuling({ at: 5, decision, note: '旧闻', traits: { '媒体 甲': 1 } });
      await second.addRuling({ at: 6, decision: { kind: 'forget' }, note: '', traits: {} });
      assert.equal(await store.undoRuling(one.n, 7), true);
      assert.equal(await store.undoRuling(one.n, 8), false);
      assert.deepEqual(await second.rulings(), [
        { n: one.n, at: 5, decision, note: '旧闻', traits: { '媒体 甲': 1 }, undoneAt: 7 },
        { n: one.n + 1, at: 6, decision: { kind: 'forget' }, note: '', traits: {} },
      ]);
    });

    it('keeps answers by what was asked, the latest one', async () => {
      await store.keepAnswers(
        [
          { key: 'k1', value: 'a' },
          { key: 'k2', value: 'b' },
        ],
        1,
      );
      await second.keepAnswers([{ key: 'k1', value: 'c' }], 2);
      assert.deepEqual(
        await store.answers(['k1', 'k2', 'k3']),
        new Map([
          ['k1', 'c'],
          ['k2', 'b'],
        ]),
      );
    });

    it('keeps the ledger of model calls: opened at the most, settled at what it was', async () => {
      const cost = (micros: number, most: boolean) => ({ cost: { currency: 'CNY', micros, most } });
      const n = await store.openCall({ ...aCall, outcome: 'open', ...cost(500, true) }, () => true);
      assert.ok(n !== undefined);
      assert.deepEqual(await second.spending('2026-03-10', '2026-03'), {
        edition: [{ currency: 'CNY', micros: 500 }],
        month: [{ currency: 'CNY', micros: 500 }],
      });
      const tokens = { input: 30, cached: 10, output: 4 };
      await second.settleCall(n, { outcome: 'answered', tokens, ...cost(46, false) });
      const other = { ...aCall, date: '2026-03-09', repair: true, outcome: 'llm-rate' };
      await second.openCall({ ...other, cost: { currency: 'USD', micros: 7, most: false } }, () => true);
      await second.openCall({ ...aCall, month: '2026-04', outcome: 'cached' }, () => true);
      assert.deepEqual(await store.spending('2026-03-10', '2026-03'), {
        edition: [{ currency: 'CNY', micros: 46 }],
        month: [
          { currency: 'CNY', micros: 46 },
          { currency: 'USD', micros: 7 },
        ],
      });
      assert.deepEqual(await store.modelCalls('2026-03'), [
        { ...aCall, outcome: 'answered', tokens, ...cost(46, false) },
        { ...other, cost: { currency: 'USD', micros: 7, most: false } },
      ]);
      assert.deepEqual(await second.modelCalls('2026-04'), [
        { ...aCall, month: '2026-04', outcome: 'cached' },
      ]);
    });

    it('opens no call that may not be made, and two processes never take the same last coin', async () => {
      const day = { ...aCall, date: '2026-05-01', month: '2026-05', outcome: 'open' };
      const take = (from: Store) =>
        from.openCall({ ...day, cost: { currency: 'CNY', micros: 40, most: true } }, ({ edition }) =>
          edition.every(({ micros }) => micros + 40 <= 100),
        );
      const taken = await Promise.all([store, second, store, second].map(take));
      assert.equal(taken.filter((one) => one !== undefined).length, 2);
      assert.equal((await store.modelCalls('2026-05')).length, 2);
    });

    it('keeps what editors changed, the latest of each story and day, and the rules they accepted', async () => {
      const text = (headline: string) => ({ headline, summary: `${headline}。` });
      const pair = (storyId: string, at: number, after: string) => ({
        at,
        date: '2026-03-10',
        storyId,
        before: text('旧'),
        after: text(after),
      });
      await store.keepStylePair(pair('s1', 5, '新'));
      await store.keepStylePair(pair('s2', 6, '另'));
      await second.keepStylePair(pair('s1', 7, '更新'));
      assert.deepEqual(await store.stylePairs(), [pair('s2', 6, '另'), pair('s1', 7, '更新')]);
      const one = await store.acceptStyleRule({ kind: 'drop', phrase: '据悉' }, 8);
      const two = await second.acceptStyleRule({ kind: 'length', of: 'summary', most: 80 }, 9);
      assert.deepEqual(await store.styleRules(), [one, two]);
      assert.equal(await store.dropStyleRule(one.n), true);
      assert.equal(await store.dropStyleRule(one.n), false);
      assert.deepEqual(await second.styleRules(), [two]);
      await store.forgetStyle();
      assert.deepEqual([await second.stylePairs(), await second.styleRules()], [[], []]);
    });

    it('remembers how a source ended, with the number of fresh articles', async () => {
      const state = (await second.sourceStates()).get('beta');
      assert.deepEqual(state?.lastOutcome, { kind: 'new', entries: 2, fresh: 1 });
    });

    it('lists what is unread, and what is worth another try, until it is read', async () => {
      const unread = async (triedBefore = 9000) =>
        (await store.unreadArticles(0, 10_000, triedBefore)).map(({ id }) => id);
      assert.ok((await unread()).includes('a1'));
      await readAs(store, {
        ...article('a1', 'url:x/1'),
        body: { kind: 'feed', text: 't', why: 'w', again: true },
      });
      assert.ok((await unread()).includes('a1'));
      assert.ok(!(await unread(2000)).includes('a1'), 'tried a moment ago');
      await readAs(store, {
        ...article('a1', 'url:x/1'),
        body: { kind: 'page', text: 'full', extractor: 'r' },
      });
      assert.ok(!(await unread()).includes('a1'));
    });

    it('knows whether anything changed since a moment; another failed try is no change', async () => {
      assert.ok((await store.changedSince(1999)) > 0);
      const before = await store.changedSince(2000);
      await readAs(
        store,
        { ...article('a2', 'url:x/2'), body: { kind: 'feed', text: 't', why: 'w', again: true } },
        5000,
      );
      assert.equal(await store.changedSince(2000), before);
      await readAs(
        store,
        { ...article('a2', 'url:x/2'), body: { kind: 'page', text: 'full', extractor: 'r' } },
        5000,
      );
      assert.equal(await store.changedSince(2000), before + 1);
    });

    it('merges an article into the one whose identity its page revealed', async () => {
      await harvest(store, 'alpha', [article('long', 'wechat:b:1:1')]);
      await harvest(store, 'gamma', [article('short', 'wechat-short:t')]);
      const merged = await store.recordReading({
        article: article('short', 'wechat-short:t'),
        identities: ['wechat:b:1:1'],
        readAt: 1000,
        journal: line('read', 'short'),
      });
      assert.deepEqual(merged, { mergedInto: 'long' });
      assert.equal((await store.articleByIdentity('wechat-short:t'))?.id, 'long');
      assert.ok(!(await store.ungrouped(0, 10_000)).some(({ id }) => id === 'short'));
      assert.deepEqual((await store.sightings('long')).map(({ sourceId }) => sourceId).toSorted(), [
        'alpha',
        'gamma',
      ]);
    });

    it('keeps stories, and moves an article from one to another', async () => {
      const first = { articleId: 'a1', kind: 'first' as const, score: 1, reasons: [] };
      const joined = { articleId: 'b2', kind: 'same-event' as const, score: 0.6, reasons: ['同为 Claros 3'] };
      await store.recordStories([{ id: 'sa1', openedAt: 1, joins: [first, joined] }], [line('group', '*')]);
      assert.ok(!(await store.ungrouped(0, 10_000)).some(({ id }) => id === 'a1'));
      const file = await store.story('sa1');
      assert.deepEqual(
        file?.articles.map(({ id }) => id),
        ['a1', 'b2'],
      );
      assert.deepEqual(file?.story.joins, [first, joined]);
      assert.equal(await second.storyOf('b2'), 'sa1');
      assert.deepEqual(
        (await store.stories(0, 10_000)).map(({ story }) => story.id),
        ['sa1'],
      );
      assert.deepEqual(await store.stories(9000, 10_000), []);
    });

    it('replaces a day’s verdicts as a whole', async () => {
      await store.recordVerdicts('2026-03-10', [verdict('sa1', 50), verdict('sx', 10)], []);
      await store.recordVerdicts('2026-03-10', [verdict('sa1', 60)], []);
      assert.deepEqual(await store.verdicts('2026-03-10'), [verdict('sa1', 60)]);
      assert.deepEqual(await store.verdictOf('sa1'), { date: '2026-03-10', verdict: verdict('sa1', 60) });
    });

    it('keeps one brief per story with the hash of its input', async () => {
      await store.recordBriefs([{ brief: brief('sa1'), inputHash: 'h1' }], []);
      await store.recordBriefs([{ brief: brief('sa1'), inputHash: 'h2' }], []);
      assert.deepEqual((await store.briefs(['sa1', 'none'])).get('sa1'), {
        brief: brief('sa1'),
        inputHash: 'h2',
      });
    });

    it('gives the newest revision of an edition, and the one asked for', async () => {
      await store.recordEdition(edition('2026-03-10', 1), line('compose', 'r1'));
      await store.recordEdition(edition('2026-03-10', 2), line('compose', 'r2'));
      assert.equal((await store.edition('2026-03-10'))?.revision, 2);
      assert.deepEqual(await second.edition('2026-03-10', 1), edition('2026-03-10', 1));
      assert.deepEqual(
        (await store.editions('2026-03-01', '2026-03-11')).map((e) => e.revision),
        [2],
      );
      assert.deepEqual(await store.editions('2026-03-01', '2026-03-10'), []);
    });

    it('renews the ledger of a revision and leaves its content alone', async () => {
      const before = await store.edition('2026-03-10', 1);
      assert.ok(before);
      const leftOut = before.leftOut.map((one) => ({ ...one, why: '换了理由' }));
      await store.updateLedger({ ...before, title: '别的标题', leftOut, madeFrom: 'else' });
      assert.deepEqual(await second.edition('2026-03-10', 1), { ...before, leftOut, madeFrom: 'else' });
      await store.updateLedger(before);
    });

    it('stamps the newest approved revision of each date; a new ledger is another stamp', async () => {
      const known = await store.edition('2026-03-10', 1);
      assert.ok(known);
      const day = { ...known, date: '2026-03-13' };
      const made = line('compose', 'x');
      await store.recordEdition({ ...day, revision: 1, status: { kind: 'approved' } }, made);
      await store.recordEdition({ ...day, revision: 2, status: { kind: 'held', reasons: [] } }, made);
      const stamp = async () => (await second.editionStamps()).find(({ date }) => date === '2026-03-13');
      const before = await stamp();
      assert.equal(before?.revision, 1);
      assert.deepEqual(await stamp(), before);
      const row = {
        storyId: 's',
        title: '题',
        url: '',
        publisher: '',
        section: '',
        noise: null,
        worth: 1,
        parts: [],
        why: '分低',
      };
      await store.updateLedger({ ...day, revision: 1, leftOut: [row] });
      assert.notEqual((await stamp())?.stamp, before?.stamp);
      await store.recordEdition({ ...day, revision: 3, status: { kind: 'approved' } }, made);
      assert.equal((await stamp())?.revision, 3);
    });

    it('plans a delivery once and never forgets that it happened', async () => {
      const planned = { key: '2026-03-10/r2/markdown', date: '2026-03-10', revision: 2, channel: 'markdown' };
      await store.planDeliveries([{ ...planned, state: { kind: 'planned' } }]);
      await store.recordDelivery(
        planned.key,
        { kind: 'delivered', at: 5, where: 'x' },
        line('deliver', planned.key),
      );
      await store.planDeliveries([{ ...planned, state: { kind: 'planned' } }]);
      assert.deepEqual(await store.deliveries('2026-03-10'), [
        { ...planned, state: { kind: 'delivered', at: 5, where: 'x' } },
      ]);
    });

    it('keeps messages as they were planned and in the order they are to go', async () => {
      const row = (part: string) => ({
        key: `2026-03-12/r1/chat/${part}`,
        date: '2026-03-12',
        revision: 1,
        channel: 'chat',
        message: { part, body: `第 ${part} 段` },
        state: { kind: 'planned' as const },
      });
      const parts = Array.from({ length: 12 }, (_, n) => row(String(n + 1)));
      await store.planDeliveries(parts);
      await store.recordDelivery(row('1').key, { kind: 'sending', at: 4 });
      const found = await second.deliveries('2026-03-12');
      assert.deepEqual(found[0], { ...row('1'), state: { kind: 'sending', at: 4 } });
      assert.deepEqual(found.slice(1), parts.slice(1));
    });

    it('finds the run that never ended, and its journal in order', async () => {
      assert.equal((await store.unfinishedRun('2026-03-10'))?.id, 'r1');
      await store.endRun('r1', 'published', 9);
      assert.equal(await store.unfinishedRun('2026-03-10'), undefined);
      assert.deepEqual(
        (await store.runs(5)).map(({ id, state }) => [id, state]),
        [['r1', 'published']],
      );
      const steps = (await store.journal('r1')).map(({ step }) => step);
      assert.deepEqual([steps[0], steps.at(-1)], ['collect', 'deliver']);
    });

    it('gives a lease to one owner at a time, and to the next when it ran out or its owner is gone', async () => {
      const take = (from: Store, owner: string, now: number, gone = false) =>
        from.takeLease({ name: 'l', owner, now, ttlMs: 100, isGone: () => gone });
      assert.equal((await take(store, 'one', 0)).kind, 'taken');
      assert.deepEqual(await take(second, 'two', 50), { kind: 'held', owner: 'one', until: 100 });
      assert.equal((await take(store, 'one', 80)).kind, 'taken');
      assert.equal((await take(second, 'two', 150)).kind, 'held');
      assert.equal((await take(second, 'two', 150, true)).kind, 'taken');
      await second.dropLease('l', 'two');
      assert.equal((await take(store, 'one', 151)).kind, 'taken');
    });

    it('is sound', async () => {
      assert.equal((await store.inspect()).sound, true);
    });

    it('leads from a merged story to the one that is left, however often', async () => {
      await harvest(store, 'alpha', [
        article('m1', 'url:m/1'),
        article('m2', 'url:m/2'),
        article('m3', 'url:m/3'),
      ]);
      const join = (articleId: string) => ({ articleId, kind: 'first' as const, score: 1, reasons: [] });
      const storyOf = (id: string) => ({ id: `s${id}`, openedAt: 1, joins: [join(id)] });
      await store.recordStories([storyOf('m1'), storyOf('m2'), storyOf('m3')], []);
      const merge = (into: string, from: string) => ({
        kind: 'merge' as const,
        at: 2,
        storyId: `s${into}`,
        otherId: `s${from}`,
        articleIds: [from],
        by: 'editor' as const,
        reasons: ['同一件事'],
      });
      const two = { ...storyOf('m2'), joins: [join('m2'), join('m3')] };
      await store.recordStories([two], [], [merge('m2', 'm3')]);
      const all = { ...storyOf('m1'), joins: [join('m1'), join('m2'), join('m3')] };
      await store.recordStories([all], [], [merge('m1', 'm2')]);
      assert.equal((await second.story('sm3'))?.story.id, 'sm1');
      assert.equal(await second.storyOf('m3'), 'sm1');
      assert.deepEqual(
        await second.resolveStories(['sm1', 'sm2', 'sm3']),
        new Map([
          ['sm2', 'sm1'],
          ['sm3', 'sm1'],
        ]),
      );
      assert.deepEqual(
        (await second.storyChanges('sm2')).map(({ storyId }) => storyId),
        ['sm2', 'sm1'],
      );
      const listed = (await second.stories(0, 10_000)).map(({ story }) => story.id);
      assert.ok(listed.includes('sm1') && !listed.includes('sm2') && !listed.includes('sm3'));
    });

    it('keeps the latest counts of each sighting, and the highest on the article', async () => {
      const listed = { ...article('e1', 'url:x/e1'), engagement: { points: 3 } };
      await harvest(store, 'alpha', [listed]);
      await harvest(store, 'alpha', [{ ...listed, engagement: { points: 90, comments: 12 } }]);
      await harvest(store, 'beta', [{ ...listed, engagement: { points: 40, stars: 7 } }]);
      await harvest(store, 'gamma', [article('e1', 'url:x/e1')]);
      const counts = (await second.sightings('e1')).map(({ sourceId, engagement }) => [sourceId, engagement]);
      assert.deepEqual(Object.fromEntries(counts), {
        alpha: { points: 90, comments: 12 },
        beta: { points: 40, stars: 7 },
        gamma: undefined,
      });
      assert.deepEqual((await second.article('e1'))?.engagement, { points: 90, comments: 12, stars: 7 });
    });

    it('keeps changes of health, newest first, and hosts that rest until their latest moment', async () => {
      const event = (sourceId: string, at: number) =>
        ({ at, sourceId, before: 'healthy', after: 'failing', why: '超时' }) as const;
      await store.recordCollection({
        state: { sourceId: 'east', failureStreak: 2, health: 'failing', standing: 'quarantine', pollAt: 9 },
        articles: [],
        sightings: [],
        journal: () => line('collect', 'east'),
        event: event('east', 10),
      });
      await store.saveSourceState({ sourceId: 'west', failureStreak: 0, memory: { seen: ['x'] } });
      const states = await second.sourceStates();
      assert.equal(states.get('east')?.standing, 'quarantine');
      assert.deepEqual(states.get('west')?.memory, { seen: ['x'] });
      assert.deepEqual(await second.sourceEvents(0, 'east'), [event('east', 10)]);
      assert.deepEqual(await second.sourceEvents(11), []);
      await store.restHost({ host: 'a.example', until: 100, why: '验证' });
      await store.restHost({ host: 'a.example', until: 50, why: '太快' });
      assert.deepEqual(await second.restingHosts(99), [{ host: 'a.example', until: 100, why: '验证' }]);
      assert.deepEqual(await second.restingHosts(100), []);
    });
  });
}

const aCall = {
  at: 5,
  date: '2026-03-10',
  month: '2026-03',
  runId: 'r1',
  purpose: 'brief' as const,
  repair: false,
  model: 'x/m-1',
};

function harvest(store: Store, sourceId: string, articles: Article[]) {
  return store.recordCollection({
    state: { sourceId, failureStreak: 0, lastOutcome: { kind: 'new', entries: articles.length, fresh: 0 } },
    articles: articles.map((one) => ({ article: one, identities: [one.identity] })),
    sightings: articles.map(({ id, url, title, engagement }) => ({
      articleId: id,
      sourceId,
      url,
      title,
      seenAt: 1000,
      ...(engagement === undefined ? {} : { engagement }),
    })),
    journal: () => line('collect', sourceId),
  });
}

function readAs(store: Store, read: Article, readAt = 2000) {
  return store.recordReading({ article: read, identities: [], readAt, journal: line('read', read.id) });
}

function run(id: string, date: string, startedAt: number): Run {
  return { id, date, startedAt, cutoffAt: startedAt + 1, state: 'running' };
}

function line(step: JournalEntry['step'], subject: string): JournalEntry {
  return { runId: 'r1', step, subject, outcome: 'done', note: '', at: 1 };
}

function article(id: string, identity: string): Article {
  return {
    id,
    identity,
    sourceId: 'alpha',
    publisher: '青石日报',
    url: `http://x.example/${id}`,
    title: `标题 ${id}`,
    author: '编辑部',
    language: 'zh',
    publishedAt: 2000,
    firstSeenAt: 2000,
    excerpt: '摘要',
    tags: ['AI'],
    body: { kind: 'unread' },
  };
}

function verdict(storyId: string, score: number): Verdict {
  return {
    storyId,
    section: { name: '新闻资讯', reasons: [{ signal: '公司动态', weight: 1 }] },
    noise: { kind: null, reasons: [] },
    worth: { score, parts: [{ signal: '两家报道', weight: score }] },
    byArticle: [],
    novelty: { kind: 'first', reasons: [] },
  };
}

function brief(storyId: string): Brief {
  return {
    storyId,
    articleId: 'a1',
    url: 'http://x.example/a1',
    headline: '青石发布新模型',
    summary: '青石智能发布新模型。',
    marks: ['thin'],
    evidence: [{ claim: '青石智能发布新模型。', source: '青石智能发布新模型。', articleId: 'a1' }],
    writer: 'extractive/1',
  };
}

function edition(date: string, revision: number): Edition {
  return {
    date,
    title: 'AI日报：甲; 乙; 丙',
    tagline: '',
    sections: [
      {
        name: '新闻资讯',
        items: [{ brief: brief('sa1'), worth: 60, publisher: '青石日报', outlets: [], parts: [] }],
      },
    ],
    revision,
    contentHash: 'c',
    madeFrom: 'm',
    composedAt: 1000,
    status: { kind: 'held', reasons: [{ code: 'too-few-items', message: '只有 1 条' }] },
    leftOut: [],
    articleIds: { sa1: ['a1'] },
  };
}
