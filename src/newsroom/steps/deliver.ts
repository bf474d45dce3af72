import type { Delivery, Edition } from '../../domain/edition.ts';
import type { Failure, Run } from '../../domain/run.ts';
import { type ChannelConfig, deliverTo } from '../../publish/channels/registry.ts';
import { hideSecrets } from '../config/secrets.ts';
import type { Newsroom } from '../newsroom.ts';
import type { StepResult, Tell } from '../tell.ts';

/**
 * Brings an approved edition to every channel that does not have this revision yet. Each delivery is planned before
 * and marked after; a channel's failure leaves the others alone and is tried again by the next run.
 */
export async function deliver(
  room: Newsroom,
  run: Run,
  edition: Edition,
  tell: Tell,
): Promise<StepResult & { deliveries: Delivery[] }> {
  const channels = new Map(
    room.config.channels.map((config, n) => [channelName(config, n, room.config.channels), config]),
  );
  await room.store.planDeliveries(
    [...channels.keys()].map((channel) => ({
      key: `${edition.date}/r${edition.revision}/${channel}`,
      date: edition.date,
      revision: edition.revision,
      channel,
      state: { kind: 'planned' },
    })),
  );
  const due = (await ofThisRevision(room, edition)).filter(
    ({ channel, state }) => state.kind !== 'delivered' && channels.has(channel),
  );
  tell({ kind: 'step-started', step: 'deliver', total: due.length });
  const failures: Failure[] = [];
  for (const { key, channel } of due) {
    const config = channels.get(channel);
    if (config) failures.push(...(await deliverOne(room, run, edition, { key, channel, config })));
    tell({ kind: 'step-advanced', step: 'deliver', subject: channel });
  }
  return {
    done: due.length - failures.length,
    failures,
    note: due.length === 0 ? '各渠道都已送达' : `送达 ${due.length - failures.length} 个渠道`,
    deliveries: await ofThisRevision(room, edition),
  };
}

async function ofThisRevision(room: Newsroom, { date, revision }: Edition): Promise<Delivery[]> {
  return (await room.store.deliveries(date)).filter((delivery) => delivery.revision === revision);
}

async function deliverOne(
  room: Newsroom,
  run: Run,
  edition: Edition,
  { key, channel, config }: { key: string; channel: string; config: ChannelConfig },
): Promise<Failure[]> {
  const outcome = await deliverTo(edition, config);
  const at = room.clock();
  const line = { runId: run.id, step: 'deliver', subject: key, at } as const;
  if (outcome.kind === 'delivered') {
    const { where } = outcome;
    await room.store.recordDelivery(
      key,
      { kind: 'delivered', at, where },
      { ...line, outcome: 'done', note: where },
    );
    return [];
  }
  const { code } = outcome;
  const retryable = outcome.kind === 'failed' && outcome.retryable;
  const message = hideSecrets(outcome.message, room.secrets);
  await room.store.recordDelivery(
    key,
    { kind: 'failed', at, code, message, retryable },
    { ...line, outcome: 'failed', note: `${code}：${message}` },
  );
  return [{ code, subject: channel, message, retryable }];
}

/** A channel is named by its kind; the second of a kind is `markdown-2`. */
export function channelName(config: ChannelConfig, place: number, all: readonly ChannelConfig[]): string {
  const before = all.slice(0, place).filter((other) => other.kind === config.kind).length;
  return before === 0 ? config.kind : `${config.kind}-${before + 1}`;
}
