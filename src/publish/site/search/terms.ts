/**
 * What a text is found by, each term once: every two neighbouring Chinese characters, every word of other scripts in
 * lower case, every number. Two-character words are so found without a dictionary. Stands alone: it also runs in the
 * reader's browser.
 */
export function termsOf(text: string): string[] {
  const terms = new Set<string>();
  const runs = text
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(
      /(\p{Script=Han}+)|\p{Script=Latin}+|\p{Nd}+(?:\.\p{Nd}+)*|(?:(?!\p{Script=Han}|\p{Script=Latin})\p{L})+/gu,
    );
  for (const [run, han] of runs) {
    if (han === undefined) terms.add(run.slice(0, 32));
    else {
      const characters = [...han];
      for (let at = 1; at < characters.length; at += 1)
        terms.add(`${characters[at - 1] ?? ''}${characters[at] ?? ''}`);
    }
  }
  return [...terms];
}

/**
 * The terms to look up for what a reader typed. Of a long Chinese run every second pair is enough to find it, and halves
 * what has to be fetched; at most eight terms in all. Stands alone but for `termsOf`.
 */
export function queryTerms(query: string): string[] {
  const spaced = query.normalize('NFKC').replace(/\p{Script=Han}{4,}/gu, (run) => {
    const characters = [...run];
    const pairs: string[] = [];
    for (let at = 0; at + 1 < characters.length; at += 2) pairs.push(characters.slice(at, at + 2).join(''));
    if (characters.length % 2 === 1) pairs.push(characters.slice(-2).join(''));
    return ` ${pairs.join(' ')} `;
  });
  return termsOf(spaced).slice(0, 8);
}

/** Which of the shards holds a term: FNV-1a over its UTF-16 units. Stands alone. */
export function shardOf(term: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193) >>> 0;
  return hash % shards;
}
