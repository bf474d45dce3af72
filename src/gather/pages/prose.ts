/** A line this long that holds the end of a sentence is prose; Han characters say more each. */
const PROSE_CHARACTERS = 60;
const PROSE_HAN = 25;

const HAN = /\p{Script=Han}/gu;
/** Anywhere for marks that only end sentences; at the end of the line, or before a blank, for those that do other work too. */
const SENTENCE_END = /[。！？…；।]|[.!?]["'”’»)]*(?:\s|$)|[:;”"»]$/u;

/** True for a line of running text; false for menus, titles, bylines and captions. */
export function isProse(line: string): boolean {
  if (line.length < PROSE_HAN) return false;
  if (line.length < PROSE_CHARACTERS && (line.match(HAN)?.length ?? 0) < PROSE_HAN) return false;
  return SENTENCE_END.test(line);
}
