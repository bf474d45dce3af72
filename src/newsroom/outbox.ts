import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../domain/article.ts';
import type { Delivery, DeliveryState, Edition } from '../domain/edition.ts';
import type { Failure, Run } from '../domain/run.ts';
import type { DeliveryOutcome, Outlet, Part } from '../publish/channels/channel.ts';
import { type ChannelConfig, openOutlet } from '../publish/channels/registry.ts';
import type { Archive } from '../publish/site/archive.ts';
import { hideSecrets } from './config/secrets.ts';
import type { Newsroom } from './newsroom.ts';

/** One channel of the config under the name its deliveries bear. */
export type NamedOutlet = { channel: string; outlet: Outlet };

/** What the outbox uses of the newsroom. */
export type Outbox = Pick<Newsroom, 'store' | 'post' | 'clock' | 'secrets'> & {
  /** Waits this long; tests pass one that does not. */
  pause?: (ms: number) => Promise<unknown>;
  /** Every edition so far, for outlets of files that show more than one. */
  archive?: Archive;
  /** A moment in the newsroom's time zone. */
  localTime?: (at: Instant) => string;
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
 * end as it was planned, and a later revision sends nothing more.
 */
export async function plan(box: Outbox, edition: Edition, named: NamedOutlet): Promise<Delivery[]> {
  const { date, revision } = edition;
  const { channel, outlet } = named;
  const rows = async () => (await box.store.deliveries(date)).filter((one) => one.channel === channel);
  const begun = await rows();
  if (outlet.form === 'messages' && begun.length > 0) return begun;
  const key = `${date}/r${revision}/${channel}`;
  const row = { date, revision, channel, state: { kind: 'planned' as const } };
  await box.store.planDeliveries(
    outlet.form === 'files'
      ? [{ ...row, key }]
      : outlet
          .compose(edition)
          .map(({ id, body }) => ({ ...row, key: `${key}/${id}`, message: { part: id, body } })),
  );
  return (await rows()).filter((one) => one.revision === revision);
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
  named: NamedOutlet,
  rows: readonly Delivery[],
): Promise<{ done: number; failures: Failure[] }> {
  const pause = box.pause ?? sleep;
  let done = 0;
  for (const row of rows) {
    if (row.state.kind === 'delivered') continue;
    if (done > 0 && named.outlet.form === 'messages') await pause(named.outlet.gapMs);
    const state = await settle(box, run, edition, named.outlet, row, pause);
    if (state.kind !== 'delivered') return { done, failures: [failureOf(row, state)] };
    done += 1;
  }
  return { done, failures: [] };
}

/** One part until it is there, or cannot be brought now. */
async function settle(
  box: Outbox,
  run: Run,
  edition: Edition,
  outlet: Outlet,
  row: Delivery,
  pause: (ms: number) => Promise<unknown>,
): Promise<DeliveryState> {
  const known = await lookedUp(box, outlet, row);
  if (known !== undefined) return record(box, run, row, known);
  const rest = row.state.kind === 'failed' ? (row.state.notBefore ?? 0) - box.clock() : 0;
  if (rest > 0) await pause(rest);
  for (let attempt = 0; ; attempt += 1) {
    await box.store.recordDelivery(row.key, { kind: 'sending', at: box.clock() });
    const state = stateOf(box, await attemptOnce(box, edition, outlet, row));
    const wait = PAUSES_MS[attempt];
    const asked = state.kind === 'failed' ? (state.notBefore ?? 0) - box.clock() : 0;
    const again =
      state.kind === 'failed' && state.retryable && wait !== undefined && asked <= LONGEST_PAUSE_MS;
    if (!again) {
      const found = state.kind === 'unclear' ? await lookedUp(box, outlet, { ...row, state }) : undefined;
      return record(box, run, row, found ?? state);
    }
    await pause(Math.max(wait, asked));
  }
}

/**
 * What is known without sending: a part whose last sending was unclear is there, or must not be sent again by itself;
 * one whose outlet asked for rest is left. Undefined: send it.
 */
async function lookedUp(box: Outbox, outlet: Outlet, row: Delivery): Promise<DeliveryState | undefined> {
  const { state, message } = row;
  if (state.kind === 'failed' && (state.notBefore ?? 0) > box.clock() + LONGEST_PAUSE_MS) return state;
  if (state.kind !== 'sending' && state.kind !== 'unclear') return undefined;
  if (outlet.form === 'files' || outlet.repeatable || message === undefined) return undefined;
  const part = { id: message.part, body: message.body };
  const answer = outlet.find ? await outlet.find(part, outsideOf(box, row)) : 'unknown';
  if (answer === 'absent') return undefined;
  if (answer === 'there') return { kind: 'delivered', at: box.clock(), where: '已在对方处找到' };
  if (state.kind === 'unclear') return state;
  return { kind: 'unclear', at: state.at, code: 'channel-unclear', message: CUT_OFF };
}

const CUT_OFF =
  '发送时程序中断，不知对方收到没有。请看一眼该渠道，再用 ribao deliveries --sent 或 --again 说明';

async function attemptOnce(
  box: Outbox,
  edition: Edition,
  outlet: Outlet,
  row: Delivery,
): Promise<DeliveryOutcome> {
  if (outlet.form === 'files') {
    const localTime = box.localTime ?? ((at: Instant) => new Date(at).toISOString());
    return outlet.deliver(edition, box.archive, { post: box.post, localTime });
  }
  const part: Part = { id: row.message?.part ?? '', body: row.message?.body ?? '' };
  return outlet.send(part, outsideOf(box, row));
}

function outsideOf(box: Outbox, { key }: Delivery) {
  return { post: box.post, now: box.clock, key };
}

function stateOf(box: Outbox, outcome: DeliveryOutcome): DeliveryState {
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
