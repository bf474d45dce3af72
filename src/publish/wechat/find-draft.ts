import { z } from 'zod';
import type { Outside } from '../channels/channel.ts';
import { type Account, type Answered, askWechat } from './wechat-api.ts';
import type { DraftArticle } from './write-articles.ts';

/** What tells one draft from all others: the platform keeps no name of ours. */
export type DraftMarks = { madeAt: number; articles: Pick<DraftArticle, 'title' | 'digest'>[] };

/** The platform's clock and ours may differ by so much. */
const CLOCK_SPARE_MS = 600_000;
/** The newest of the list; more are not given at once. */
const LOOKED_AT = 20;

const listSchema = z.object({
  item: z
    .array(
      z.object({
        media_id: z.string().optional(),
        article_id: z.string().optional(),
        content: z.object({
          news_item: z.array(z.object({ title: z.string(), digest: z.string().default('') })),
        }),
        update_time: z.number(),
      }),
    )
    .default([]),
});

/**
 * The id of this very draft in one of the platform's lists, `draft` or `freepublish`. The same titles in the same order,
 * the same digest where there is one article (of several the platform keeps none), not older than the edition.
 */
export async function findDraft(
  list: 'draft' | 'freepublish',
  marks: DraftMarks,
  account: Account,
  outside: Outside,
): Promise<{ kind: 'found'; id: string } | { kind: 'missing' } | Exclude<Answered, { kind: 'answered' }>> {
  const wanted = { offset: 0, count: LOOKED_AT, no_content: 1 };
  const answer = await askWechat(`${list}/batchget`, wanted, account, outside);
  if (answer.kind !== 'answered') return answer;
  const found = readList(answer.text).find(
    ({ content, update_time }) =>
      update_time * 1000 >= marks.madeAt - CLOCK_SPARE_MS && isSame(content.news_item, marks.articles),
  );
  const id = found?.media_id ?? found?.article_id;
  return id === undefined ? { kind: 'missing' } : { kind: 'found', id };
}

function readList(text: string): z.infer<typeof listSchema>['item'] {
  try {
    return listSchema.parse(JSON.parse(text)).item;
  } catch {
    return [];
  }
}

function isSame(kept: readonly { title: string; digest: string }[], sent: DraftMarks['articles']): boolean {
  const titles =
    kept.length === sent.length && sent.every(({ title }, n) => kept[n]?.title.trim() === title.trim());
  return titles && (sent.length > 1 || kept[0]?.digest === sent[0]?.digest);
}
