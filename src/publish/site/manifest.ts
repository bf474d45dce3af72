import { z } from 'zod';
import type { EditionDigest } from './digest.ts';

/** Where the site keeps what it remembers between builds, from its folder. Hosts need not carry it. */
export const MEMORY = '.ribao';
export const MANIFEST = `${MEMORY}/manifest.json`;

const schema = z.strictObject({
  version: z.literal(2),
  /** For each file of the site the hash of all it was made from; empty when it was about to be written. */
  files: z.record(z.string(), z.string()),
  /** For each month the hash of its shelf. */
  shelves: z.record(z.string(), z.string()),
});

/** What the last build left. */
export type Manifest = z.infer<typeof schema>;

const NONE: Manifest = { version: 2, files: {}, shelves: {} };

/** The manifest in this text; of a lost or broken one nothing is known, and everything is made anew. */
export function readManifest(text: string | undefined): Manifest {
  if (text === undefined) return NONE;
  try {
    return schema.safeParse(JSON.parse(text)).data ?? NONE;
  } catch {
    return NONE;
  }
}

/** One month's digests. */
export function shelfPath(month: string): string {
  return `${MEMORY}/digests/${month}.json`;
}

/** The digests of a shelf whose hash was checked: they are the very bytes an earlier build wrote. */
export function readShelf(text: string): EditionDigest[] {
  return JSON.parse(text) as EditionDigest[];
}

/** The shelf of one month. Same digests, same text. */
export function writeShelf(digests: readonly EditionDigest[]): string {
  return `[\n${digests.map((digest) => JSON.stringify(digest)).join(',\n')}\n]\n`;
}
