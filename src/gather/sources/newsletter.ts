import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { fetchLetters, imapMemorySchema, LETTER_BYTES, LETTERS } from './imap-letters.ts';
import { type LetterReading, letterEntries } from './mail-entries.ts';
import { type Collected, defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** On the first visit older letters are remembered, not read. */
const FIRST_DAYS = 3;
/** File names remembered. */
const REMEMBERED = 5000;

const settings = z.object({
  folder: z
    .string()
    .exactOptional()
    .describe('maildir，或放着 .eml 文件的文件夹 / a maildir or a folder of .eml'),
  host: z.string().exactOptional().describe('IMAP 服务器 / IMAP server'),
  port: z.int().min(1).max(65_535).default(993),
  secure: z
    .boolean()
    .default(true)
    .describe('false：不加密，只用于本机 / false: no TLS, for this machine only'),
  user: z.string().default(''),
  password: z.string().default('').describe('写 env:NAME 或 file:PATH / env:NAME or file:PATH'),
  mailbox: z.string().default('INBOX'),
  from: z.string().exactOptional().describe('只要发件人含此字样的 / only letters whose sender contains this'),
  links: z
    .boolean()
    .default(false)
    .describe('true：信里链接的每篇文章各成一条 / each article a letter links becomes an entry'),
});

/** Letters come from no address; this stands where other sources have theirs. */
const NO_ADDRESS = 'https://newsletter.invalid/';

/**
 * `kind: newsletter` — letters from a maildir, a folder of .eml files, or an IMAP mailbox, which is only read: nothing is
 * deleted, moved or marked. A letter that no browser can show is left out and counted, since readers could not open it.
 */
export const newsletter = defineKind({
  kind: 'newsletter',
  home: NO_ADDRESS,
  fullText: 'feed',
  settings,
  paths: ['folder'],
  async collect(source, ways, state, { now }) {
    if (ways.folder !== undefined) return fromFolder(source, ways.folder, ways, state.memory, now);
    if (ways.host === undefined)
      return failed('source-settings', 'newsletter 来源要写 folder 或 host', false);
    const memory = imapMemorySchema.safeParse(state.memory).data;
    const mail = await fetchLetters({ ...ways, host: ways.host, since: now - FIRST_DAYS * DAY_MS, memory });
    if (mail.kind === 'failed') return mail;
    return settle(mail.letters, mail.memory, source, ways, now);
  },
});

type Ways = Pick<z.infer<typeof settings>, 'links' | 'from'>;
const folderMemorySchema = z.object({ files: z.array(z.string()) });

async function fromFolder(
  source: Source,
  folder: string,
  ways: Ways,
  memory: unknown,
  now: Instant,
): Promise<Collected> {
  let files: string[];
  try {
    files = await lettersIn(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('source-file', `读不到邮件文件夹：${why}`, false);
  }
  const known = folderMemorySchema.safeParse(memory).data?.files;
  const seen = new Set(known);
  const letters: Uint8Array[] = [];
  const read: string[] = [];
  for (const file of files) {
    // A mail program renames a letter when it is read: `123.host` becomes `123.host:2,S`.
    const name = file.replace(/:2,\w*$/, '').replace(/^(new|cur)\//, '');
    if (seen.has(name) || letters.length >= LETTERS) continue;
    const path = join(folder, file);
    const { mtimeMs, size } = await stat(path);
    read.push(name);
    if (size > LETTER_BYTES || (known === undefined && now - mtimeMs > FIRST_DAYS * DAY_MS)) continue;
    letters.push(await readFile(path));
  }
  return settle(letters, { files: [...read, ...seen].slice(0, REMEMBERED) }, source, ways, now);
}

/** A maildir keeps letters in `new` and `cur`; otherwise every .eml file is one. */
async function lettersIn(folder: string): Promise<string[]> {
  const inside = await readdir(folder, { withFileTypes: true });
  const rooms = inside.filter((one) => one.isDirectory() && (one.name === 'new' || one.name === 'cur'));
  const plain = inside.filter((one) => one.isFile() && /\.eml$/i.test(one.name)).map(({ name }) => name);
  const kept = await Promise.all(
    rooms.map(async ({ name }) => (await readdir(join(folder, name))).map((file) => `${name}/${file}`)),
  );
  return [...plain, ...kept.flat()].toSorted();
}

async function settle(
  letters: readonly Uint8Array[],
  memory: unknown,
  source: Source,
  ways: Ways,
  now: Instant,
): Promise<Collected> {
  const readings: LetterReading[] = [];
  for (const raw of letters) readings.push(await letterEntries(raw, { source, ...ways, now }));
  const entries = readings.flatMap((one) => (one.kind === 'read' ? one.entries : []));
  const homeless = readings.filter(({ kind }) => kind === 'homeless').length;
  const unreadable = readings.filter(({ kind }) => kind === 'unreadable').length;
  const notes = [
    homeless > 0 ? `${homeless} 封信没有网页可看，已略去` : undefined,
    unreadable > 0 ? `${unreadable} 封信读不懂` : undefined,
  ].filter((note) => note !== undefined);
  const note = notes.length > 0 ? { note: notes.join('；') } : {};
  if (entries.length === 0) return { kind: 'unchanged', memory, ...note };
  return { kind: 'listed', entries, memory, ...note };
}
