import { z } from 'zod';
import { bark } from './bark.ts';
import { type ChannelKind, defineChannel, type Outlet } from './channel.ts';
import { cover } from './cover.ts';
import { dingtalk } from './dingtalk.ts';
import { discord } from './discord.ts';
import { email } from './email.ts';
import { feeds } from './feeds.ts';
import { feishu } from './feishu.ts';
import { git } from './git.ts';
import { juejin } from './juejin.ts';
import { mailbox } from './mailbox.ts';
import { markdown } from './markdown.ts';
import { ntfy } from './ntfy.ts';
import { page } from './page.ts';
import { site } from './site.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';
import { wechat } from './wechat.ts';
import { wecom } from './wecom.ts';

/** Every kind of channel: one file and one line here. */
export const CHANNEL_KINDS: readonly [ChannelKind, ...ChannelKind[]] = [
  defineChannel(markdown),
  defineChannel(page),
  defineChannel(cover),
  defineChannel(feeds),
  defineChannel(feishu),
  defineChannel(dingtalk),
  defineChannel(wecom),
  defineChannel(telegram),
  defineChannel(slack),
  defineChannel(discord),
  defineChannel(webhook),
  defineChannel(ntfy),
  defineChannel(bark),
  defineChannel(email),
  defineChannel(mailbox),
  defineChannel(wechat),
  defineChannel(juejin),
  defineChannel(site),
  defineChannel(git),
];

/** What the config says of one channel, read by its kind's own schema. */
export type ChannelConfig = { kind: string; [key: string]: unknown };

const [first, ...others] = CHANNEL_KINDS;

/** One channel of the config, read by the schema of its kind. */
export const channelSchema = z
  .discriminatedUnion('kind', [first.schema, ...others.map(({ schema }) => schema)], {
    error: () => `没有这种渠道；可用的有 / known kinds: ${CHANNEL_KINDS.map(({ kind }) => kind).join(', ')}`,
  })
  .pipe(z.looseObject({ kind: z.string() }));

/** The keys a channel of this kind may have, for «did you mean». */
export function channelKeysOf(kind: unknown): string[] {
  const known = CHANNEL_KINDS.find((one) => one.kind === kind) ?? first;
  return Object.keys(known.schema.shape);
}

export function channelKind(kind: string): ChannelKind | undefined {
  return CHANNEL_KINDS.find((one) => one.kind === kind);
}

/** The outlet that the config describes. */
export function openOutlet(config: ChannelConfig): Outlet {
  const known = channelKind(config.kind);
  if (known === undefined) throw new Error(`no channel of kind ${config.kind}`);
  return known.open(config);
}
