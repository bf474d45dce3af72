import { type Article, ENGAGEMENT, type Engagement, type Language } from '../../domain/article.ts';
import { bodySchema, engagementSchema, tagsSchema } from '../schemas.ts';
import type { KnownArticle, Sighting, Store } from '../store.ts';
import type { Connection, Row } from './connection.ts';
import { writeJournal } from './runs.ts';
import { recordEvent, saveState } from './sources.ts';

type ArticleStore = Pick<
  Store,
  | 'recordCollection'
  | 'unreadArticles'
  | 'changedSince'
  | 'recordReading'
  | 'article'
  | 'articleByIdentity'
  | 'articlesOfSource'
  | 'sightings'
  | 'countArticles'
>;

/** Sources, articles, identities and sightings in SQLite. */
export function articleStore(db: Connection): ArticleStore {
  return {
    async recordCollection({ state, articles, sightings, journal, event }) {
      return db.transaction(() => {
        const kept = new Map<string, string>();
        let fresh = 0;
        for (const known of articles) {
          const owner = ownerOf(db, known.identities);
          if (owner === undefined) fresh += 1;
          kept.set(known.article.id, owner ?? insertArticle(db, known));
        }
        for (const sighting of sightings)
          insertSighting(db, { ...sighting, articleId: kept.get(sighting.articleId) ?? sighting.articleId });
        const outcome =
          state.lastOutcome?.kind === 'new' ? { ...state.lastOutcome, fresh } : state.lastOutcome;
        const saved = outcome === undefined ? state : { ...state, lastOutcome: outcome };
        saveState(db, saved);
        if (event !== undefined) recordEvent(db, event);
        writeJournal(db, [journal(fresh)]);
        return { fresh };
      });
    },

    async unreadArticles(from, until, triedBefore) {
      return db
        .all(
          `SELECT * FROM article WHERE body_kind IN ('unread', 'again') AND merged_into IS NULL
             AND published_at > ? AND published_at <= ? AND tried_at < ? ORDER BY published_at, id`,
          from,
          until,
          triedBefore,
        )
        .map(toArticle);
    },

    async changedSince(at) {
      return Number(db.get('SELECT count(*) AS n FROM article WHERE changed_at > ?', at)?.n ?? 0);
    },

    async recordReading({ article, identities, readAt, journal }) {
      return db.transaction(() => {
        writeJournal(db, [journal]);
        const owner = identities
          .map((identity) => ownerOf(db, [identity]))
          .find((id) => id !== undefined && id !== article.id);
        if (owner !== undefined) {
          mergeArticle(db, article, owner);
          return { mergedInto: owner };
        }
        updateArticle(db, article, readAt);
        addIdentities(db, article.id, identities);
        return {};
      });
    },

    async article(id) {
      const row = db.get('SELECT * FROM article WHERE id = ?', id);
      return row && toArticle(row);
    },

    async articleByIdentity(identity) {
      const row = db.get(
        'SELECT a.* FROM identity i JOIN article a ON a.id = i.article_id WHERE i.identity = ?',
        identity,
      );
      return row && toArticle(row);
    },

    async articlesOfSource(sourceId, limit) {
      return db
        .all(
          `SELECT * FROM article WHERE source_id = ? AND merged_into IS NULL
           ORDER BY published_at DESC, id LIMIT ?`,
          sourceId,
          limit,
        )
        .map(toArticle);
    },

    async sightings(articleId) {
      return db
        .all('SELECT * FROM sighting WHERE article_id = ? ORDER BY seen_at, source_id', articleId)
        .map((row) => ({
          articleId,
          sourceId: String(row.source_id),
          url: String(row.url),
          title: String(row.title),
          seenAt: Number(row.seen_at),
          ...engagementIn(row),
        }));
    },

    async countArticles() {
      return Number(db.get('SELECT count(*) AS n FROM article WHERE merged_into IS NULL')?.n ?? 0);
    },
  };
}

/** The article that owns the first known of these identities. */
function ownerOf(db: Connection, identities: string[]): string | undefined {
  for (const identity of identities) {
    const row = db.get('SELECT article_id FROM identity WHERE identity = ?', identity);
    if (row) return String(row.article_id);
  }
  return undefined;
}

function insertArticle(db: Connection, { article, identities }: KnownArticle): string {
  db.run(
    `INSERT INTO article (id, identity, source_id, publisher, url, title, author, language, published_at,
       first_seen_at, excerpt, tags, image, body, body_kind, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
    article.id,
    article.identity,
    article.sourceId,
    article.publisher,
    article.url,
    article.title,
    article.author ?? null,
    article.language,
    article.publishedAt,
    article.firstSeenAt,
    article.excerpt,
    JSON.stringify(article.tags),
    article.image ?? null,
    JSON.stringify(article.body),
    bodyKind(article),
    article.firstSeenAt,
  );
  addIdentities(db, article.id, identities);
  return article.id;
}

/** A reading that will be tried again is no news; see `changedSince`. */
function updateArticle(db: Connection, article: Article, readAt: number): void {
  const kind = bodyKind(article);
  db.run(
    `UPDATE article SET publisher = ?, url = ?, title = ?, author = ?, language = ?, published_at = ?, tags = ?,
       image = ?, body = ?, body_kind = ?, changed_at = max(changed_at, ?), tried_at = ? WHERE id = ?`,
    article.publisher,
    article.url,
    article.title,
    article.author ?? null,
    article.language,
    article.publishedAt,
    JSON.stringify(article.tags),
    article.image ?? null,
    JSON.stringify(article.body),
    kind,
    kind === 'again' ? 0 : readAt,
    readAt,
    article.id,
  );
}

function bodyKind({ body }: Article): string {
  return body.kind === 'feed' && body.again ? 'again' : body.kind;
}

function addIdentities(db: Connection, articleId: string, identities: string[]): void {
  for (const identity of identities)
    db.run(
      'INSERT INTO identity (identity, article_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      identity,
      articleId,
    );
}

/** The first sighting stays, but for what the source counts: that grows. */
function insertSighting(db: Connection, sighting: Sighting): void {
  const { engagement } = sighting;
  db.run(
    `INSERT INTO sighting (article_id, source_id, url, title, seen_at, engagement) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET engagement = coalesce(excluded.engagement, engagement)`,
    sighting.articleId,
    sighting.sourceId,
    sighting.url,
    sighting.title,
    sighting.seenAt,
    engagement === undefined ? null : JSON.stringify(engagement),
  );
  if (engagement === undefined) return;
  const row = db.get('SELECT engagement FROM article WHERE id = ?', sighting.articleId);
  const best = highest(row === undefined ? {} : (engagementIn(row).engagement ?? {}), engagement);
  db.run('UPDATE article SET engagement = ? WHERE id = ?', JSON.stringify(best), sighting.articleId);
}

function engagementIn(row: Row): { engagement?: Engagement } {
  if (typeof row.engagement !== 'string') return {};
  return { engagement: engagementSchema.parse(JSON.parse(row.engagement)) };
}

function highest(one: Engagement, other: Engagement): Engagement {
  const counts = ENGAGEMENT.filter((count) => one[count] !== undefined || other[count] !== undefined);
  return Object.fromEntries(counts.map((count) => [count, Math.max(one[count] ?? 0, other[count] ?? 0)]));
}

function mergeArticle(db: Connection, article: Article, owner: string): void {
  db.run('UPDATE article SET merged_into = ? WHERE id = ?', owner, article.id);
  db.run('UPDATE OR IGNORE identity SET article_id = ? WHERE article_id = ?', owner, article.id);
  db.run('UPDATE OR IGNORE sighting SET article_id = ? WHERE article_id = ?', owner, article.id);
}

const LANGUAGES: readonly Language[] = ['zh', 'en', 'ja', 'ko', 'other'];

/** A row of `article` as the domain knows it. */
export function toArticle(row: Row): Article {
  return {
    id: String(row.id),
    identity: String(row.identity),
    sourceId: String(row.source_id),
    publisher: String(row.publisher),
    url: String(row.url),
    title: String(row.title),
    ...(typeof row.author === 'string' ? { author: row.author } : {}),
    language: LANGUAGES.find((language) => language === row.language) ?? 'other',
    publishedAt: Number(row.published_at),
    firstSeenAt: Number(row.first_seen_at),
    excerpt: String(row.excerpt),
    tags: tagsSchema.parse(JSON.parse(String(row.tags))),
    ...engagementIn(row),
    ...(typeof row.image === 'string' ? { image: row.image } : {}),
    body: bodySchema.parse(JSON.parse(String(row.body))),
  };
}
