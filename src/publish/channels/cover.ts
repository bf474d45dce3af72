import { z } from 'zod';
import type { FileChannel } from './channel.ts';
import { deliverFile } from './deliver-file.ts';

const schema = z.strictObject({
  kind: z.literal('cover'),
  folder: z.string().min(1).describe('写入封面图的文件夹 / folder for DATE.png and DATE-wechat.png'),
});

/** The edition's cover as pictures: `DATE.png` (1200x630, for shared links) and `DATE-wechat.png` (900x383). */
export const cover: FileChannel<typeof schema> = {
  kind: 'cover',
  schema,
  secrets: [],
  paths: ['folder'],
  async deliver(edition, { folder }) {
    // Drawing is loaded when there is something to draw: other commands start without it.
    const { renderCover } = await import('../cover/render-cover.ts');
    const wechat = await deliverFile(
      folder,
      `${edition.date}-wechat.png`,
      await renderCover(edition, 'wechat'),
    );
    if (wechat.kind === 'failed') return wechat;
    return deliverFile(folder, `${edition.date}.png`, await renderCover(edition, 'share'));
  },
};
