import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A stored page and what is known of it. `file` names it in tables. */
export type StoredPage<Known> = { file: string; url: string; bytes: Uint8Array; known: Known };

const read = (path: string): Uint8Array => gunzipSync(readFileSync(path));
const json = <T>(path: string, schema: z.ZodType<T>): T | undefined =>
  existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;

/** The pages of a table whose file is there, in the order of the table. */
function* stored<Known>(
  rows: Iterable<{ file: string; path: string; url: string; known: Known }>,
): Generator<StoredPage<Known>> {
  for (const { path, ...row } of rows) if (existsSync(path)) yield { ...row, bytes: read(path) };
}

/** The article extraction benchmark: pages with the article's text as a person marked it. */
export function aebPages(data: string): Generator<StoredPage<{ text: string }>> | undefined {
  const root = join(data, 'pages/aeb');
  const truth = json(
    join(root, 'ground-truth.json'),
    z.record(z.string(), z.object({ articleBody: z.string(), url: z.string() })),
  );
  if (truth === undefined) return undefined;
  return stored(
    Object.entries(truth).map(([id, { articleBody, url }]) => ({
      file: id,
      path: join(root, `html/${id}.html.gz`),
      url,
      known: { text: articleBody },
    })),
  );
}

/** Pages with phrases that must (`with`) and must not (`without`) be in the text. */
export function phrasePages(
  data: string,
): Generator<StoredPage<{ with: string[]; without: string[] }>> | undefined {
  const root = join(data, 'pages/trafilatura');
  const phrases = z.array(z.string()).default([]);
  const truth = json(
    join(root, 'evaldata.subset.json'),
    z.record(z.string(), z.object({ file: z.string(), with: phrases, without: phrases })),
  );
  if (truth === undefined) return undefined;
  return stored(
    Object.entries(truth).map(([url, { file, ...known }]) => ({
      file,
      path: join(root, `html/${file}.gz`),
      url,
      known,
    })),
  );
}

const censusRow = z.object({
  file: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  itemShowType: z.string().nullable(),
  js_content_chars: z.number(),
});
export type WechatKnown = z.infer<typeof censusRow>;

/** WeChat pages of all kinds with a census of what is in them. */
export function wechatPages(data: string): Generator<StoredPage<WechatKnown>> | undefined {
  const root = join(data, 'pages/wechat');
  const census = json(join(root, 'census.json'), z.array(censusRow));
  if (census === undefined) return undefined;
  return stored(
    census.map((known) => ({
      file: known.file,
      path: join(root, known.file),
      url: known.url || 'https://mp.weixin.qq.com/s/unknown',
      known,
    })),
  );
}

/** Chinese news pages without truth. */
export function newsPages(data: string): Generator<StoredPage<undefined>> | undefined {
  const root = join(data, 'pages/gne');
  if (!existsSync(root)) return undefined;
  return stored(
    globSync('**/*.html.gz', { cwd: root })
      .toSorted()
      .map((file) => ({
        file,
        path: join(root, file),
        url: `https://${file.split('/')[0]}.example/1.html`,
        known: undefined,
      })),
  );
}

const facts = z.object({
  title: z.string().nullish(),
  author: z.string().nullish(),
  date_published: z.string().nullish(),
  lead_image_url: z.string().nullish(),
});
export type Facts = z.infer<typeof facts>;

/** Pages with title, author, date and lead image as a person wrote them down. */
export function factPages(data: string): Generator<StoredPage<Facts>> | undefined {
  const root = join(data, 'pages/postlight');
  const truth = json(
    join(root, 'expected.json'),
    z.record(z.string(), z.object({ url: z.string().nullable(), expect: facts })),
  );
  if (truth === undefined) return undefined;
  return stored(
    Object.entries(truth).map(([host, { url, expect }]) => ({
      file: host,
      path: join(root, `html/${host}.html.gz`),
      url: url ?? `https://${host}/`,
      known: expect,
    })),
  );
}

const metadata = z.object({
  title: z.string().nullish(),
  byline: z.string().nullish(),
  publishedTime: z.string().nullish(),
});

/** The metadata that Readability's own tests expect. */
export function readabilityPages(data: string): Generator<StoredPage<Facts>> | undefined {
  const root = join(data, 'pages/readability');
  if (!existsSync(root)) return undefined;
  return stored(
    globSync('*/expected-metadata.json.gz', { cwd: root })
      .toSorted()
      .map((path) => {
        const folder = path.split('/')[0] ?? '';
        const known = metadata.parse(JSON.parse(Buffer.from(read(join(root, path))).toString('utf8')));
        return {
          file: folder,
          path: join(root, folder, 'source.html.gz'),
          // The address those tests give every page.
          url: 'http://fakehost/test/page.html',
          known: { title: known.title, author: known.byline, date_published: known.publishedTime },
        };
      }),
  );
}
