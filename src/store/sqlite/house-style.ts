import { stylePairSchema, styleRuleSchema } from '../schemas.ts';
import type { Store } from '../store.ts';
import type { Connection } from './connection.ts';

type StyleStore = Pick<
  Store,
  'keepStylePair' | 'stylePairs' | 'acceptStyleRule' | 'styleRules' | 'dropStyleRule' | 'forgetStyle'
>;

/** What editors changed and the rules they accepted, in SQLite. */
export function styleStore(db: Connection): StyleStore {
  return {
    async keepStylePair({ at, date, storyId, before, after }) {
      db.transaction(() => {
        // Taken out and put in again: the newest stands last.
        db.run('DELETE FROM style_pair WHERE date = ? AND story_id = ?', date, storyId);
        db.run(
          'INSERT INTO style_pair (at, date, story_id, json) VALUES (?, ?, ?, ?)',
          at,
          date,
          storyId,
          JSON.stringify({ before, after }),
        );
      });
    },

    async stylePairs() {
      return db.all('SELECT * FROM style_pair ORDER BY at, n').map((row) => ({
        at: Number(row.at),
        date: String(row.date),
        storyId: String(row.story_id),
        ...stylePairSchema.parse(JSON.parse(String(row.json))),
      }));
    },

    async acceptStyleRule(rule, at) {
      const row = db.get(
        'INSERT INTO style_rule (at, json) VALUES (?, ?) RETURNING n',
        at,
        JSON.stringify(rule),
      );
      return { n: Number(row?.n), at, rule };
    },

    async styleRules() {
      return db.all('SELECT * FROM style_rule ORDER BY n').map((row) => ({
        n: Number(row.n),
        at: Number(row.at),
        rule: styleRuleSchema.parse(JSON.parse(String(row.json))),
      }));
    },

    async dropStyleRule(n) {
      return db.run('DELETE FROM style_rule WHERE n = ?', n) > 0;
    },

    async forgetStyle() {
      db.transaction(() => {
        db.run('DELETE FROM style_pair');
        db.run('DELETE FROM style_rule');
      });
    },
  };
}
