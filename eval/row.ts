import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Edition } from '../src/domain/edition.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { openNewsroom } from '../src/newsroom/newsroom.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import { serveFeeds, writeDayConfig } from './days.ts';
import type { Question } from './question.ts';
import { type Judgement, labelsOf } from './sets/day-labels.ts';
import { listDays } from './sets/labelled-days.ts';

/**
 * All days in a row as one newsroom: how often a story comes back on a later day and with what new sentence, and, on
 * labelled days, whether any labelled event stands twice in one edition.
 */
export const row: Question = async ({ data, say }) => {
  const days = listDays(data);
  if (days.length === 0) return { cases: 0, figures: {}, absent: ['days'] };
  let today = '';
  const server = await serveFeeds(() => today);
  const home = mkdtempSync(join(tmpdir(), 'ribao-row-'));
  const feeds = [...new Set(days.flatMap(({ folder }) => readdirSync(join(folder, 'feeds'))))].filter(
    (name) => name.endsWith('.xml'),
  );
  const config = writeDayConfig(home, feeds.toSorted());
  const sums = { items: 0, followUps: 0, twice: 0, published: 0 };
  try {
    for (const { date, folder, collectedAt } of days) {
      today = join(folder, 'feeds');
      const room = openNewsroom(loadConfig(config), {
        clock: () => collectedAt,
        connectTo: { address: '127.0.0.1', port: server.port },
      });
      const { edition, run } = await runEdition(room, { date, cutoffAt: collectedAt }, () => {});
      const items = edition.sections.flatMap((section) => section.items);
      const back = items.filter(({ followUp }) => followUp !== undefined);
      const twice = await toldTwice(edition, labelsOf({ folder }));
      sums.items += items.length;
      sums.followUps += back.length;
      sums.twice += twice.length;
      sums.published += run.state === 'published' ? 1 : 0;
      say(`${date}  ${run.state}  ${items.length} items, ${back.length} come back`);
      for (const { brief, followUp } of back)
        say(
          `    ${followUp?.label}（${followUp?.date}）${brief.headline} ← “${followUp?.newSentence.slice(0, 60)}”`,
        );
      for (const titles of twice) say(`    twice: ${titles}`);
      await room.close();
    }
  } finally {
    rmSync(home, { recursive: true });
    await server.close();
  }
  return {
    cases: days.length,
    figures: { ...sums, 'followUps.share': sums.followUps / Math.max(1, sums.items) },
    absent: [],
  };
};

/** Labelled events that stand in the edition as two items, by their headlines. */
function toldTwice(edition: Edition, labels: readonly Judgement[]): string[] {
  const storyOf = new Map(labels.map(({ articleId, story }) => [articleId, story]));
  const headlines = Map.groupBy(
    edition.sections.flatMap((section) => section.items),
    ({ brief }) => storyOf.get(brief.articleId),
  );
  return [...headlines].flatMap(([story, items]) =>
    story === undefined || items.length < 2 ? [] : [items.map(({ brief }) => brief.headline).join(' | ')],
  );
}
