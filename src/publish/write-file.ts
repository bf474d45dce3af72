import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that a reader sees the old one or the new one, never a part: a neighbour file is written, flushed
 * and renamed over it. The neighbour is removed when anything fails (full disk, read-only folder); the error is
 * thrown on as Node gives it. Its name is always the same, so that what a killed process left is overwritten and
 * renamed by the next; callers hold the lease, so no two write at once.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const neighbour = join(dirname(path), `.${basename(path)}.tmp`);
  try {
    const file = await open(neighbour, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
}
