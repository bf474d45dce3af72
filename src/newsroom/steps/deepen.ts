import type { Article } from '../../domain/article.ts';
import type { DeepRead, Further } from '../../domain/deep-read.ts';
import type { EditionContent, Item } from '../../domain/edition.ts';
import type { Failure, Run } from '../../domain/run.ts';
import type { StoryFile } from '../../domain/story.ts';
import { primarySource } from '../../sift/primary-source.ts';
import type { WorkKind } from '../../text/works.ts';
import { depthOf, MOST_DEEP_READS } from '../../write/deep-read/depth.ts';
import { readDeepText } from '../../write/deep-read/read-sentences.ts';
import { DEEP_WRITER, deepReadOf, writeDeepParts } from '../../write/deep-read/write-deep-read.ts';
import { withoutOrders } from '../../write/model/orders.ts';
import { type DeepAttempt, deepenWithModel, deepFailures, deepWriter } from '../deepen-with-model.ts';
import type { Newsroom } from '../newsroom.ts';

export const WORK_LABELS: Record<WorkKind, string> = {
  official: '官方原文',
  arxiv: '论文',
  doi: '论文',
  huggingface: '模型',
  github: '代码',
};

/** Depth counts as much as worth: a great event told in three lines gives nothing to read deeply. */
const DEPTH_SHARE = 0.5;
/** Other outlets named at the end. */
const OUTLETS_NAMED = 4;

type Piece = { item: Item; file: StoryFile; article: Article; value: number };

/**
 * The edition's deep reads: of its items those whose worth and depth deserve one, at most three, in that order; none on a
 * day without such a piece. By the model where the config wants it and its answer holds, else from the article's own
 * sentences.
 */
export async function deepen(
  room: Newsroom,
  run: Pick<Run, 'id' | 'date'>,
  content: EditionContent,
  files: readonly StoryFile[],
): Promise<{ deepReads: DeepRead[]; failures: Failure[] }> {
  const pieces = deepPieces(room, content, files);
  const made: DeepRead[] = [];
  const attempts: DeepAttempt[] = [];
  const llm = pieces.length > 0 && room.config.model?.writing ? room.openModel(run) : undefined;
  for (const { item, file, article } of pieces) {
    if (made.length === MOST_DEEP_READS) break;
    const attempt = llm && (await deepenWithModel(llm, room.editorial.modelDesk(), { file, article }));
    if (attempt !== undefined) attempts.push(attempt);
    const isWritten = attempt?.kind === 'written';
    // What speaks to models does not speak to readers either.
    const clean = llm === undefined ? article : withoutOrders(article, room.editorial.modelDesk().findOrder);
    const parts = isWritten ? attempt.parts : writeDeepParts(clean, file, room.editorial.deepReading);
    if (parts === undefined) continue;
    const writer = llm && isWritten ? deepWriter(llm, room.editorial.modelDesk()) : DEEP_WRITER;
    const further = furtherOf(room, item, file, article);
    const about = { brief: item.brief, article, date: content.date, further, writer };
    made.push(deepReadOf(parts, about));
  }
  return { deepReads: made, failures: deepFailures(attempts) };
}

/** Every item with an article deep enough, the best first. */
function deepPieces(room: Newsroom, { sections }: EditionContent, files: readonly StoryFile[]): Piece[] {
  const byStory = new Map(files.map((file) => [file.story.id, file]));
  const pieces = sections.flatMap(({ items }) =>
    items.flatMap((item): Piece[] => {
      const file = byStory.get(item.brief.storyId);
      const deepest = file && deepestOf(room, file);
      return file === undefined || deepest === undefined
        ? []
        : [
            {
              item,
              file,
              article: deepest.article,
              value: (1 - DEPTH_SHARE) * item.worth + DEPTH_SHARE * deepest.score,
            },
          ];
    }),
  );
  return pieces.toSorted(
    (one, other) => other.value - one.value || (one.item.brief.storyId < other.item.brief.storyId ? -1 : 1),
  );
}

/** The story's deepest new Chinese article; reposts are their original's. */
function deepestOf(room: Newsroom, file: StoryFile): { article: Article; score: number } | undefined {
  const { deepReading, judging } = room.editorial;
  const hasPrimary = primarySource(file.articles, judging.worth.primary.hosts) !== undefined;
  const reposts = new Set(
    file.story.joins.filter(({ kind }) => kind === 'repost').map(({ articleId }) => articleId),
  );
  const before = new Set(file.told?.articleIds);
  return file.articles
    .filter(({ id, language, body }) => {
      return language === 'zh' && body.kind !== 'gone' && !reposts.has(id) && !before.has(id);
    })
    .flatMap((article) => {
      const depth = depthOf(readDeepText(article, deepReading), file, hasPrimary, deepReading);
      return depth.kind === 'deep' ? [{ article, score: depth.score }] : [];
    })
    .toSorted((one, other) => other.score - one.score || (one.article.id < other.article.id ? -1 : 1))[0];
}

/** The primary source, who else tells it, and what an earlier edition told. */
function furtherOf(
  room: Newsroom,
  { brief, publisher, outlets, followUp }: Item,
  file: StoryFile,
  article: Article,
): Further[] {
  const work = primarySource(file.articles, room.editorial.judging.worth.primary.hosts);
  const primary: Further[] =
    work === undefined || work.url === article.url
      ? []
      : [{ kind: 'primary', label: WORK_LABELS[work.kind], url: work.url }];
  const others = [{ name: publisher, url: brief.url }, ...outlets]
    .filter(({ url }) => url !== article.url && url !== work?.url)
    .slice(0, OUTLETS_NAMED)
    .map(({ name, url }): Further => ({ kind: 'outlet', label: name, url }));
  const { headline = '', url = '', date = '' } = followUp ?? {};
  const earlier: Further[] = followUp ? [{ kind: 'earlier', label: headline, url, date }] : [];
  return [...primary, ...earlier, ...others];
}
