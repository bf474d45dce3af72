import { detect } from 'chardet';
import { isThai } from './detect-thai.ts';

/**
 * The text of a feed or page, whatever it was encoded in. Order: byte order mark, or the zero bytes of a wide `<`; bytes that are valid UTF-8 with
 * enough proof; the HTTP header's charset; the XML declaration or `<meta charset>`; detection; UTF-8.
 * Never throws; bytes that fit nowhere become U+FFFD. Cost: one or two passes, about 100 MB/s.
 */
export function decodeText(bytes: Uint8Array, contentType = ''): string {
  const wide = fourByteOrder(bytes);
  if (wide !== undefined) return decodeFourBytes(bytes, wide);
  const marked = byteOrderMark(bytes) ?? unmarkedWide(bytes);
  if (marked !== undefined) return decode(bytes, marked) ?? '';
  const declared = labelOf(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1]) ?? declaredInside(bytes);
  const utf8 = decode(bytes, 'utf-8', true);
  if (utf8 !== undefined && (declared === undefined || declared === 'utf-8' || provesUtf8(utf8))) return utf8;
  if (declared !== undefined && declared !== 'utf-8') {
    const text = decode(bytes, declared);
    if (text !== undefined && mostlyReadable(text)) return text;
  }
  const lenient = decode(bytes, 'utf-8') ?? '';
  // One broken character in a UTF-8 page is a cut-off headline, not another encoding.
  if (mostlyReadable(lenient)) return lenient;
  const sample = bytes.subarray(0, DETECT_BYTES);
  const detected = isThai(sample) ? 'windows-874' : labelOf(detect(sample) ?? undefined);
  return (detected && decode(bytes, detected)) ?? lenient;
}

/** Enough for the detector's statistics; more only costs time. */
const DETECT_BYTES = 64 * 1024;

/** The declaration has to stand in the first 1024 bytes (HTML standard); WordPress themes exceed that a little. */
const DECLARATION_BYTES = 4096;

/**
 * Wrong declarations are common (a UTF-8 feed that says ISO-8859-1). Text in another encoding passes as UTF-8 only by
 * chance, which is likely for one or two characters and practically impossible for this many.
 */
const PROOF_CHARACTERS = 4;

/** Above this share of replacement characters the encoding was wrong. */
const MAX_BROKEN_SHARE = 0.01;

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: XML and HTML begin with `<`, whose other byte is zero (XML 1.0, appendix F). */
function unmarkedWide([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be';
  return a === 0x3c && b === 0 && c !== 0 && d === 0 ? 'utf-16le' : undefined;
}

/** UTF-32, by its mark or by the zeros of its first `<`; browsers dropped it, XML still allows it. */
function fourByteOrder([a, b, c, d]: Uint8Array): 'big' | 'little' | undefined {
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c))) return 'big';
  return c === 0 && d === 0 && ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) ? 'little' : undefined;
}

function decodeFourBytes(bytes: Uint8Array, order: 'big' | 'little'): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const signs: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, order === 'little');
    const valid = code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
    if (code !== 0xfeff || at > 0) signs.push(valid ? String.fromCodePoint(code) : '\ufffd');
  }
  return signs.join('');
}

function declaredInside(bytes: Uint8Array): string | undefined {
  const head = decode(bytes.subarray(0, DECLARATION_BYTES), 'latin1') ?? '';
  const xml = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1];
  const label = labelOf(xml ?? /<meta[^>]{0,300}?charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1]);
  // Bytes we could read as ASCII to get here cannot be UTF-16, whatever they say (HTML standard, 13.2.3.2).
  return label?.startsWith('utf-16') ? 'utf-8' : label;
}

function labelOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  try {
    return new TextDecoder(name.trim()).encoding;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array, label: string, fatal = false): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

function provesUtf8(text: string): boolean {
  let wide = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 0x7f) wide += 1;
    if (wide >= PROOF_CHARACTERS) return true;
  }
  return false;
}

function mostlyReadable(text: string): boolean {
  let wide = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) wide += 1;
    if (code === 0xfffd) broken += 1;
  }
  // Measured against the non-ASCII characters: a page may be nine tenths markup.
  return broken === 0 || broken / wide <= MAX_BROKEN_SHARE;
}
