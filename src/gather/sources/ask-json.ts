import { z } from 'zod';
import { type CollectDeps, type Collected, failed } from './source-kind.ts';

/** An answer in JSON as the schema wants it, or how asking ended otherwise. */
export type JsonAnswer<Value> =
  | { kind: 'json'; value: Value; etag?: string; lastModified?: string }
  | Exclude<Collected, { kind: 'listed' }>;

/**
 * Asks an API. What is no JSON, or JSON of another shape, is a failure `source-answer` that names the first difference:
 * the service has changed, and a person must look.
 */
export async function askJson<Value>(
  request: { url: string; headers?: Record<string, string>; etag?: string; lastModified?: string },
  schema: z.ZodType<Value>,
  { fetch }: Pick<CollectDeps, 'fetch'>,
): Promise<JsonAnswer<Value>> {
  const answer = await fetch({ ...request, accept: 'json' });
  if (answer.kind === 'not-modified') return { kind: 'unchanged' };
  if (answer.kind === 'failed') return answer;
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder().decode(answer.bytes));
  } catch {
    return failed('source-answer', `${hostOf(request.url)} 的回答不是 JSON，接口可能变了或被拦截`, true);
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const where = first?.path.join('.') ?? '';
    return failed(
      'source-answer',
      `${hostOf(request.url)} 的回答与预期不同（${where || '整体'}），接口可能变了`,
      true,
    );
  }
  const { etag, lastModified } = answer;
  return {
    kind: 'json',
    value: parsed.data,
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

/**
 * A list in which a damaged item is left out and counted, so that it does not lose the others. Where every item is
 * damaged the shape itself has changed, and the list is refused.
 */
export function lenientList<Item>(item: z.ZodType<Item>): z.ZodType<{ items: Item[]; damaged: number }> {
  return z
    .array(z.unknown())
    .refine((given) => given.length === 0 || given.some((one) => item.safeParse(one).success))
    .transform((given) => {
      const items = given.flatMap((one) => {
        const parsed = item.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      });
      return { items, damaged: given.length - items.length };
    });
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
