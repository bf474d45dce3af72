import { readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../write-file.ts';

/** So many files are on their way to the disk at once. */
const AT_ONCE = 8;

/** The folder a site lies in. */
export type SiteFolder = {
  /** Undefined when there is none. */
  read(path: string): Promise<string | undefined>;
  /** Returns when there is room for the next; failures come with the next call or with `settle`. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Waits for all that is being written. */
  settle(): Promise<void>;
  /** Removes the file, and its folder when nothing else is left there. */
  remove(path: string): Promise<void>;
};

/** Opens a folder; it is made by the first write. Errors are thrown as Node gives them. */
export function openFolder(root: string): SiteFolder {
  const pending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const raise = () => {
    if (failures.length > 0) throw failures[0];
  };
  return {
    async read(path) {
      try {
        return await readFile(join(root, path), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(path, content) {
      while (pending.size >= AT_ONCE) await Promise.race(pending);
      raise();
      const writing = replaceFile(join(root, path), content)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => pending.delete(writing));
      pending.add(writing);
    },
    async settle() {
      await Promise.all(pending);
      raise();
    },
    async remove(path) {
      await rm(join(root, path), { force: true });
      try {
        await rmdir(dirname(join(root, path)));
      } catch {
        // Something else is still in it, or it is gone already.
      }
    },
  };
}
