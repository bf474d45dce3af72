import { z } from 'zod';
import { renderMarkdown } from '../render/render-markdown.ts';
import type { FileChannel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('markdown'),
  folder: z.string().min(1).describe('写入 Markdown 的文件夹 / folder for DATE.md'),
});

/** Markdown with front matter: `FOLDER/DATE.md`, replaced as a whole by each revision. */
export const markdown: FileChannel<typeof schema> = {
  kind: 'markdown',
  schema,
  secrets: [],
  paths: ['folder'],
  deliver: (edition, { folder }) => deliverFile(folder, `${edition.date}.md`, renderMarkdown(edition)),
};
