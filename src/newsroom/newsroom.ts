import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Instant } from '../domain/article.ts';
import type { Run } from '../domain/run.ts';
import type { Source } from '../domain/source.ts';
import type { FamilyOf } from '../domain/story.ts';
import { openPagePool, type PagePool } from '../gather/pages/page-pool.ts';
import type { Llm } from '../llm/llm.ts';
import { openLlm } from '../llm/open-llm.ts';
import type { Net } from '../net/fetch.ts';
import { openNet } from '../net/open-net.ts';
import { openPostOffice, type Post } from '../net/post.ts';
import { createFamilies } from '../sift/families.ts';
import type { SiftModels } from '../sift/sift-models.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { LoadedConfig } from './config/load-config.ts';
import type { Config } from './config/schema.ts';
import { type Editorial, hostManners, loadEditorial, priceList } from './editorial.ts';
import { loadSiftModels } from './models.ts';
import { modelPrices, openPurse } from './purse.ts';
import { VERSION } from './version.ts';

/** Everything the desks need, wired once: the only place that knows which store, which network, which clock. */
export type Newsroom = {
  config: Config;
  sources: Source[];
  secrets: string[];
  editorial: Editorial;
  store: Store;
  net: Net;
  /** The way to the outlets. */
  post: Post;
  /** Who owns a publisher. */
  familyOf: FamilyOf;
  /** The trained weights of the sifting desk; read when first asked for. */
  models(): SiftModels;
  /**
   * The optional model, opened anew for each step so that `maxCalls` is that step's; its calls stand in the ledger under
   * this run and edition. Undefined when none is configured.
   */
  openModel(run: Pick<Run, 'id' | 'date'>): Llm | undefined;
  /** The worker threads that read pages; started when first asked for. */
  pages(): PagePool;
  clock: () => Instant;
  /** Names this process in leases: `HOST:PID:RANDOM`. */
  owner: string;
  close(): Promise<void>;
};

export type NewsroomOptions = {
  clock?: () => Instant;
  /** Sends every connection to this address whatever the host: for the sample day, tests and evaluation. */
  connectTo?: { address: string; port: number };
  /** Other weights than those in `models/`: for evaluation. */
  models?: SiftModels;
};

/**
 * Opens the newsroom that a config describes.
 * @throws Problem store-* when the store cannot be opened, editorial-invalid when an editorial file is damaged
 */
export function openNewsroom(loaded: LoadedConfig, options: NewsroomOptions = {}): Newsroom {
  const { config } = loaded;
  const { network } = config;
  const editorial = loadEditorial(config);
  const store = openSqliteStore(config.store);
  const userAgent = `ribao/${VERSION} (+AI daily newsroom${network.contact ? `; ${network.contact}` : ''})`;
  const timeoutMs = network.timeoutSeconds * 1000;
  const postOffice = openPostOffice({ timeoutMs, userAgent });
  const net = openNet({
    userAgent,
    perHost: network.perHost,
    pageGapMs: network.delaySeconds * 1000,
    manners: hostManners(),
    robots: network.robots,
    timeoutMs,
    maxCompressedBytes: network.maxPageMegabytes * MEGABYTE,
    maxBytes: network.maxPageMegabytes * MEGABYTE,
    allowHosts: network.allowHosts,
    ...(options.connectTo ? { connectTo: options.connectTo } : {}),
  });
  const clock = options.clock ?? Date.now;
  let pool: PagePool | undefined;
  let models = options.models;
  return {
    config,
    sources: loaded.sources,
    secrets: loaded.secrets,
    editorial,
    familyOf: createFamilies(
      new Map(loaded.sources.map((source) => [source.id, source])),
      editorial.judging.findNames,
    ),
    store,
    net,
    post: postOffice.post,
    models() {
      models ??= loadSiftModels();
      return models;
    },
    openModel(run) {
      const { model, timezone } = config;
      if (model === undefined) return undefined;
      const { timeoutSeconds } = model;
      return openLlm(
        { ...model, timeoutMs: timeoutSeconds * 1000 },
        {
          // A model may stand on this very machine; its address comes from the config, never from an article.
          fetch: globalThis.fetch,
          answers: {
            get: (keys) => store.answers(keys),
            keep: (entries) => store.keepAnswers(entries, clock()),
          },
          purse: openPurse(run, {
            store,
            clock,
            timezone,
            prices: modelPrices(model, priceList(config)),
            budget: model.budget,
          }),
        },
      );
    },
    pages() {
      pool ??= openPagePool({
        threads: config.reading.threads,
        timeoutMs: PAGE_TIMEOUT_MS,
        rules: editorial.pageRules,
      });
      return pool;
    },
    clock,
    owner: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    async close() {
      await pool?.close();
      await postOffice.close();
      await net.close();
      await store.close();
    },
  };
}

const MEGABYTE = 1_048_576;
/** The slowest of 130 real pages took 1.8 s; a page that needs ten times as long is hostile. */
const PAGE_TIMEOUT_MS = 20_000;
