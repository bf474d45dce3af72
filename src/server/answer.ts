import type { IncomingMessage, ServerResponse } from 'node:http';

/** What every answer of this server says: nothing is sniffed, framed, or told to other sites. */
const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // The addresses of the readers' pages hold tokens.
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'interest-cohort=()',
};

/** The readers' pages: no script, nothing fetched, forms to here only. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** The reader's site: its own scripts, styles and pictures. */
export const SITE_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

export type Headers = Record<string, string | number>;

/** Ends the answer. To HEAD only the head is said. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Headers,
  body: string | Buffer = '',
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...SAFE_HEADERS, ...headers, 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** A page of the readers' own, kept by nobody. */
export function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  html: string,
  headers: Headers = {},
): void {
  answer(
    request,
    response,
    status,
    {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      ...headers,
    },
    html,
  );
}

/** The headers of a file of the site. */
export function siteHeaders(headers: Headers): Headers {
  return { ...SAFE_HEADERS, 'content-security-policy': SITE_POLICY, ...headers };
}

/** No form of this server is longer. */
const MOST_BODY_BYTES = 4096;

/** The fields of a form; undefined when it is longer than any form here. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MOST_BODY_BYTES) return undefined;
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}
