import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import type { Article } from '../src/domain/article.ts';
import type { Edition } from '../src/domain/edition.ts';
import type { NoiseKind, Verdict } from '../src/domain/story.ts';
import { writeConfig } from '../src/newsroom/config/edit-sources.ts';
import { loadConfig } from '../src/newsroom/config/load-config.ts';
import { type Newsroom, openNewsroom } from '../src/newsroom/newsroom.ts';
import { runEdition } from '../src/newsroom/run-edition.ts';
import type { SiftModels } from '../src/sift/sift-models.ts';
import { modelsWithout } from '../train/hold-back.ts';
import { type Called, confusionLines, NOISE_NAMES, NOT_NOISE, noiseFigures } from './confusion.ts';
import { choiceFigures, mixedItems, neverItems } from './edition-figures.ts';
import { bCubedScores, binaryScores, macroF1, pairwiseScores } from './metrics.ts';
import type { Question } from './question.ts';
import { type Judgement, labelsOf } from './sets/day-labels.ts';
import { type Day, LABELLED_HOURS, listDays, sourceOf } from './sets/labelled-days.ts';
import { baselineFigures, crossFigures } from './story-figures.ts';

/**
 * Real days: serves each day's feeds on loopback, makes its edition at that day's date, prints counts per step, and
 * where a person's or a reader's labels lie beside it measures stories, noise, sections and the choice of items.
 * Figures are means over the days that the folder labels; with `own.` before their names, over those that labels of the
 * project cover; with `odd.` and `even.`, over every other labelled day, the first and the second, with tables of what was
 * taken for what: rules were chosen on the odd ones.
 */
export const days: Question = async ({ data, day: only, items, train, say }) => {
  const wanted = listDays(data).filter(({ date }) => only === undefined || date === only);
  if (wanted.length === 0) return { cases: 0, figures: {}, absent: ['days'] };
  const weights = train ? await modelsWithout(data) : undefined;
  const measured: Record<string, number>[] = [];
  const own: Record<string, number>[] = [];
  const halves = { odd: newHalf(), even: newHalf() };
  const labelled = listDays(data).filter(({ labelledBy }) => labelledBy !== undefined);
  for (const day of wanted) {
    const made = await makeDay(day, day.labelledBy ? weights?.(day.date) : undefined);
    say(`${day.date}  ${made.counts}`);
    if (items > 0) for (const line of itemLines(made.edition, items)) say(line);
    if (made.figures) {
      if (day.labelledBy === 'folder') measured.push(made.figures);
      else own.push(made.figures);
      const half = labelled.findIndex(({ date }) => date === day.date) % 2 === 0 ? halves.odd : halves.even;
      half.days.push(made.figures);
      half.noise.push(...(made.noise ?? []));
      half.sections.push(...(made.sections ?? []));
      for (const line of made.faults ?? []) say(line);
      say(
        `  ${Object.entries(made.figures)
          .map(([key, value]) => `${key} ${value.toFixed(3)}`)
          .join('  ')}`,
      );
    }
  }
  for (const [name, half] of Object.entries(halves)) for (const line of halfLines(name, half)) say(line);
  return {
    cases: wanted.length,
    figures: {
      ...means(measured),
      ...named('own', means(own)),
      ...named('odd', { ...means(halves.odd.days), ...noiseFigures(halves.odd.noise) }),
      ...named('even', { ...means(halves.even.days), ...noiseFigures(halves.even.noise) }),
    },
    absent: measured.length === 0 ? ['days/*/labels.jsonl'] : [],
  };
};

/** Every other labelled day: its days' figures, and what each row was taken for. */
type Half = { days: Record<string, number>[]; noise: Called[]; sections: Called[] };

function newHalf(): Half {
  return { days: [], noise: [], sections: [] };
}

function halfLines(name: string, { days, noise, sections }: Half): string[] {
  if (days.length === 0) return [];
  const places = [...new Set(sections.map(({ truth }) => truth))].toSorted();
  return [
    ...confusionLines(`${name}: noise`, noise, NOISE_NAMES),
    ...confusionLines(`${name}: sections`, sections, places),
  ];
}

function named(prefix: string, figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${prefix}.${key}`, value]));
}

function means(days: readonly Record<string, number>[]): Record<string, number> {
  const keys = [...new Set(days.flatMap(Object.keys))];
  const mean = (key: string) => days.reduce((sum, one) => sum + (one[key] ?? 0), 0) / days.length;
  return Object.fromEntries(keys.map((key) => [key, mean(key)]));
}

async function makeDay({ date, folder, collectedAt: now }: Day, models: SiftModels | undefined) {
  const feeds = readdirSync(join(folder, 'feeds')).filter((name) => name.endsWith('.xml'));
  const server = await serveFeeds(join(folder, 'feeds'));
  const home = mkdtempSync(join(tmpdir(), 'ribao-eval-'));
  try {
    const room = openNewsroom(loadConfig(writeDayConfig(home, feeds)), {
      clock: () => now,
      connectTo: { address: '127.0.0.1', port: server.port },
      ...(models ? { models } : {}),
    });
    try {
      const notes: string[] = [];
      const report = await runEdition(room, { date, cutoffAt: now }, (tidings) => {
        if (tidings.kind === 'step-ended') notes.push(`${tidings.step}：${tidings.note}`);
      });
      const labels = labelsOf({ folder });
      const judged = labels.length > 0 ? await matchLabels(room, date, labels) : undefined;
      return {
        counts: [report.run.state, ...notes].join(' | '),
        edition: report.edition,
        ...(judged && {
          figures: measure(report.edition, judged),
          noise: judged.map(({ label, noise }) => ({
            truth: label.noise ?? NOT_NOISE,
            found: noise ?? NOT_NOISE,
          })),
          sections: judged.flatMap(({ label, section }) =>
            label.section === null ? [] : [{ truth: label.section, found: section }],
          ),
          faults: [
            ...mixedItems(report.edition, judged).map((line) => `  mixed: ${line}`),
            ...neverItems(report.edition, judged).map((line) => `  never: ${line}`),
          ],
        }),
      };
    } finally {
      await room.close();
    }
  } finally {
    rmSync(home, { recursive: true });
    await server.close();
  }
}

/** Pages of real days cannot be fetched, so every source stands on its feed's own text. */
export function writeDayConfig(home: string, feeds: string[]): string {
  const path = join(home, 'ribao.yaml');
  const sources = feeds.map((file) => {
    const { id, name, url, fullText } = sourceOf(file);
    return { id, name, url, fullText };
  });
  // Most items of these days have no page and a line of text, so short briefs do not hold the edition here.
  const config = {
    edition: { windowHours: LABELLED_HOURS, maxItems: 35 },
    guard: { maxShortBriefs: 1, maxFailedSources: 1 },
    sources,
  };
  writeConfig(path, stringify(config));
  return path;
}

export async function serveFeeds(
  folder: string | (() => string),
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const file = join(
      typeof folder === 'string' ? folder : folder(),
      basename(decodeURIComponent(request.url ?? '')),
    );
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'application/xml' }).end(readFileSync(file));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    port: bound.port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

type Judged = {
  label: Judgement;
  article: Article;
  articleId: string;
  storyId: string;
  section: string;
  noise: NoiseKind | null;
};

function measure(edition: Edition, judged: Judged[]): Record<string, number> {
  const found = judged.map((row) => row.storyId);
  const truth = judged.map((row) => row.label.story);
  const withSection = judged.filter(({ label }) => label.section !== null);
  return {
    'stories.pairwise.f1': pairwiseScores(found, truth).f1,
    'stories.b3.f1': bCubedScores(found, truth).f1,
    ...crossFigures(judged),
    ...baselineFigures(judged),
    'noise.f1': binaryScores(
      judged.map(({ noise }) => noise !== null),
      judged.map(({ label }) => label.noise !== null),
    ).f1,
    'sections.macroF1': macroF1(
      withSection.map(({ section }) => section),
      withSection.map(({ label }) => label.section ?? ''),
    ),
    ...choiceFigures(edition, judged),
  };
}

async function matchLabels(room: Newsroom, date: string, labels: readonly Judgement[]): Promise<Judged[]> {
  const verdicts = new Map((await room.store.verdicts(date)).map((verdict) => [verdict.storyId, verdict]));
  const rows: Judged[] = [];
  for (const label of labels) {
    const article = await room.store.article(label.articleId);
    const storyId = article && (await room.store.storyOf(article.id));
    const verdict = storyId === undefined ? undefined : verdicts.get(storyId);
    if (article && storyId !== undefined && verdict)
      rows.push({ label, article, articleId: article.id, storyId, ...judgementOf(verdict, article.id) });
  }
  return rows;
}

function judgementOf(verdict: Verdict, articleId: string): { section: string; noise: NoiseKind | null } {
  const own = verdict.byArticle.find((one) => one.articleId === articleId);
  return own ?? { section: verdict.section.name, noise: verdict.noise.kind };
}

function itemLines(edition: Edition, count: number): string[] {
  const items = edition.sections.flatMap((section) =>
    section.items.map((item) => ({ section: section.name, ...item })),
  );
  const lines = items
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, count)
    .map(({ brief, section, worth, publisher, outlets }, n) => {
      const names = [publisher, ...outlets.map((outlet) => outlet.name)].join('、');
      return `${n + 1}. [${section} ${worth}] ${brief.headline}\n   ${brief.summary}\n   ${names}${brief.marks.length > 0 ? `（${brief.marks.join('、')}）` : ''}`;
    });
  return [edition.title, ...lines];
}
