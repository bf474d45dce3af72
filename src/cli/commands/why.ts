import { clockTime } from '../../newsroom/calendar.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { findArticle, findStory } from '../find-story.ts';
import type { CommandRun, Io } from '../io.ts';
import { bodyWords, changeLines, fateLines, JOIN_WORDS, reasons, rulingLines } from '../story-report.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(args, CONFIG_OPTION, { words: 1 });
  const [name] = positionals;
  if (name === undefined) throw usage('why 后面要写网址、文章编号或故事编号 / a URL or an id is missing');
  return withNewsroom(io, values.config, async (room) => {
    io.out((await whyLines(room, name, io)).join('\n'));
    return EXIT.ok;
  });
};

/** One article's whole way, from where it was seen to what came of it, as it was recorded. */
async function whyLines(room: Newsroom, name: string, io: Io): Promise<string[]> {
  const zone = room.config.timezone;
  const seen = await findArticle(room, name);
  if (seen === undefined && /^https?:/.test(name))
    throw usage(`没有收到过 ${name}；它的来源可能不在配置里，或当时没有列出它 / never seen`);
  if (seen !== undefined && (await room.store.storyOf(seen.id)) === undefined)
    return [...articleLines(), '还没有归组：不在任何一期的时间范围内，或已不可读'];
  const { story, articles, article = articles[0] } = await findStory(room, name);
  const judged = await room.store.verdictOf(story.id);
  const join = story.joins.find(({ articleId }) => articleId === article?.id);
  const own = judged?.verdict.byArticle.find(({ articleId }) => articleId === article?.id);
  const brief = (await room.store.briefs([story.id])).get(story.id)?.brief;
  const sightings = article ? await room.store.sightings(article.id) : [];
  return [
    ...articleLines(article),
    ...sightings.map(({ sourceId, seenAt }) => `见于：${sourceId}，${clockTime(zone, seenAt)}`),
    `故事：${story.id}，共 ${articles.length} 篇（ribao show story ${story.id}）`,
    ...(join
      ? [`归组：${JOIN_WORDS[join.kind]}${join.reasons.length > 0 ? `，${join.reasons.join('；')}` : ''}`]
      : []),
    ...(await changeLines(room, story)),
    ...(own ? [`这一篇：栏目 ${own.section}，噪音 ${own.noise ?? '否'}：${reasons(own.reasons)}`] : []),
    ...(judged
      ? [
          `故事的栏目 ${judged.verdict.section.name}：${reasons(judged.verdict.section.reasons)}`,
          `故事的价值 ${Math.round(judged.verdict.worth.score)}：${reasons(judged.verdict.worth.parts)}`,
          `新旧 ${judged.verdict.novelty.kind}${judged.verdict.novelty.reasons.length > 0 ? `：${judged.verdict.novelty.reasons.join('；')}` : ''}`,
        ]
      : []),
    ...(brief ? [`简讯由 ${[brief.writer, ...brief.marks].join('、')} 写成：${brief.headline}`] : []),
    ...(await rulingLines(room, story)),
    ...(await fateLines(room, story, io)),
  ];

  function articleLines(of = seen): string[] {
    if (of === undefined) return [];
    return [
      of.title,
      `${of.publisher}，${clockTime(zone, of.publishedAt)}，${of.url}`,
      `正文：${bodyWords(of)}`,
    ];
  }
}
