import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const DOMPURIFY = z.array(z.object({ payload: z.string() }));

/** Texts made to break programs, by collection; a collection the folder lacks is undefined. */
export async function hostileTexts(folder: string): Promise<Record<string, string[] | undefined>> {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const has = (file: string) => existsSync(join(folder, file));
  const all = (pattern: string) => globSync(pattern, { cwd: folder }).toSorted();
  const fixtures = all('dompurify/**/expect.mjs')[0];
  return {
    blns: has('blns/blns.json') ? z.array(z.string()).parse(JSON.parse(read('blns/blns.json'))) : undefined,
    dompurify:
      fixtures === undefined
        ? undefined
        : DOMPURIFY.parse((await import(pathToFileURL(join(folder, fixtures)).href)).default).map(
            ({ payload }) => payload,
          ),
    html5lib: has('html5lib/tests1.dat') ? html5libInputs(read('html5lib/tests1.dat')) : undefined,
    bleach: has('bleach')
      ? all('bleach/*.test').map((file) => read(file).split(/\n--\n/)[0] ?? '')
      : undefined,
    xml: has('xml') ? all('xml/*.xml').map(read) : undefined,
  };
}

/** Its cases are JSON, or blocks that begin with `#data`, as versions go. */
function html5libInputs(text: string): string[] {
  if (text.trimStart().startsWith('['))
    return z
      .array(z.object({ input: z.string() }))
      .parse(JSON.parse(text))
      .map(({ input }) => input);
  return [...text.matchAll(/^#data\n([\s\S]*?)\n#(?:errors|document)/gm)].map(([, input = '']) => input);
}
