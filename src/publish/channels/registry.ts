import { z } from 'zod';
import type { Edition } from '../../domain/edition.ts';
import type { DeliveryOutcome } from './channel.ts';
import { markdown } from './markdown.ts';
import { page } from './page.ts';

/** Every kind of channel: one file, one line here in the schema and one in `deliverTo`. */
export const channelSchema = z.discriminatedUnion('kind', [markdown.schema, page.schema]);
export type ChannelConfig = z.infer<typeof channelSchema>;

/** Brings an edition to the channel that the config describes. */
export function deliverTo(edition: Edition, config: ChannelConfig): Promise<DeliveryOutcome> {
  switch (config.kind) {
    case 'markdown':
      return markdown.deliver(edition, config);
    case 'page':
      return page.deliver(edition, config);
  }
}
