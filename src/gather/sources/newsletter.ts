import { z } from 'zod';
import type { Source } from '../../domain/source.ts';
import { fetchLetters, imapMemorySchema } from './imap-letters.ts';
import { readFolder } from './letter-folder.ts';
import { type Letter, letterEntries, readLetter } from './mail-entries.ts';
import { type CollectDeps, type Collected, defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;
/** On the first visit older letters are remembered, not read. */
const FIRST_DAYS = 3;
/** Click counters asked in one go: a letter has some thirty links, and a day few letters. */
const FOLLOWED = 60;
/** Where a counter leads is in its answer's address; of the page behind it nothing is needed. */
const FOLLOWED_BYTES = 4_000_000;

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
 * Of a mailbox without `from` only what lists send is read: what people write to one another is nobody's news.
 */
export const newsletter = defineKind({
  kind: 'newsletter',
  home: NO_ADDRESS,
  settings,
  paths: ['folder'],
  async collect(source, ways, state, deps) {
    const { now } = deps;
    const letters: Letter[] = [];
    let unreadable = 0;
    const read = async (raw: Uint8Array): Promise<void> => {
      const letter = await readLetter(raw);
      if (letter === undefined) unreadable += 1;
      else letters.push(letter);
    };
    if (ways.folder !== undefined) {
      const mail = await readFolder(ways.folder, state.memory, now, read);
      if (mail.kind === 'failed') return mail;
      const { memory, tooLarge, isMaildir } = mail;
      // Somebody put each .eml file there on purpose; a maildir fills by itself.
      return settle(
        letters,
        { ...ways, listsOnly: isMaildir },
        { memory, unreadable, tooLarge },
        source,
        deps,
      );
    }
    if (ways.host === undefined)
      return failed('source-settings', 'newsletter 来源要写 folder 或 host', false);
    const memory = imapMemorySchema.safeParse(state.memory).data;
    const since = now - FIRST_DAYS * DAY_MS;
    const mail = await fetchLetters({ ...ways, host: ways.host, since, memory }, read);
    if (mail.kind === 'failed') return mail;
    return settle(letters, { ...ways, listsOnly: true }, { ...mail, unreadable, tooLarge: 0 }, source, deps);
  },
});

type Ways = { links: boolean; from?: string | undefined; listsOnly: boolean };

async function settle(
  letters: readonly Letter[],
  { links, from, listsOnly }: Ways,
  { memory, unreadable, tooLarge }: { memory: unknown; unreadable: number; tooLarge: number },
  source: Source,
  { fetch, now }: CollectDeps,
): Promise<Collected> {
  const wanted = letters.filter(({ sender, fromList }) =>
    from === undefined ? fromList || !listsOnly : sender.toLowerCase().includes(from.toLowerCase()),
  );
  const follow = followed(fetch);
  const read = [];
  for (const letter of wanted) read.push(await letterEntries(letter, { source, links, now, follow }));
  const entries = read.flatMap((one) => one.entries);
  const private_ = from === undefined ? letters.length - wanted.length : 0;
  const homeless = read.filter((one) => one.entries.length === 0).length;
  const counted = read.reduce((sum, one) => sum + one.counted, 0);
  const notes = [
    homeless > 0 ? `${homeless} 封信没有网页可看，已略去` : undefined,
    counted > 0 ? `${counted} 个链接只有点击计数的地址，问不出去处，已略去` : undefined,
    private_ > 0 ? `${private_} 封不是邮件列表寄来的，没有看（要看就写 from）` : undefined,
    unreadable > 0 ? `${unreadable} 封读不懂` : undefined,
    tooLarge > 0 ? `${tooLarge} 封过大` : undefined,
  ].filter((note) => note !== undefined);
  const note = notes.length > 0 ? { note: notes.join('；') } : {};
  if (entries.length === 0) return { kind: 'unchanged', memory, ...note };
  return { kind: 'listed', entries, memory, ...note };
}

/** Asks click counters where they lead, as a reader's click would; so many in one go, then none. */
function followed(fetch: CollectDeps['fetch']): (address: string) => Promise<string | undefined> {
  let asked = 0;
  return async (url) => {
    asked += 1;
    if (asked > FOLLOWED) return undefined;
    const answer = await fetch({ url, accept: 'page', maxBytes: FOLLOWED_BYTES });
    return answer.kind === 'ok' ? answer.url : undefined;
  };
}
