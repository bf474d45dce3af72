import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { answer, siteHeaders } from './answer.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
/** How long a browser may keep a page unasked. */
const FRESH = 'public, max-age=60';

/**
 * Serves the files of a folder: GET and HEAD, with ETag and Last-Modified. Nothing outside the folder is reached, by
 * `..` or by a link of the disk, and nothing whose name begins with a dot.
 */
export async function serveFile(
  folder: string,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await fileAt(folder, path);
  if (found === undefined) return notFound(request, response);
  if (found.kind === 'elsewhere')
    return answer(request, response, 301, siteHeaders({ location: found.to, 'cache-control': FRESH }));
  const { file, size, mtimeMs } = found;
  const etag = `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"`;
  const headers = siteHeaders({
    'content-type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
    etag,
    'last-modified': new Date(mtimeMs).toUTCString(),
    'cache-control': FRESH,
  });
  if (isKnown(request, etag, mtimeMs)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, { ...headers, 'content-length': size });
  if (request.method === 'HEAD' || size === 0) {
    response.end();
    return;
  }
  // A site that is built anew meanwhile replaces its files as a whole: the one that was opened stays what it was.
  await pipeline(createReadStream(file, { end: size - 1 }), response).catch(() => response.destroy());
}

type Found =
  | { kind: 'file'; file: string; size: number; mtimeMs: number }
  | { kind: 'elsewhere'; to: string };

async function fileAt(folder: string, path: string): Promise<Found | undefined> {
  const names = namesIn(path);
  if (names === undefined) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...names));
    if (file !== root && !file.startsWith(root + sep)) return undefined;
    const known = await stat(file);
    if (known.isFile()) return { kind: 'file', file, size: known.size, mtimeMs: known.mtimeMs };
    if (!known.isDirectory()) return undefined;
    // Links inside the page are relative to its folder, so the address must end in a slash.
    if (!path.endsWith('/')) return { kind: 'elsewhere', to: `/${names.map(encodeURIComponent).join('/')}/` };
    const index = join(file, 'index.html');
    const page = await stat(index);
    return page.isFile() ? { kind: 'file', file: index, size: page.size, mtimeMs: page.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** The names on the way to a file; undefined when one of them leads elsewhere or hides. */
function namesIn(path: string): string[] | undefined {
  try {
    const names = path
      .split('/')
      .filter((name) => name !== '')
      .map(decodeURIComponent);
    return names.every((name) => !name.startsWith('.') && !/[/\\\0]/.test(name)) ? names : undefined;
  } catch {
    return undefined;
  }
}

function isKnown({ headers }: IncomingMessage, etag: string, mtimeMs: number): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(mtimeMs / 1000) * 1000 <= since;
}

function notFound(request: IncomingMessage, response: ServerResponse): void {
  const page =
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有这一页</title><p>没有这一页。</p></html>';
  answer(request, response, 404, siteHeaders({ 'content-type': 'text/html; charset=utf-8' }), page);
}
