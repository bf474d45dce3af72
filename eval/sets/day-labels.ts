import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { articleId, identityOf } from '../../src/gather/identity.ts';
import { readLines } from './read-lines.ts';

/** What a reader said of one article of a day. */
export type Judgement = {
  articleId: string;
  /** The same for all articles of the day that tell one event. */
  story: string;
  section: string | null;
  noise: string | null;
  /** 0 should not appear .. 3 must. */
  importance: number;
};

/** Labels of the data folder, or those that come with the project, for days where the folder has none. */
export type LabelledBy = 'folder' | 'project';

const OWN_LABELS = join(import.meta.dirname, '..', 'labels');

/** Who labelled the day whose feeds lie in this folder, if anybody did. */
export function labelledBy(folder: string): LabelledBy | undefined {
  if (existsSync(join(folder, 'labels.jsonl'))) return 'folder';
  return existsSync(ownFile(folder)) ? 'project' : undefined;
}

/** The labels of a day, none when nobody labelled it. Two rows may name one article. */
export function labelsOf({ folder }: { folder: string }): Judgement[] {
  const rows = readLines(join(folder, 'labels.jsonl'), folderRow);
  if (rows !== undefined)
    return rows.map(({ url, ...label }) => ({ articleId: articleId(identityOf(url)), ...label }));
  return existsSync(ownFile(folder))
    ? readFileSync(ownFile(folder), 'utf8').trimEnd().split('\n').map(readOwnRow)
    : [];
}

const folderRow = z.object({
  url: z.string(),
  story: z.string(),
  section: z.string().nullable(),
  noise: z.string().nullable(),
  importance: z.number(),
});

function ownFile(folder: string): string {
  return join(OWN_LABELS, `${basename(folder)}.tsv`);
}

const ownRow = z.tuple([z.string(), z.string(), z.string(), z.string(), z.coerce.number().min(0).max(3)]);

/** `article id, story, section, noise, importance`, parted by tabs; `-` where there is none. */
function readOwnRow(line: string): Judgement {
  const [id, story, section, noise, importance] = ownRow.parse(line.split('\t'));
  return { articleId: id, story, section: orNull(section), noise: orNull(noise), importance };
}

function orNull(word: string): string | null {
  return word === '-' ? null : word;
}
