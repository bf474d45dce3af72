import { z } from 'zod';
import { renderLeftOut } from '../render/render-left-out.ts';
import { renderPage } from '../render/render-page.ts';
import type { FileChannel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('page'),
  folder: z.string().min(1).describe('写入网页的文件夹 / folder for DATE.html'),
});

/** Two HTML pages that stand alone: `FOLDER/DATE.html`, and the day's ledger `FOLDER/DATE.left-out.html`. */
export const page: FileChannel<typeof schema> = {
  kind: 'page',
  schema,
  secrets: [],
  paths: ['folder'],
  async deliver(edition, { folder }) {
    const [own, ledger] = [`${edition.date}.html`, `${edition.date}.left-out.html`];
    // The edition comes last: whoever sees it can follow its link.
    const first = await deliverFile(folder, ledger, renderLeftOut(edition, own));
    return first.kind === 'failed' ? first : deliverFile(folder, own, renderPage(edition, ledger));
  },
};
