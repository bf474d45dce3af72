import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import { LETTER_BYTES, LETTERS } from './imap-letters.ts';
import { type Collected, failed } from './source-kind.ts';

/**
 * Letters whose files are older than this are no news, whether read before or not; the names of younger ones are
 * remembered. An edition looks back two days at most by default, a week leaves room for a machine that was off.
 */
const RECENT_MS = 7 * 86_400_000;

const memorySchema = z.object({ files: z.array(z.string()) });

type FolderReading =
  | { kind: 'letters'; memory: { files: string[] }; tooLarge: number; isMaildir: boolean }
  | Extract<Collected, { kind: 'failed' }>;

/**
 * Hands each new letter of a maildir or of a folder of .eml files to `read`, a hundred at most; what is more comes next
 * time. A letter that cannot be read (moved, forbidden) is tried again next time.
 */
export async function readFolder(
  folder: string,
  memory: unknown,
  now: Instant,
  read: (raw: Uint8Array) => Promise<void>,
): Promise<FolderReading> {
  const listed = await lettersIn(folder);
  if (listed.kind === 'failed') return listed;
  const seen = new Set(memorySchema.safeParse(memory).data?.files);
  const known: string[] = [];
  let taken = 0;
  let tooLarge = 0;
  for (const file of listed.files) {
    // A mail program renames a letter when it is read: `123.host` becomes `123.host:2,S` (`;2,` or `!2,` elsewhere).
    const name = file.replace(/^(new|cur)\//, '').replace(/[:;!]2,\w*$/, '');
    const found = await lookAt(join(folder, file));
    if (found === undefined || now - found.mtimeMs > RECENT_MS) continue;
    if (seen.has(name)) known.push(name);
    else if (found.size > LETTER_BYTES) {
      tooLarge += 1;
      known.push(name);
    } else if (taken < LETTERS) {
      const raw = await readFile(found.path).catch(() => undefined);
      if (raw === undefined) continue;
      await read(raw);
      taken += 1;
      known.push(name);
    }
  }
  return { kind: 'letters', memory: { files: known }, tooLarge, isMaildir: listed.isMaildir };
}

type Listing =
  | { kind: 'files'; files: string[]; isMaildir: boolean }
  | Extract<Collected, { kind: 'failed' }>;

/** Undefined when the mail program was faster: the letter is there under another name next time. */
async function lookAt(path: string): Promise<{ path: string; mtimeMs: number; size: number } | undefined> {
  try {
    const { mtimeMs, size } = await stat(path);
    return { path, mtimeMs, size };
  } catch {
    return undefined;
  }
}

/** A maildir keeps letters in `new` and `cur`; otherwise every .eml file is one. */
async function lettersIn(folder: string): Promise<Listing> {
  try {
    const inside = await readdir(folder, { withFileTypes: true });
    const rooms = inside.filter((one) => one.isDirectory() && (one.name === 'new' || one.name === 'cur'));
    const plain = inside
      .filter((one) => !one.isDirectory() && /\.eml$/i.test(one.name))
      .map(({ name }) => name);
    const kept = await Promise.all(
      rooms.map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
    );
    return { kind: 'files', files: [...plain, ...kept.flat()].toSorted(), isMaildir: rooms.length > 0 };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('source-file', `读不到邮件文件夹：${why}`, false);
  }
}
