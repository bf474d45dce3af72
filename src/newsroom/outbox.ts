import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, DeliveryState, Edition } from '../domain/edition.ts';
import type { Failure, Run } from '../domain/run.ts';
import {
  type Around,
  correctionPart,
  type DeliveryOutcome,
  type LetterOutlet,
  type Outlet,
  type Part,
} from '../publish/channels/channel.ts';
import { type ChannelConfig, openOutlet } from '../publish/channels/registry.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';

/** One channel of the config under the name its deliveries bear. */
export type NamedOutlet<Form extends Outlet = Outlet> = { channel: string; outlet: Form };
/** Letters to many readers go their own way: see `letters.ts`. */
type PlainOutlet = Exclude<Outlet, LetterOutlet>;

/** What sending uses of the newsroom. */
export type Outbox = Pick<Newsroom, 'store' | 'post' | 'clock' | 'secrets'> & {
  /** Waits this long; tests pass one that does not. */
  pause?: (ms: number) => Promise<unknown>;
};

/** Within one run a part is tried this often, with these pauses (ms) between. Later runs try again. */
const PAUSES_MS = [1000, 5000];
/** An outlet that asks for more than this is left to the next run. */
const LONGEST_PAUSE_MS = 60_000;

/** The channels of the config, each under its name. */
export function outletsOf(configs: readonly ChannelConfig[]): NamedOutlet[] {
  return configs.map((config, n) => ({
    channel: channelName(config, n, configs),
    outlet: openOutlet(config),
  }));
}

/** A channel is named by its kind; the second of a kind is `markdown-2`. */
export function channelName(config: ChannelConfig, place: number, all: readonly ChannelConfig[]): string {
  const before = all.slice(0, place).filter((other) => other.kind === config.kind).length;
  return before === 0 ? config.kind : `${config.kind}-${before + 1}`;
}

/**
 * Plans what this edition brings to a channel and gives the rows it stands in, in the order they are to go. Files are
 * brought anew by every revision. Messages are sent once for a date: what an earlier revision began is brought to its
 * end as it was planned, and a later revision sends no second edition; where the outlet can edit, it changes what is
 * there; where it cannot and the config wants it, corrections are told of, each once. Of what never went out the newest
 * revision goes.
 */
export async function plan(
  box: Outbox,
  edition: Edition,
  named: NamedOutlet<PlainOutlet>,
): Promise<Delivery[]> {
  const { channel, outlet } = named;
  const rows = async () =>
    (await box.store.deliveries(edition.date)).filter((one) => one.channel === channel);
  if (outlet.form === 'messages') await dropUnsent(box, edition, await rows());
  const begun = await rows();
  const [first] = begun;
  if (outlet.form === 'files') await box.store.planDeliveries([{ ...rowOf(edition, channel) }]);
  else if (first === undefined)
    await box.store.planDeliveries(outlet.compose(edition).map((part) => rowOf(edition, channel, part)));
  else if (first.revision < edition.revision)
    await box.store.planDeliveries(
      [...amendments(edition, outlet, begun), ...(await toldOf(box, edition, outlet, begun))].map((part) =>
        rowOf(edition, channel, part),
      ),
    );
  const kept = outlet.form === 'files' ? edition.revision : (first?.revision ?? edition.revision);
  const standing = new Set(edition.corrections?.made.map(correctionPart));
  return (await rows()).filter(
    ({ revision, message }) =>
      (revision === kept || revision === edition.revision || standing.has(message?.part ?? '')) &&
      // A correction that was taken back before it was told of is not told of.
      (!isCorrection(message?.part) || standing.has(message?.part ?? '')),
  );
}

function isCorrection(part: string | undefined): boolean {
  return part?.startsWith('correction-') === true;
}

/** Where nothing of an earlier revision ever went out, its rows give way to the newest. */
async function dropUnsent(box: Outbox, { revision }: Edition, rows: readonly Delivery[]): Promise<void> {
  const [first] = rows;
  const unsent = rows.every(({ state }) => state.kind === 'planned' || state.kind === 'failed');
  if (first !== undefined && first.revision < revision && unsent)
    await box.store.unplanDeliveries(rows.map(({ key }) => key));
}

/**
 * Messages that tell of corrections made since this channel got the edition, where its messages cannot be edited.
 * Nothing while parts of the edition are still on their way.
 */
async function toldOf(
  box: Outbox,
  edition: Edition,
  outlet: MessageOutlet,
  begun: readonly Delivery[],
): Promise<Part[]> {
  const { correct } = outlet;
  const original = originalOf(begun);
  if (correct === undefined || canEdit(edition, outlet, begun)) return [];
  if (original.some(({ state }) => state.kind !== 'delivered')) return [];
  const printed = await box.store.edition(edition.date, original[0]?.revision);
  const known = new Set([
    ...(printed?.corrections?.made.map(correctionPart) ?? []),
    ...begun.map(({ message }) => message?.part ?? ''),
  ]);
  return (edition.corrections?.made ?? [])
    .filter((correction) => !known.has(correctionPart(correction)))
    .map((correction) => correct(edition, correction));
}

function originalOf(begun: readonly Delivery[]): Delivery[] {
  return begun.filter(({ revision }) => revision === begun[0]?.revision);
}

/** Every part is there under a name by which it can be edited, and there are as many parts as before. */
function canEdit(edition: Edition, outlet: MessageOutlet, begun: readonly Delivery[]): boolean {
  const original = originalOf(begun);
  return (
    outlet.edit !== undefined &&
    original.every(({ state }) => state.kind === 'delivered' && state.ref !== undefined) &&
    outlet.compose(edition).length === original.length
  );
}

export function rowOf({ date, revision }: Edition, channel: string, part?: Part): Delivery {
  const key = `${date}/r${revision}/${channel}`;
  const row = { date, revision, channel, state: { kind: 'planned' as const } };
  return part === undefined
    ? { ...row, key }
    : { ...row, key: `${key}/${part.id}`, message: { part: part.id, body: part.body } };
}

/** The parts that a later revision says otherwise; none where the outlet cannot edit or there are more or fewer parts. */
function amendments(edition: Edition, outlet: MessageOutlet, begun: readonly Delivery[]): Part[] {
  if (!canEdit(edition, outlet, begun)) return [];
  const shown = new Map(
    begun
      .filter(({ state }) => state.kind === 'delivered')
      .map(({ message }) => [message?.part, message?.body]),
  );
  return outlet.compose(edition).filter(({ id, body }) => shown.get(id) !== body);
}

/**
 * Brings what is not there yet, in order, and stops at the first part that cannot be brought, so that readers never get
 * the third part before the second. Every attempt is marked before and after: a process killed between the two leaves
 * `sending`, and such a part is sent again only where that cannot double it.
 */
export async function bring(
  box: Outbox,
  run: Run,
  edition: Edition,
  { outlet }: NamedOutlet<PlainOutlet>,
  rows: readonly Delivery[],
  around: Around,
): Promise<{ done: number; failures: Failure[] }> {
  const pause = box.pause ?? sleep;
  let done = 0;
  for (const row of rows) {
    if (row.state.kind === 'delivered') continue;
    if (done > 0 && outlet.form === 'messages') await pause(outlet.gapMs);
    const way =
      outlet.form === 'files'
        ? { repeatable: true, attempt: () => outlet.deliver(edition, around) }
        : wayOf(box, outlet, row, rows);
    const state = await settle(box, run, row, way);
    if (state.kind !== 'delivered') return { done, failures: [failureOf(row, state)] };
    done += 1;
  }
  return { done, failures: [] };
}

/** How one row is brought. `find` looks whether an unclear one is there. */
type Way = {
  repeatable: boolean;
  attempt: () => Promise<DeliveryOutcome>;
  find?: () => Promise<'there' | 'absent' | 'unknown'>;
};

type MessageOutlet = Extract<Outlet, { form: 'messages' }>;

/** A message is sent; one of a later revision takes the place of the same part of the first. */
export function wayOf(
  box: Outbox,
  outlet: MessageOutlet,
  row: Delivery,
  rows: readonly Delivery[] = [row],
): Way {
  const part: Part = { id: row.message?.part ?? '', body: row.message?.body ?? '' };
  const outside = { post: box.post, now: box.clock, key: row.key };
  const { edit, find } = outlet;
  const original = rows.find(({ revision, message }) => revision < row.revision && message?.part === part.id);
  const ref = original?.state.kind === 'delivered' ? original.state.ref : undefined;
  if (edit !== undefined && ref !== undefined)
    return { repeatable: true, attempt: () => edit(ref, part, outside) };
  return {
    repeatable: outlet.repeatable,
    attempt: () => outlet.send(part, outside),
    ...(find ? { find: () => find(part, outside) } : {}),
  };
}

/** One row until it is there, or cannot be brought now. */
export async function settle(box: Outbox, run: Run, row: Delivery, way: Way): Promise<DeliveryState> {
  const pause = box.pause ?? sleep;
  const known = await lookedUp(box, row, way);
  if (known !== undefined) return record(box, run, row, known);
  const rest = row.state.kind === 'failed' ? (row.state.notBefore ?? 0) - box.clock() : 0;
  if (rest > 0) await pause(rest);
  for (let attempt = 0; ; attempt += 1) {
    await box.store.recordDelivery(row.key, { kind: 'sending', at: box.clock() });
    const state = stateOf(box, await way.attempt());
    const wait = PAUSES_MS[attempt];
    const asked = state.kind === 'failed' ? (state.notBefore ?? 0) - box.clock() : 0;
    const again =
      state.kind === 'failed' && state.retryable && wait !== undefined && asked <= LONGEST_PAUSE_MS;
    if (!again) {
      const found = state.kind === 'unclear' ? await lookedUp(box, { ...row, state }, way) : undefined;
      return record(box, run, row, found ?? state);
    }
    await pause(Math.max(wait, asked));
  }
}

/**
 * What is known without sending: a part whose last sending was unclear is there, or must not be sent again by itself;
 * one whose outlet asked for rest is left. Undefined: send it.
 */
async function lookedUp(
  box: Outbox,
  { state }: Delivery,
  { repeatable, find }: Way,
): Promise<DeliveryState | undefined> {
  if (state.kind === 'failed' && (state.notBefore ?? 0) > box.clock() + LONGEST_PAUSE_MS) return state;
  if (state.kind !== 'sending' && state.kind !== 'unclear') return undefined;
  if (repeatable) return undefined;
  const answer = find ? await find() : 'unknown';
  if (answer === 'absent') return undefined;
  if (answer === 'there') return { kind: 'delivered', at: box.clock(), where: '已在对方处找到' };
  if (state.kind === 'unclear') return state;
  return { kind: 'unclear', at: state.at, code: 'channel-unclear', message: CUT_OFF };
}

export const CUT_OFF =
  '发送时程序中断，不知对方收到没有。请看一眼该渠道，再用 ribao deliveries --sent 或 --again 说明';

export function stateOf(box: Pick<Outbox, 'clock' | 'secrets'>, outcome: DeliveryOutcome): DeliveryState {
  const at = box.clock();
  if (outcome.kind === 'delivered') return { ...outcome, at };
  const { code } = outcome;
  const message = hideSecrets(outcome.message, box.secrets);
  if (outcome.kind === 'unclear') return { kind: 'unclear', at, code, message };
  const { retryable, retryAfterMs } = outcome;
  return {
    kind: 'failed',
    at,
    code,
    message,
    retryable,
    ...(retryAfterMs === undefined ? {} : { notBefore: at + retryAfterMs }),
  };
}

async function record(
  box: Outbox,
  run: Run,
  { key }: Delivery,
  state: DeliveryState,
): Promise<DeliveryState> {
  const line = { runId: run.id, step: 'deliver', subject: key, at: box.clock() } as const;
  if (state.kind === 'delivered')
    await box.store.recordDelivery(key, state, { ...line, outcome: 'done', note: state.where });
  else {
    const { code, message } = failureOf({ key, channel: '' }, state);
    await box.store.recordDelivery(key, state, { ...line, outcome: 'failed', note: `${code}：${message}` });
  }
  return state;
}

function failureOf({ channel }: Pick<Delivery, 'key' | 'channel'>, state: DeliveryState): Failure {
  if (state.kind === 'failed' || state.kind === 'unclear') {
    const retryable = state.kind === 'failed' && state.retryable;
    return { code: state.code, subject: channel, message: state.message, retryable };
  }
  return { code: 'channel-unclear', subject: channel, message: CUT_OFF, retryable: false };
}
