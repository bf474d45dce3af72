import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BOUNCE_DAYS, type Subscriber } from '../../domain/subscriber.ts';
import { readReturned } from '../../newsroom/bounces.ts';
import { clockTime, DAY_MS } from '../../newsroom/calendar.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import {
  type Added,
  addressesIn,
  addSubscriber,
  removeSubscriber,
  sendConfirmations,
  subscriberDesk,
} from '../../newsroom/subscribers.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import type { Words } from '../language.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { ...CONFIG_OPTION, confirmed: { type: 'boolean', default: false } },
    { words: 2 },
  );
  const [action = 'list', word] = positionals;
  return withNewsroom(io, values.config, (room) => {
    switch (action) {
      case 'list':
        return list(room, io);
      case 'add':
        return add(room, [wanted(word, '地址 / an address')], values.confirmed, io);
      case 'import':
        return importFile(room, resolve(io.cwd, wanted(word, '文件 / a file')), values.confirmed, io);
      case 'remove':
        return remove(room, wanted(word, '地址 / an address'), io);
      case 'export':
        return exportAll(room, word === undefined ? undefined : resolve(io.cwd, word), io);
      case 'bounces':
        return bounces(room, io);
      default:
        throw usage(
          `subscribers 没有 ${action}；有 list、add、import、remove、export、bounces / no such action`,
        );
    }
  });
};

function wanted(word: string | undefined, what: string): string {
  if (word === undefined) throw usage(`缺少${what} is missing`);
  return word;
}

const STATE: Record<Subscriber['state'], Words> = {
  pending: { zh: '待确认', en: 'pending' },
  active: { zh: '已订阅', en: 'active' },
  disabled: { zh: '停寄', en: 'disabled' },
};

/** Enough of an address to know one's own: whole ones are given by `export` only. */
function masked(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${address.slice(at)}`;
}

async function list(room: Newsroom, io: Io): Promise<number> {
  const all = await room.store.subscribers();
  const back = await room.store.bounces(room.clock() - BOUNCE_DAYS * DAY_MS);
  for (const one of all) {
    const times = back.get(one.id)?.length ?? 0;
    const last = back.get(one.id)?.at(-1)?.status ?? '';
    const bounced =
      times === 0 ? '' : say(io, { zh: `  退信 ${times} 次（${last}）`, en: `  ${times} bounces (${last})` });
    io.out(
      `${clockTime(room.config.timezone, one.changedAt)}  ${say(io, STATE[one.state])}  ${masked(one.address)}${bounced}`,
    );
  }
  const count = (state: Subscriber['state']) => all.filter((one) => one.state === state).length;
  const left = await room.store.countLeft();
  io.out(
    say(io, {
      zh: `已订阅 ${count('active')}，待确认 ${count('pending')}，停寄 ${count('disabled')}，已退订 ${left}`,
      en: `${count('active')} active, ${count('pending')} pending, ${count('disabled')} disabled, ${left} left`,
    }),
  );
  return EXIT.ok;
}

const ADDED: Record<Added, Words> = {
  active: { zh: '已订阅', en: 'active' },
  asked: { zh: '已登记，待本人确认', en: 'to be confirmed by their owners' },
  known: { zh: '早已在内', en: 'known already' },
  left: { zh: '本人退订过，须由本人再订', en: 'left before: they have to ask themselves' },
  invalid: { zh: '不是邮箱地址', en: 'no address' },
};

/** Adds them, says how many came to what, and sends the letters to confirm. */
async function add(room: Newsroom, texts: readonly string[], confirmed: boolean, io: Io): Promise<number> {
  const desk = subscriberDesk(room);
  const counts = new Map<Added, number>();
  for (const text of texts) {
    const outcome = await addSubscriber(desk, text, confirmed);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of counts) io.out(`${count}  ${say(io, ADDED[outcome])}`);
  const { sent, waiting, failure } = await sendConfirmations(desk);
  if (sent > 0) io.out(say(io, { zh: `寄出 ${sent} 封确认信`, en: `${sent} letters to confirm sent` }));
  if (failure !== undefined) io.err(`✗ ${failure.code}：${failure.message}`);
  if (waiting > 0)
    io.err(
      say(io, {
        zh: `还有 ${waiting} 封确认信没寄出，ribao serve 会再寄，或再运行 add`,
        en: `${waiting} letters to confirm are still owed: \`ribao serve\` sends them, or add again`,
      }),
    );
  const bad = counts.has('invalid') || failure !== undefined;
  return bad ? EXIT.other : EXIT.ok;
}

async function importFile(room: Newsroom, file: string, confirmed: boolean, io: Io): Promise<number> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`读不到 ${file}（${error instanceof Error ? error.message : error}）/ cannot read the file`);
  }
  const { addresses, without } = addressesIn(text);
  if (without > 0)
    io.out(say(io, { zh: `${without} 行里没有地址，已略过`, en: `${without} lines without an address` }));
  return add(room, addresses, confirmed, io);
}

async function remove(room: Newsroom, address: string, io: Io): Promise<number> {
  const removed = await removeSubscriber(subscriberDesk(room), address);
  io.out(
    removed
      ? say(io, { zh: '✓ 已删去，导入也不会再加回来', en: '✓ removed; no import brings it back' })
      : say(io, { zh: '名单里没有这个地址', en: 'not on the list' }),
  );
  return removed ? EXIT.ok : EXIT.other;
}

/** Everybody as CSV, whole addresses and all: into a file only its owner reads, or to standard output. */
async function exportAll(room: Newsroom, file: string | undefined, io: Io): Promise<number> {
  const rows = (await room.store.subscribers()).map(
    ({ address, state, changedAt }) => `${field(address)},${state},${new Date(changedAt).toISOString()}`,
  );
  const csv = `${['address,state,since', ...rows].join('\n')}\n`;
  if (file === undefined) io.raw(csv);
  else {
    writeFileSync(file, csv, { mode: 0o600 });
    io.out(`✓ ${rows.length} → ${file}`);
  }
  return EXIT.ok;
}

/** A field of CSV that no spreadsheet takes for a formula. */
function field(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function bounces(room: Newsroom, io: Io): Promise<number> {
  const desk = subscriberDesk(room);
  if (desk.outlet.returns === undefined)
    throw usage(
      'email 渠道没有写 returnFolder 或 returnHost，不知到哪里看退信 / no mailbox of returned letters',
    );
  const { read, bounces: counted, left, disabled, failure } = await readReturned(room, desk);
  if (failure !== undefined) {
    io.err(`✗ ${failure.code}：${failure.message}`);
    return EXIT.other;
  }
  io.out(
    say(io, {
      zh: `读了 ${read} 封：退信 ${counted}，来信退订 ${left}；因此停寄 ${disabled} 个地址`,
      en: `${read} letters read: ${counted} bounces, ${left} asked to leave; ${disabled} addresses disabled`,
    }),
  );
  return EXIT.ok;
}
