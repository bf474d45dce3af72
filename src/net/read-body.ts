import { pipeline, Readable } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

export type BodyLimits = { maxCompressedBytes: number; maxBytes: number };

export const BODY_TOO_LARGE = 'RIBAO_BODY_TOO_LARGE';
export const BODY_BOMB = 'RIBAO_BODY_BOMB';
export const BODY_ENCODING = 'RIBAO_BODY_ENCODING';

/** More layers than this is no server's honest wish; each layer could multiply a bomb by a thousand. */
const MAX_LAYERS = 2;

/** 8 MB of window is what zstd recommends every decoder to support; more lets a stranger choose our memory use. */
const ZSTD_WINDOW_LOG = 23;

/**
 * The decompressed body. Counts bytes on both sides while they stream and stops at the first one too many, so a bomb
 * costs no more memory than the cap. Throws an error with one of the codes above, or the stream's own error.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
): Promise<Uint8Array> {
  const layers = layersOf(contentEncoding);
  if (layers.length > MAX_LAYERS) {
    // Not read to its end, so it must be let go of here, or its connection would stay taken.
    body.on('error', () => {}).destroy();
    throw coded(BODY_ENCODING, `too many encodings: ${contentEncoding}`);
  }
  let stream: AsyncIterable<Uint8Array> = counted(body, limits.maxCompressedBytes, BODY_TOO_LARGE);
  for (const layer of layers) stream = decoded(stream, layer);
  const overflow = layers.length > 0 ? BODY_BOMB : BODY_TOO_LARGE;
  const chunks: Uint8Array[] = [];
  for await (const chunk of counted(stream, limits.maxBytes, overflow)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The encodings to undo, outermost first. */
function layersOf(contentEncoding: string | undefined): string[] {
  return (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .reverse();
}

async function* counted(source: AsyncIterable<Uint8Array>, max: number, code: string) {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.byteLength;
    if (total > max) throw coded(code, `body larger than ${max} bytes`);
    yield chunk;
  }
}

async function* decoded(source: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const whole = Readable.from(resumed(first.value, iterator));
  const decoder = decoderFor(encoding, first.value);
  if (decoder === undefined) {
    yield* whole;
    return;
  }
  // pipeline hands errors and early ends both ways; the error itself surfaces in the loop below.
  pipeline(whole, decoder, () => {});
  for await (const chunk of decoder) yield chunk as Uint8Array;
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>) {
  try {
    yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

function decoderFor(encoding: string, head: Uint8Array) {
  const [a = 0, b = 0] = head;
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      // Some servers label a plain body as gzip (a proxy already undid it): without the magic bytes it is plain.
      return a === 0x1f && (b === 0x8b || head.byteLength === 1) ? createGunzip() : undefined;
    case 'deflate':
      // RFC 9110 means zlib, some servers send raw deflate; the zlib header's check bits tell them apart (RFC 1950).
      return (a & 0x0f) === 8 && ((a << 8) | b) % 31 === 0 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } });
    default:
      throw coded(BODY_ENCODING, `unknown encoding: ${encoding}`);
  }
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
