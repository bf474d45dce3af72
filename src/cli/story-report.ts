import type { Article } from '../domain/article.ts';
import type { Ruling } from '../domain/ruling.ts';
import type { Source } from '../domain/source.ts';
import type { Reason, Story, Verdict } from '../domain/story.ts';
import { healthOf } from '../gather/health.ts';
import { addDays, clockTime, dateIn } from '../newsroom/calendar.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { type ScoreCard, scoreCard } from '../newsroom/score-card.ts';
import { describeOutcome } from '../newsroom/steps/collect.ts';
import { healthWord } from './health-words.ts';
import type { Io } from './io.ts';

/** Everything decided about one story, with the reasons as they were recorded. */
export async function storyReport(
  room: Newsroom,
  { story, articles }: { story: Story; articles: Article[] },
  io: Io,
): Promise<string[]> {
  const zone = room.config.timezone;
  const judged = await room.store.verdictOf(story.id);
  const brief = (await room.store.briefs([story.id])).get(story.id)?.brief;
  const lines = [`${story.id}  ${articles.length} 篇`, ''];
  for (const join of story.joins) {
    const article = articles.find(({ id }) => id === join.articleId);
    if (!article) continue;
    lines.push(
      `· ${article.title}`,
      `  ${article.publisher}  ${clockTime(zone, article.publishedAt)}  ${article.url}`,
      `  归组：${JOIN_WORDS[join.kind]}${join.kind === 'first' ? '' : `（${join.score.toFixed(2)}）`}${join.reasons.length > 0 ? `，${join.reasons.join('；')}` : ''}`,
      `  正文：${bodyWords(article)}`,
    );
  }
  lines.push(...(await changeLines(room, story)), ...(await rulingLines(room, story)));
  if (judged) lines.push('', ...verdictLines(judged.date, judged.verdict));
  if (brief) {
    lines.push(
      '',
      `简讯：${brief.headline}`,
      `  ${brief.summary}`,
      `  写法：${[brief.writer, ...brief.marks].join('、')}`,
    );
    for (const { claim, source } of brief.evidence) lines.push(`  “${claim}” ← ${source}`);
  }
  lines.push('', ...(await fateLines(room, story, io)));
  return lines;
}

/** Merges and splits the story went through. */
export async function changeLines(room: Newsroom, { id }: Story): Promise<string[]> {
  const words = { merge: '并入', split: '拆出' };
  const by = { desk: '自动', editor: '编辑' };
  return (await room.store.storyChanges(id)).map(
    (change) =>
      `变动：${clockTime(room.config.timezone, change.at)} ${by[change.by]}${words[change.kind]} ${change.otherId}（${change.articleIds.length} 篇），${change.reasons.join('；')}`,
  );
}

/** What an editor ruled on the story. */
export async function rulingLines(room: Newsroom, { id }: Story): Promise<string[]> {
  const all = await room.store.rulings();
  return all
    .filter(({ decision }) => 'storyId' in decision && decision.storyId === id)
    .map((ruling) => `裁定 ${rulingLine(ruling, room.config.timezone)}`);
}

/** One ruling as a line. */
export function rulingLine({ n, at, decision, note, undoneAt }: Ruling, zone: string): string {
  const what = {
    accept: '选用',
    reject: '不要',
    move: `移到「${'section' in decision ? decision.section : ''}」`,
    merge: `并入 ${'otherId' in decision ? decision.otherId : ''}`,
    split: `拆出 ${'articleIds' in decision ? decision.articleIds.join('、') : ''}`,
    correct: '更正',
    withdraw: '撤回',
    forget: '忘掉以前学到的',
  }[decision.kind];
  const whom = 'storyId' in decision ? `${decision.storyId} ` : '';
  const which = 'date' in decision ? `${decision.date} ` : '';
  return `#${n} ${clockTime(zone, at)} ${which}${whom}${what}${note === '' ? '' : `：${note}`}${undoneAt === undefined ? '' : '（已撤销）'}`;
}

export const JOIN_WORDS = {
  first: '首篇',
  repost: '转载',
  'near-duplicate': '近似重复',
  'same-event': '同一事件',
} as const;

export function bodyWords({ body, excerpt }: Article): string {
  switch (body.kind) {
    case 'page':
      return `原文 ${body.text.length} 字（${body.extractor}）`;
    case 'feed':
      return `订阅文字 ${body.text.length} 字（${body.why}${body.again ? '，下次再试' : ''}）`;
    case 'gone':
      return `已不可读：${body.why}`;
    case 'unread':
      return `还没有读，订阅文字 ${excerpt.length} 字`;
  }
}

function verdictLines(date: string, { section, noise, worth, novelty }: Verdict): string[] {
  return [
    `${date} 的评判：`,
    `  栏目 ${section.name}：${reasons(section.reasons)}`,
    `  噪音 ${noise.kind ?? '否'}：${reasons(noise.reasons)}`,
    `  价值 ${Math.round(worth.score)}：${reasons(worth.parts)}`,
    `  新旧 ${novelty.kind}${novelty.reasons.length > 0 ? `：${novelty.reasons.join('；')}` : ''}`,
  ];
}

export function reasons(list: Reason[]): string {
  return (
    list
      .map(({ signal, weight }) => `${signal} ${weight >= 0 ? '+' : ''}${Math.round(weight * 10) / 10}`)
      .join('，') || '—'
  );
}

/** In which editions it stands, or why it does not. */
export async function fateLines(room: Newsroom, { id, openedAt }: Story, io: Io): Promise<string[]> {
  // An edition may carry the date of the day before its articles were seen.
  const from = addDays(dateIn(room.config.timezone, openedAt), -1);
  const editions = await room.store.editions(from, '9999-12-31');
  const lines = editions.flatMap(({ date, revision, sections, leftOut }) => {
    const section = sections.find(({ items }) => items.some(({ brief }) => brief.storyId === id));
    if (section) return [`${date} r${revision}：入选「${section.name}」`];
    const why = leftOut.find((left) => left.storyId === id)?.why;
    return why ? [`${date} r${revision}：未入选，${why}`] : [];
  });
  return lines.length > 0
    ? lines
    : [{ zh: '还没有进入任何一期的评选', en: 'not considered for an edition yet' }[io.tongue]];
}

/** A source's last outcome and its latest articles. */
export async function sourceReport(room: Newsroom, source: Source, io: Io): Promise<string[]> {
  const zone = room.config.timezone;
  const state = (await room.store.sourceStates()).get(source.id);
  const articles = await room.store.articlesOfSource(source.id, 20);
  const card = await scoreCard(room, source);
  const events = await room.store.sourceEvents(0, source.id);
  const { health, why } = state ? healthOf(state, room.clock()) : { health: 'new' as const, why: '' };
  const outcome = state?.lastOutcome;
  const time = (at: number | undefined) => (at === undefined ? '—' : clockTime(zone, at));
  return [
    `${source.id}  ${source.name}（${source.kind}，信任度 ${source.weight}）`,
    outcome
      ? `${{ zh: '上次', en: 'last' }[io.tongue]}：${describeOutcome(outcome, outcome.kind === 'new' ? outcome.fresh : 0)}`
      : { zh: '还没有收过', en: 'never asked' }[io.tongue],
    `${{ zh: '上次成功', en: 'last success' }[io.tongue]} ${time(state?.lastOkAt)}  ${{ zh: '上次有新文', en: 'last new' }[io.tongue]} ${time(state?.lastNewAt)}  ${{ zh: '连续失败', en: 'failures in a row' }[io.tongue]} ${state?.failureStreak ?? 0}`,
    `${{ zh: '状态', en: 'health' }[io.tongue]} ${healthWord(health, io.tongue)}${why ? `：${why}` : ''}`,
    ...cardLines(card, io),
    ...events
      .slice(0, 10)
      .map(
        (event) =>
          `  ${time(event.at)}  ${healthWord(event.before, io.tongue)} → ${healthWord(event.after, io.tongue)}  ${event.why}`,
      ),
    '',
    ...articles.map(
      (article) =>
        `${clockTime(zone, article.publishedAt)}  ${article.title}\n  ${bodyWords(article)}  ${article.url}`,
    ),
  ];
}

/** A source's score card in two lines. */
function cardLines(card: ScoreCard, io: Io): string[] {
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const lead = card.medianLeadMs === undefined ? '' : `，${(card.medianLeadMs / 3_600_000).toFixed(1)}h`;
  return {
    zh: [
      `近 30 天 ${card.articles} 篇：入选 ${percent(card.chosenShare)}，噪音 ${percent(card.noiseShare)}，重复 ${percent(card.duplicateShare)}，有原文 ${percent(card.fullTextShare)}`,
      `与别家同报的 ${card.shared} 件事里，抢先 ${percent(card.firstShare)}${lead}`,
    ],
    en: [
      `30 days, ${card.articles} articles: chosen ${percent(card.chosenShare)}, noise ${percent(card.noiseShare)}, repeats ${percent(card.duplicateShare)}, full text ${percent(card.fullTextShare)}`,
      `of ${card.shared} stories told by others too, first in ${percent(card.firstShare)}${lead}`,
    ],
  }[io.tongue];
}
