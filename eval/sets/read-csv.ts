import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

const rows = z.array(z.record(z.string(), z.string()));

/** The rows of a CSV file by column name, lines that begin with `#` left out; undefined when there is no such file. */
export function readCsv(path: string): Record<string, string>[] | undefined {
  if (!existsSync(path)) return undefined;
  return rows.parse(
    parse(readFileSync(path), {
      columns: true,
      comment: '#',
      comment_no_infix: true,
      relax_column_count: true,
    }),
  );
}
