import { z } from 'zod';
import { PRESETS, renderForPreset } from '../render/markdown-presets.ts';
import type { FileChannel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('markdown'),
  folder: z.string().min(1).describe('写入 Markdown 的文件夹 / folder for DATE.md'),
  preset: z.enum(PRESETS).default('plain').describe('给哪个网站生成器用 / for which site generator'),
});

/** Markdown with front matter: `FOLDER/DATE.md`, replaced as a whole by each revision. */
export const markdown: FileChannel<typeof schema> = {
  kind: 'markdown',
  schema,
  secrets: [],
  paths: ['folder'],
  deliver(edition, { folder, preset }, { localTime }) {
    const { file, content } = renderForPreset(edition, preset, localTime(edition.composedAt));
    return deliverFile(folder, file, content);
  },
};
