import { z } from 'zod';
import { renderPage } from '../render/render-page.ts';
import type { Channel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('page'),
  folder: z.string().min(1).describe('写入网页的文件夹 / folder for DATE.html'),
});

/** One HTML page that stands alone: `FOLDER/DATE.html`. */
export const page: Channel<typeof schema> = {
  kind: 'page',
  schema,
  deliver: (edition, { folder }) => deliverFile(folder, `${edition.date}.html`, renderPage(edition)),
};
