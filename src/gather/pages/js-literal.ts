/** A value of a JavaScript literal: what WeChat writes into its pages, read without ever running it. */
export type JsValue = string | number | boolean | null | JsValue[] | { [key: string]: JsValue };

/** Deeper nesting does not occur in honest pages, and recursion must end. */
const MAX_DEPTH = 40;

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/**
 * The object or array literal that begins at `start` in a script. Understands strings in all quotes, numbers, words,
 * `JsDecode('…')` and other calls (their first argument), `'1' * 1` and `'' || 'x'` (first non-empty side).
 * Undefined when no literal stands there or it breaks off; never evaluates anything. Linear.
 */
export function readJsLiteral(source: string, start: number): JsValue | undefined {
  let at = start;

  const skipBlank = (): void => {
    for (;;) {
      while (/\s/.test(source.charAt(at)) && at < source.length) at += 1;
      if (source.startsWith('//', at)) at = indexOr(source.indexOf('\n', at));
      else if (source.startsWith('/*', at)) at = indexOr(source.indexOf('*/', at) + 2, 1);
      else return;
    }
  };
  const indexOr = (found: number, least = 0): number => (found > least ? found : source.length);

  const readString = (): string => {
    const quote = source.charAt(at);
    let text = '';
    at += 1;
    while (at < source.length && source.charAt(at) !== quote) {
      if (source.charAt(at) === '\\') text += readEscape();
      else {
        text += source.charAt(at);
        at += 1;
      }
    }
    at += 1;
    return text;
  };

  const readEscape = (): string => {
    const kind = source.charAt(at + 1);
    const length = kind === 'x' ? 2 : kind === 'u' ? 4 : 0;
    const digits = source.slice(at + 2, at + 2 + length);
    at += 2;
    if (length > 0 && /^[0-9a-f]+$/i.test(digits) && digits.length === length) {
      at += length;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    return kind === '\n' ? '' : (ESCAPES[kind] ?? kind);
  };

  const readValue = (depth: number): JsValue | undefined => {
    if (depth > MAX_DEPTH) return undefined;
    let value = readOperand(depth);
    for (;;) {
      skipBlank();
      if (source.startsWith('||', at) || source.startsWith('&&', at)) {
        at += 2;
        const right = readOperand(depth);
        value = value === '' || value === null || value === undefined ? right : value;
      } else if (source.charAt(at) === '*') {
        at += 1;
        readOperand(depth);
        value = typeof value === 'string' ? Number(value) : value;
      } else if (source.charAt(at) === '.') {
        // A method call on the value, like `'…'.html(false)`: it decodes for display, the value is what counts.
        at += 1;
        readWord();
        skipArguments(depth);
      } else return value;
    }
  };

  const readOperand = (depth: number): JsValue | undefined => {
    skipBlank();
    const char = source.charAt(at);
    if (char === '{') return readObject(depth);
    if (char === '[') return readArray(depth);
    if (char === '"' || char === "'" || char === '`') return readString();
    const word = readWord();
    if (word === '') return undefined;
    if (/^[-+]?\d/.test(word)) return Number(word);
    skipBlank();
    if (source.charAt(at) === '(') {
      const [first] = skipArguments(depth);
      return word === 'JsDecode' && typeof first === 'string' ? jsDecode(first) : (first ?? null);
    }
    if (word === 'true' || word === 'false') return word === 'true';
    return null;
  };

  const readWord = (): string => {
    const word = /^[-+]?[\w$.]+/.exec(source.slice(at, at + 200))?.[0] ?? '';
    at += word.length;
    return word;
  };

  const skipArguments = (depth: number): JsValue[] => {
    skipBlank();
    return source.charAt(at) === '(' ? readList(')', depth) : [];
  };

  const readArray = (depth: number): JsValue[] => readList(']', depth);

  const readList = (end: string, depth: number): JsValue[] => {
    const list: JsValue[] = [];
    at += 1;
    for (skipBlank(); at < source.length && source.charAt(at) !== end; skipBlank()) {
      const before = at;
      const value = readValue(depth + 1);
      if (value !== undefined) list.push(value);
      skipBlank();
      if (source.charAt(at) === ',') at += 1;
      else if (at === before) at += 1;
    }
    at += 1;
    return list;
  };

  const readObject = (depth: number): JsValue | undefined => {
    // Without a prototype, so that a key named `__proto__` is a key like any other.
    const object: { [key: string]: JsValue } = Object.create(null);
    at += 1;
    for (skipBlank(); at < source.length && source.charAt(at) !== '}'; skipBlank()) {
      const before = at;
      const key = /["']/.test(source.charAt(at)) ? readString() : readWord();
      skipBlank();
      if (source.charAt(at) === ':') {
        at += 1;
        const value = readValue(depth + 1);
        if (value !== undefined && !Object.hasOwn(object, key)) object[key] = value;
        skipBlank();
      }
      if (source.charAt(at) === ',') at += 1;
      else if (at === before) at += 1;
    }
    const complete = source.charAt(at) === '}';
    at += 1;
    return complete ? object : undefined;
  };

  return readValue(0);
}

/** WeChat's own second layer of escapes, for the eight characters it treats so. */
function jsDecode(text: string): string {
  return text.replace(/\\x(5c|0d|22|26|27|3c|3e|0a)/gi, (_whole, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
