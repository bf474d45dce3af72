let table: Map<string, number> | undefined;

/**
 * The text in GBK. Node can read GBK and not write it, so the table is made by reading every two-byte code
 * once (24,000 of them, a few milliseconds). A character that GBK has not becomes a numeric reference
 * (`&#128640;`), which is what an HTML or XML page in that encoding would carry.
 */
export function encodeGbk(text: string): Buffer {
  table ??= readTable();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else bytes.push(...Buffer.from(`&#${code};`, 'ascii'));
  }
  return Buffer.from(bytes);
}

function readTable(): Map<string, number> {
  const decoder = new TextDecoder('gbk');
  const pairs = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      // Unassigned codes read as U+FFFD or as two characters.
      if ([...character].length === 1 && character !== '\uFFFD' && !pairs.has(character)) {
        pairs.set(character, lead * 256 + trail);
      }
    }
  }
  return pairs;
}
