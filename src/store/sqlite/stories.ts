import type { Article } from '../../domain/article.ts';
import type { Story, StoryChange } from '../../domain/story.ts';
import { briefSchema, joinsSchema, storyChangeSchema, verdictSchema } from '../schemas.ts';
import type { KeptBrief, Store } from '../store.ts';
import { toArticle } from './articles.ts';
import type { Connection, Row } from './connection.ts';
import { writeJournal } from './runs.ts';

type StoryStore = Pick<
  Store,
  | 'ungrouped'
  | 'stories'
  | 'story'
  | 'storyOf'
  | 'recordStories'
  | 'storyChanges'
  | 'resolveStories'
  | 'verdicts'
  | 'recordVerdicts'
  | 'verdictOf'
  | 'briefs'
  | 'recordBriefs'
>;

/** Stories, verdicts and briefs in SQLite. */
export function storyStore(db: Connection): StoryStore {
  return {
    async ungrouped(from, until) {
      return db
        .all(
          `SELECT a.* FROM article a LEFT JOIN story_article s ON s.article_id = a.id
           WHERE s.article_id IS NULL AND a.merged_into IS NULL AND a.body_kind <> 'gone'
             AND a.published_at > ? AND a.published_at <= ? ORDER BY a.published_at, a.id`,
          from,
          until,
        )
        .map(toArticle);
    },

    async stories(from, until) {
      const rows = db.all(
        `SELECT DISTINCT t.* FROM story t JOIN story_article s ON s.story_id = t.id JOIN article a ON a.id = s.article_id
         WHERE t.merged_into IS NULL AND a.published_at > ? AND a.published_at <= ? ORDER BY t.opened_at, t.id`,
        from,
        until,
      );
      return rows.map((row) => withArticles(db, row));
    },

    async story(id) {
      const row = db.get('SELECT * FROM story WHERE id = ?', survivor(db, id));
      return row && withArticles(db, row);
    },

    async storyOf(articleId) {
      const row = db.get('SELECT story_id FROM story_article WHERE article_id = ?', articleId);
      return row && String(row.story_id);
    },

    async recordStories(stories, journal, changes = []) {
      db.transaction(() => {
        for (const story of stories) saveStory(db, story);
        for (const change of changes) saveChange(db, change);
        writeJournal(db, journal);
      });
    },

    async storyChanges(storyId) {
      return db
        .all('SELECT json FROM story_change WHERE story_id = ? OR other_id = ? ORDER BY n', storyId, storyId)
        .map((row) => storyChangeSchema.parse(JSON.parse(String(row.json))));
    },

    async resolveStories(ids) {
      const moved = ids.map((id) => [id, survivor(db, id)] as const);
      return new Map(moved.filter(([id, now]) => id !== now));
    },

    async verdicts(date) {
      return db
        .all('SELECT json FROM verdict WHERE date = ? ORDER BY story_id', date)
        .map((row) => verdictSchema.parse(JSON.parse(String(row.json))));
    },

    async recordVerdicts(date, verdicts, journal) {
      db.transaction(() => {
        db.run('DELETE FROM verdict WHERE date = ?', date);
        for (const verdict of verdicts)
          db.run(
            'INSERT INTO verdict (date, story_id, json) VALUES (?, ?, ?)',
            date,
            verdict.storyId,
            JSON.stringify(verdict),
          );
        writeJournal(db, journal);
      });
    },

    async verdictOf(storyId) {
      const row = db.get(
        'SELECT date, json FROM verdict WHERE story_id = ? ORDER BY date DESC LIMIT 1',
        storyId,
      );
      return row && { date: String(row.date), verdict: verdictSchema.parse(JSON.parse(String(row.json))) };
    },

    async briefs(storyIds) {
      const kept = new Map<string, KeptBrief>();
      for (const id of storyIds) {
        const row = db.get('SELECT input_hash, json FROM brief WHERE story_id = ?', id);
        if (row)
          kept.set(id, {
            brief: briefSchema.parse(JSON.parse(String(row.json))),
            inputHash: String(row.input_hash),
          });
      }
      return kept;
    },

    async recordBriefs(briefs, journal) {
      db.transaction(() => {
        for (const { brief, inputHash } of briefs)
          db.run(
            `INSERT INTO brief (story_id, input_hash, json) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET input_hash = excluded.input_hash, json = excluded.json`,
            brief.storyId,
            inputHash,
            JSON.stringify(brief),
          );
        writeJournal(db, journal);
      });
    },
  };
}

function withArticles(db: Connection, row: Row): { story: Story; articles: Article[] } {
  const story: Story = {
    id: String(row.id),
    openedAt: Number(row.opened_at),
    joins: joinsSchema.parse(JSON.parse(String(row.joins))),
  };
  const articles = db
    .all(
      `SELECT a.* FROM story_article s JOIN article a ON a.id = s.article_id
       WHERE s.story_id = ? AND a.merged_into IS NULL ORDER BY s.place`,
      story.id,
    )
    .map(toArticle);
  return { story, articles };
}

function saveStory(db: Connection, story: Story): void {
  db.run(
    `INSERT INTO story (id, opened_at, joins) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET opened_at = excluded.opened_at, joins = excluded.joins`,
    story.id,
    story.openedAt,
    JSON.stringify(story.joins),
  );
  for (const [place, join] of story.joins.entries())
    db.run(
      `INSERT INTO story_article (article_id, story_id, place) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET story_id = excluded.story_id, place = excluded.place`,
      join.articleId,
      story.id,
      place,
    );
}

function saveChange(db: Connection, change: StoryChange): void {
  db.run(
    'INSERT INTO story_change (at, story_id, other_id, json) VALUES (?, ?, ?, ?)',
    change.at,
    change.storyId,
    change.otherId,
    JSON.stringify(change),
  );
  if (change.kind === 'merge')
    db.run('UPDATE story SET merged_into = ? WHERE id = ?', change.storyId, change.otherId);
}

/** The story that is left of this one, however often it was merged. */
function survivor(db: Connection, id: string): string {
  const row = db.get(
    `WITH RECURSIVE way(id, next) AS (
       SELECT id, merged_into FROM story WHERE id = ?
       UNION SELECT story.id, story.merged_into FROM story JOIN way ON story.id = way.next
     ) SELECT id FROM way WHERE next IS NULL`,
    id,
  );
  return row === undefined ? id : String(row.id);
}
