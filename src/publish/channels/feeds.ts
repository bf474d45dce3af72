import { z } from 'zod';
import { orderOf } from '../../domain/week.ts';
import { EDITIONS_LISTED, renderFeeds } from '../feeds/render-feeds.ts';
import type { DeliveryOutcome, FileChannel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('feeds'),
  folder: z.string().min(1).describe('写入订阅文件的文件夹 / folder for feed.xml, atom.xml, feed.json …'),
  url: z.url({ protocol: /^https?$/ }).describe('该文件夹的公开地址 / public address of that folder'),
  name: z.string().min(1).default('AI日报'),
  page: z
    .string()
    .default('{date}.html')
    .describe('每一期网页在该地址下的路径 / path of an edition’s page: {date}, {year}, {month}, {day}'),
  hub: z.url().exactOptional().describe('WebSub 中枢，有新一期时通知它 / WebSub hub to ping'),
});

/** Feeds of the last editions and briefs, in RSS 2.0, Atom and JSON Feed 1.1; a WebSub hub is told when there is one. */
export const feeds: FileChannel<typeof schema> = {
  kind: 'feeds',
  schema,
  secrets: [],
  paths: ['folder'],
  async deliver(_edition, { folder, url, hub, ...rest }, { archive, post }): Promise<DeliveryOutcome> {
    const dates = (await archive.stamps())
      .map(({ date }) => date)
      .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
    const recent = [];
    for await (const one of archive.editions(dates.slice(-EDITIONS_LISTED))) recent.unshift(one);
    const home = url.replace(/\/+$/, '');
    const settings = { ...rest, url: home, ...(hub === undefined ? {} : { hub }) };
    for (const [file, content] of renderFeeds(recent, settings)) {
      const outcome = await deliverFile(folder, file, content);
      if (outcome.kind === 'failed') return outcome;
    }
    if (hub === undefined || post === undefined) return { kind: 'delivered', where: folder };
    const topics = ['feed.xml', 'atom.xml', 'briefs.xml', 'briefs.atom'].map((file) => `${home}/${file}`);
    const body = new URLSearchParams([
      ['hub.mode', 'publish'],
      ...topics.map((topic): [string, string] => ['hub.url', topic]),
    ]);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post({ url: hub, headers, body: body.toString() });
    if (answer.kind === 'answered' && answer.status >= 200 && answer.status < 300)
      return { kind: 'delivered', where: `${folder}，已通知 ${URL.parse(hub)?.host}` };
    const why = answer.kind === 'answered' ? `HTTP ${answer.status}` : answer.message;
    // The files are there; only who waits for the hub's word learns of them later.
    return {
      kind: 'failed',
      code: 'channel-hub',
      message: `订阅文件已写好，但通知 WebSub 中枢失败：${why}`,
      retryable: true,
    };
  },
};
