import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { buildSite } from '../site/build-site.ts';
import { hashOf } from '../site/paths.ts';
import { openFolder } from '../site/site-folder.ts';
import type { DeliveryOutcome, FileChannel } from './channel.ts';
import { fileFailure } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('site'),
  folder: z.string().min(1).describe('写入网站的文件夹 / folder of the static site'),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('网站的公开地址 / public address of that folder'),
  title: z.string().min(1).max(40).optional().describe('报头 / name in the masthead; AI 日报'),
  about: z
    .string()
    .min(1)
    .optional()
    .describe('「怎么做出来」页上编辑自己的话（文本文件）/ text file for the about page'),
  feeds: z
    .boolean()
    .optional()
    .describe('同一文件夹里有 feed.xml、atom.xml、feed.json / link the feeds beside it'),
  covers: z.boolean().optional().describe('同一文件夹里有 covers/DATE.png / cover images exist'),
  subscribe: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('邮件订阅页的地址（ribao serve 的 /subscribe） / where readers subscribe to letters'),
});

/** The reader's site: every edition, story, name and list as static files for any host, with search. */
export const site: FileChannel<typeof schema> = {
  kind: 'site',
  schema,
  secrets: [],
  paths: ['folder', 'about'],
  async deliver(_edition, config, { archive }): Promise<DeliveryOutcome> {
    const { folder, url, title, about, feeds, covers, subscribe } = config;
    try {
      const words = about === undefined ? undefined : await readFile(about, 'utf8');
      const settings = {
        title: title ?? 'AI 日报',
        feeds: feeds ?? false,
        covers: covers ?? false,
        ...(url === undefined ? {} : { url: url.replace(/\/+$/, '') }),
        ...(words === undefined ? {} : { about: words }),
        ...(subscribe === undefined ? {} : { subscribe }),
      };
      const { files, written, removed } = await buildSite(openFolder(folder), archive, settings, ownCode());
      return {
        kind: 'delivered',
        where: `${folder}（共 ${files} 个文件，写 ${written} 个，删 ${removed} 个）`,
      };
    } catch (error) {
      return fileFailure(folder, error);
    }
  },
};

/** What renders is an input like any other: a new version of the program makes all pages anew. */
function ownCode(): string {
  const files = ['../site/', '../render/'].flatMap((room) => {
    const folder = fileURLToPath(new URL(room, import.meta.url));
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test|\.d)\.[jt]s$/.test(file))
      .sort()
      .map((file) => readFileSync(`${folder}${file}`, 'utf8'));
  });
  return hashOf(files.join('\n'));
}
