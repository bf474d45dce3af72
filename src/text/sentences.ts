const OPENING = '“‘「『《（(【[';
const CLOSING = '”’」』》）)】]';
const ENDS = '。！？!?…';
const CLAUSE_ENDS = '，,；;：';
/** A quotation longer than this was never closed; its inside is read like the rest. */
const LONGEST_QUOTE = 160;
/** Latin words before a full stop that do not end a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|al|Fig|No|Inc|Corp|Ltd|Co|U\.S|U\.K|[A-Z])$/;

/**
 * The sentences of a text, in order, each with its closing mark. Lines are boundaries; quotations and brackets are kept
 * whole; decimals, versions and abbreviations do not end a sentence. Linear in the length of the text.
 */
export function sentencesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => cut(line, (at) => endsSentence(line, at)));
}

/**
 * The clauses of one sentence, each with the mark that ends it; joined they give the sentence back. A comma inside
 * quotes, brackets or a number is none.
 */
export function clausesOf(sentence: string): string[] {
  return cut(sentence, (at) => endsClause(sentence, at));
}

function cut(line: string, ends: (at: number) => boolean): string[] {
  const parts: string[] = [];
  let from = 0;
  let closes = -1;
  for (let at = 0; at < line.length; at += 1) {
    if (at > closes && OPENING.includes(line.charAt(at))) closes = closingOf(line, at);
    const inside = at < closes;
    if (inside || !ends(at)) continue;
    let end = at + 1;
    while (end < line.length && (ENDS + CLOSING).includes(line.charAt(end))) end += 1;
    parts.push(line.slice(from, end));
    from = end;
    at = end - 1;
  }
  parts.push(line.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Where the bracket that opens at `from` closes; -1 when it does not close soon. */
function closingOf(line: string, from: number): number {
  const closing = CLOSING.charAt(OPENING.indexOf(line.charAt(from)));
  const at = line.slice(from + 1, from + 1 + LONGEST_QUOTE).indexOf(closing);
  return at < 0 ? -1 : from + 1 + at;
}

function endsSentence(line: string, at: number): boolean {
  const sign = line.charAt(at);
  if (ENDS.includes(sign)) return true;
  // A quotation that holds whole sentences ends one, when what follows is not said of it («……。”他说»).
  if (CLOSING.includes(sign))
    return ENDS.includes(line.charAt(at - 1)) && !/^[\p{L}，,]/u.test(line.slice(at + 1));
  if (sign !== '.') return false;
  const next = line.charAt(at + 1);
  if (next !== '' && next !== ' ' && !'"”’)'.includes(next)) return false;
  if (next === ' ' && /[a-z]/.test(line.charAt(at + 2))) return false;
  return !ABBREVIATION.test(line.slice(Math.max(0, at - 8), at));
}

function endsClause(sentence: string, at: number): boolean {
  const sign = sentence.charAt(at);
  if (!CLAUSE_ENDS.includes(sign)) return false;
  if (sign === ',' || sign === ';') return /\s/.test(sentence.charAt(at + 1));
  return true;
}
