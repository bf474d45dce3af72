import { decodeEntities } from '../html-text.ts';

/** Atom 0.3 could pack any text in Base64 and say so by `mode`. */
const PACKED =
  /<(title|tagline|summary|content|info|copyright)\b([^<>]*)\bmode\s*=\s*["']base64["']([^<>]*)>([^<>]*)<\/\1\s*>/gi;

/**
 * Before `content:encoded` the whole article stood in `fullitem`, or as XHTML in a `body`; some still put it into Atom's
 * `summary`.
 */
const WHOLE = /<((?:\w+:)?body|fullitem|summary)\b[^<>]*>([\s\S]*?)<\/\1\s*>/gi;
/** What some call an item's categories, in one element with commas. */
const TAGS = /<tags\b[^<>]*>([^<>]*)<\/tags\s*>/gi;
const CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"';

/**
 * A feed of 2003 in the words of today: Atom's Base64 unpacked, RSS's `body` and `fullitem` as `content:encoded`. Text
 * without them comes back as it is.
 */
export function modernised(text: string): string {
  const unpacked = /\bmode\s*=\s*["']base64/i.test(text) ? text.replace(PACKED, unpack) : text;
  // Many wrote `author` where Dublin Core says `creator`.
  const credited = unpacked.replace(/<(\/?)dc:author\b/gi, '<$1dc:creator');
  const isRss = /<rss\b/i.test(credited.slice(0, HEAD_CHARS));
  if (!isRss) return credited;
  const tagged = credited.replace(TAGS, (_, tags: string) =>
    tags
      .split(/[,，、]/)
      .map(asCategory)
      .join(''),
  );
  if (/<content:encoded/i.test(tagged) || !/<((?:\w+:)?body|fullitem|summary)\b/i.test(tagged)) return tagged;
  return tagged
    .replace(WHOLE, (_, _name, inside: string) => `<content:encoded>${asData(inside)}</content:encoded>`)
    .replace(/<rss\b/i, `<rss ${CONTENT}`);
}

/** Where the first element of a feed stands, comments before it included. */
const HEAD_CHARS = 4000;

function asCategory(tag: string): string {
  return `<category>${tag.trim()}</category>`;
}

function unpack(_: string, name: string, before: string, after: string, packed: string): string {
  const html = Buffer.from(packed, 'base64').toString('utf8');
  return `<${name}${before} type="html" ${after.replace(/\btype\s*=\s*["'][^"']*["']/gi, '')}><![CDATA[${html.replaceAll(']]>', ']]&gt;')}]]></${name}>`.replace(
    /(type\s*=\s*["'][^"']*["'])(.*?)type="html"/,
    '$2type="html"',
  );
}

/** Markup, or markup that was escaped, as one piece of data. */
function asData(inside: string): string {
  const plain = inside.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1');
  const html = /<[a-z]/i.test(plain) ? plain : decodeEntities(plain);
  return `<![CDATA[${html.replaceAll(']]>', ']]&gt;')}]]>`;
}
