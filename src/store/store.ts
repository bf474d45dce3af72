import type { Article, Engagement, Instant } from '../domain/article.ts';
import type { Brief } from '../domain/brief.ts';
import type { Delivery, DeliveryState, Edition } from '../domain/edition.ts';
import type { AcceptedRule, StylePair, StyleRule } from '../domain/house-style.ts';
import type { ModelCall, Spending } from '../domain/model-call.ts';
import type { Decision, Ruling } from '../domain/ruling.ts';
import type { JournalEntry, Run, RunState } from '../domain/run.ts';
import type { HostRest, SourceEvent, SourceState } from '../domain/source.ts';
import type { Story, StoryChange, Verdict } from '../domain/story.ts';
import type { Bounce, Subscriber } from '../domain/subscriber.ts';

/** An article as one source listed it; `engagement` is what it counted the last time. */
export type Sighting = {
  articleId: string;
  sourceId: string;
  url: string;
  title: string;
  seenAt: Instant;
  engagement?: Engagement;
};

/** An article with every identity it is known under. */
export type KnownArticle = { article: Article; identities: string[] };

/** A brief and the hash of what it was written from: the same input is never written twice. */
export type KeptBrief = { brief: Brief; inputHash: string };

/**
 * Everything ribao remembers. All writes are transactions: a process killed at any point leaves each of them
 * done or not done, never half. Several processes may use one store at the same time.
 * Any method throws a `Problem` when the database is lost, full, read-only or of another version.
 */
export type Store = {
  close(): Promise<void>;
  /** Where it is and in what shape; for `doctor` and `status`. Checks the file's integrity. */
  inspect(): Promise<{ where: string; version: number; bytes: number; sound: boolean }>;

  sourceStates(): Promise<Map<string, SourceState>>;
  /**
   * One source's harvest in one transaction: its state, the articles nobody knew, every sighting and the journal line.
   * Gives the number of articles that were new. An article is known when any of its identities is.
   */
  recordCollection(collection: {
    state: SourceState;
    articles: KnownArticle[];
    sightings: Sighting[];
    journal: (fresh: number) => JournalEntry;
    /** A change in the source's health, when there was one. */
    event?: SourceEvent;
  }): Promise<{ fresh: number }>;
  /** Replaces what is remembered of one source: an editor admitted it or put it back into quarantine. */
  saveSourceState(state: SourceState): Promise<void>;
  /** Changes of health since this moment, of all sources or of one, newest first. */
  sourceEvents(since: Instant, sourceId?: string): Promise<SourceEvent[]>;

  /** Hosts that are to be left alone now. */
  restingHosts(now: Instant): Promise<HostRest[]>;
  /** Leaves a host alone; of two wishes the later moment holds. */
  restHost(rest: HostRest): Promise<void>;

  /**
   * Articles published in `from` < t <= `until` whose page was never tried, or is worth another try and was last tried
   * before `triedBefore`; oldest first.
   */
  unreadArticles(from: Instant, until: Instant, triedBefore: Instant): Promise<Article[]>;
  /** How many articles were first seen, or got their text, after this moment (by the runs' own `startedAt`). */
  changedSince(at: Instant): Promise<number>;
  /**
   * What reading brought. When a learned identity belongs to another article, this one is merged into it:
   * it disappears from every list and its sightings go to the other.
   */
  recordReading(
    reading: KnownArticle & { readAt: Instant; journal: JournalEntry },
  ): Promise<{ mergedInto?: string }>;
  article(id: string): Promise<Article | undefined>;
  articleByIdentity(identity: string): Promise<Article | undefined>;
  articlesOfSource(sourceId: string, limit: number): Promise<Article[]>;
  sightings(articleId: string): Promise<Sighting[]>;
  countArticles(): Promise<number>;

  /** Readable articles with `from` < publishedAt <= `until` that belong to no story, by (publishedAt, id). */
  ungrouped(from: Instant, until: Instant): Promise<Article[]>;
  /** Stories with an article published in `from` < t <= `until`, each with all its articles in joining order. */
  stories(from: Instant, until: Instant): Promise<{ story: Story; articles: Article[] }[]>;
  /** The story of this id, or the one it went into. */
  story(id: string): Promise<{ story: Story; articles: Article[] } | undefined>;
  storyOf(articleId: string): Promise<string | undefined>;
  /** Saves stories and what was merged or split; a merged story is in no list any more, its id leads to the other. */
  recordStories(stories: Story[], journal: JournalEntry[], changes?: StoryChange[]): Promise<void>;
  /** Merges and splits that touched this story, oldest first. */
  storyChanges(storyId: string): Promise<StoryChange[]>;
  /** For those of the ids that went into another story: the id of the one that is left. */
  resolveStories(ids: string[]): Promise<Map<string, string>>;

  verdicts(date: string): Promise<Verdict[]>;
  /** Replaces the day's verdicts. */
  recordVerdicts(date: string, verdicts: Verdict[], journal: JournalEntry[]): Promise<void>;
  /** The latest verdict on one story, with its date. */
  verdictOf(storyId: string): Promise<{ date: string; verdict: Verdict } | undefined>;

  briefs(storyIds: string[]): Promise<Map<string, KeptBrief>>;
  recordBriefs(briefs: KeptBrief[], journal: JournalEntry[]): Promise<void>;

  /** The newest revision, or the one asked for. */
  edition(date: string, revision?: number): Promise<Edition | undefined>;
  /** Newest revisions of daily editions dated `from` <= date < `before`, oldest first; weekly ones have no date. */
  editions(from: string, before: string): Promise<Edition[]>;
  /** Of every date the newest approved revision, oldest date first; `stamp` changes with all that readers see of it. */
  editionStamps(): Promise<{ date: string; revision: number; stamp: string }[]>;
  recordEdition(edition: Edition, journal: JournalEntry): Promise<void>;
  /** Replaces what stands beside a revision's content (its ledger, what it was made from); the content stays as it is. */
  updateLedger(edition: Edition): Promise<void>;
  /** Adds those that are not planned yet; what is known keeps its state. Texts that many share are kept once. */
  planDeliveries(planned: Delivery[]): Promise<void>;
  /** Takes back what was planned and surely never went out; others of the keys stay. */
  unplanDeliveries(keys: readonly string[]): Promise<void>;
  /** By revision, then as they were planned. */
  deliveries(date: string): Promise<Delivery[]>;
  recordDelivery(key: string, state: DeliveryState, journal?: JournalEntry): Promise<void>;

  /** Everybody, by when they asked. */
  subscribers(): Promise<Subscriber[]>;
  subscriber(id: string): Promise<Subscriber | undefined>;
  /**
   * Puts what `change` makes of a subscriber in its place, in one transaction: nobody else changes it in between. By
   * address one can be made anew. Undefined from `change`: it stays as it is. Gives what is kept afterwards.
   */
  changeSubscriber(
    who: { id: string } | { address: string },
    change: (known: Subscriber | undefined) => Subscriber | undefined,
  ): Promise<Subscriber | undefined>;
  /** Deletes a subscriber with all about them; `leftAt`: they left, and the hash of their address is kept. */
  forgetSubscriber(id: string, leftAt?: Instant): Promise<void>;
  /** Has the owner of this address left? Until they confirm again. */
  hasLeft(address: string): Promise<boolean>;
  /** The owner of this address wants letters again. */
  welcomeBack(address: string): Promise<void>;
  /** How many left. */
  countLeft(): Promise<number>;
  /** Letters that came back, and what was read of a channel's mailbox, in one transaction. Unknown readers are dropped. */
  recordBounces(bounces: Bounce[], mailbox?: { channel: string; memory: unknown }): Promise<void>;
  /** Letters that came back since this moment, by subscriber. */
  bounces(since: Instant): Promise<Map<string, Bounce[]>>;
  /** The letters that came back of one subscriber count no more. */
  forgetBounces(subscriberId: string): Promise<void>;
  mailboxMemory(channel: string): Promise<unknown>;

  addRuling(ruling: {
    at: Instant;
    decision: Decision;
    note: string;
    traits: Record<string, number>;
  }): Promise<Ruling>;
  /** Oldest first, undone ones too. */
  rulings(): Promise<Ruling[]>;
  /** False when there is no such ruling or it is undone already. */
  undoRuling(n: number, at: Instant): Promise<boolean>;

  /** Keeps what an editor made of a brief; of a story in an edition the latest. */
  keepStylePair(pair: StylePair): Promise<void>;
  /** As they were kept, the newest last. */
  stylePairs(): Promise<StylePair[]>;
  acceptStyleRule(rule: StyleRule, at: Instant): Promise<AcceptedRule>;
  /** Oldest first. */
  styleRules(): Promise<AcceptedRule[]>;
  /** False when there is no such rule. */
  dropStyleRule(n: number): Promise<boolean>;
  /** All pairs and all accepted rules. */
  forgetStyle(): Promise<void>;

  /** Answers of models, kept by what was asked. */
  answers(keys: string[]): Promise<Map<string, string>>;
  keepAnswers(entries: { key: string; value: string }[], at: Instant): Promise<void>;

  /**
   * Writes a call of a model down before it is made and gives its number; undefined, and nothing written, when `may`
   * says no to what its edition and its month have cost so far. Reading, deciding and writing are one transaction, so
   * that no two calls, of whatever process, both take what is left.
   */
  openCall(call: ModelCall, may: (soFar: Spending) => boolean): Promise<number | undefined>;
  /** How a call ended, in place of what was written when it was opened. */
  settleCall(n: number, ended: Pick<ModelCall, 'outcome' | 'tokens' | 'cost'>): Promise<void>;
  /** The ledger of one month `YYYY-MM`, as the calls were opened. */
  modelCalls(month: string): Promise<ModelCall[]>;
  /** What an edition and a month have cost so far. */
  spending(date: string, month: string): Promise<Spending>;

  openRun(run: Run): Promise<void>;
  /** The run of this date that was started and never ended, if any. */
  unfinishedRun(date: string): Promise<Run | undefined>;
  endRun(id: string, state: RunState, at: Instant): Promise<void>;
  /** Newest first. */
  runs(limit: number): Promise<Run[]>;
  journal(runId: string): Promise<JournalEntry[]>;
  addToJournal(entries: JournalEntry[]): Promise<void>;

  /**
   * Takes or renews the named lease for `ttlMs`. Refused while another owner holds it and it has not run out,
   * unless `isGone(owner)` says that owner cannot come back.
   */
  takeLease(lease: {
    name: string;
    owner: string;
    now: Instant;
    ttlMs: number;
    isGone: (owner: string) => boolean;
  }): Promise<{ kind: 'taken' } | { kind: 'held'; owner: string; until: Instant }>;
  dropLease(name: string, owner: string): Promise<void>;
};
