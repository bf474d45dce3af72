import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import { leftOutNote } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import type { Collected } from './source-kind.ts';

type Failed = Extract<Collected, { kind: 'failed' }>;

/** How asking for one of several things ended. `leftOut` counts what was too damaged to list. */
export type Part =
  | { kind: 'read'; entries: Entry[]; leftOut: number; etag?: string }
  | { kind: 'unchanged' }
  | Failed;

/** By thing: the ETag of its last answer; and the first that a limit kept from being asked. */
const memorySchema = z.object({ etags: z.record(z.string(), z.string()), next: z.string().optional() });

/**
 * Asks for several things one after the other (repositories, packages), each only for what changed. One that fails does
 * not lose the others: it is named in the note. After one that asks for patience no further one is asked, since they
 * share its limit, and the source rests until that has passed; it then goes on where it stopped, so that the last of many
 * have their turn. Fails, as the first did, when not one answered.
 */
export async function askEach(
  names: readonly string[],
  memory: unknown,
  ask: (name: string, known: { etag?: string }) => Promise<Part>,
): Promise<Collected> {
  const remembered = memorySchema.safeParse(memory).data;
  const known = remembered?.etags ?? {};
  const from = Math.max(0, names.indexOf(remembered?.next ?? ''));
  const etags: Record<string, string> = {};
  const entries: Entry[] = [];
  const failures: { name: string; failure: Failed }[] = [];
  let answered = 0;
  let leftOut = 0;
  let next: string | undefined;
  for (const name of [...names.slice(from), ...names.slice(0, from)]) {
    const etag = Object.hasOwn(known, name) ? known[name] : undefined;
    const limited = failures.at(-1)?.failure.retryAfterMs !== undefined;
    if (limited) next ??= failures.at(-1)?.name;
    const part = limited ? undefined : await ask(name, optional('etag', etag));
    if (part?.kind === 'failed') failures.push({ name, failure: part });
    else if (part !== undefined) answered += 1;
    const current = part?.kind === 'read' ? part.etag : etag;
    if (current !== undefined) etags[name] = current;
    if (part?.kind !== 'read') continue;
    entries.push(...part.entries);
    leftOut += part.leftOut;
  }
  const [first] = failures;
  if (first !== undefined && answered === 0) return first.failure;
  const lost = names.length - answered;
  const notes = [
    leftOutNote(leftOut).note,
    first && `${names.length} 个中有 ${lost} 个没有问到，如 ${first.name}：${first.failure.message}`,
  ].filter((one) => one !== undefined);
  const restForMs = failures.at(-1)?.failure.retryAfterMs;
  const said = {
    memory: { etags, ...optional('next', next) },
    ...optional('restForMs', restForMs),
    ...optional('note', notes.length > 0 ? notes.join('；') : undefined),
  };
  return entries.length === 0 ? { kind: 'unchanged', ...said } : { kind: 'listed', entries, ...said };
}
