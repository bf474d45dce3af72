import { z } from 'zod';

export type Parsed<T> = { kind: 'read'; value: T; json: string } | { kind: 'wrong'; why: string };

/** Enough to name a handful of wrong fields; a model needs no more to mend them. */
const LONGEST_WHY = 600;

/**
 * Reads a model's answer: plain JSON, or JSON after a `<think>` part, inside a code fence, or with words around it.
 * `json` is the answer without what stood around it; `why` (English) is for the model that has to mend it.
 */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): Parsed<T> {
  if (text.trim() === '') return { kind: 'wrong', why: 'The answer was blank.' };
  let wrong: string | undefined;
  for (const candidate of candidatesIn(text)) {
    const json = parsedJson(candidate);
    if (json === undefined) continue;
    const result = schema.safeParse(json.value);
    if (result.success) return { kind: 'read', value: result.data, json: candidate };
    wrong ??= z.prettifyError(result.error);
  }
  return { kind: 'wrong', why: (wrong ?? 'The answer was not valid JSON.').slice(0, LONGEST_WHY) };
}

const THOUGHT = '</think>';

/** The places where the JSON may stand, the least touched first: an answer may well quote a `</think>` or a fence. */
function candidatesIn(text: string): string[] {
  const afterFirst = after(text, text.indexOf(THOUGHT));
  const afterLast = after(text, text.lastIndexOf(THOUGHT));
  const all = [
    text,
    ...[afterFirst, afterLast].flatMap((said) => [said, insideFence(said), insideBraces(said)]),
  ];
  return [...new Set(all.map((one) => one.trim()))].filter((one) => one !== '');
}

function after(text: string, at: number): string {
  return at < 0 ? text : text.slice(at + THOUGHT.length);
}

function insideFence(text: string): string {
  const opens = text.indexOf('```');
  const closes = text.lastIndexOf('```');
  return opens >= 0 && closes > opens ? text.slice(opens + 3, closes).replace(/^\s*json\b/i, '') : '';
}

function insideBraces(text: string): string {
  return text.slice(Math.max(0, text.indexOf('{')), text.lastIndexOf('}') + 1);
}

/** Wrapped, because `undefined` means that it is no JSON and `null` is JSON. */
function parsedJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
