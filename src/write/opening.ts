import type { Brief } from '../domain/brief.ts';
import { visibleLength } from '../text/length.ts';
import { clausesOf, sentencesOf } from '../text/sentences.ts';
import { alike } from './alike.ts';
import { canStand } from './can-stand.ts';
import { stripEnd } from './clean-title.ts';
import { checkFacts } from './facts.ts';
import type { WritingDesk } from './writing-desk.ts';

/** What an opening should measure, in characters. */
export const OPENING = { least: 60, most: 120 } as const;
/** It names this many stories: as many as the title. */
const STORIES = 3;
/** A story that says nothing short enough gives its place to the next; beyond these it would not be a top story. */
const AMONG = 6;
/** One story's words: shorter says too little, longer leaves the others no room. */
const PIECE = { least: 14, most: 56 } as const;
/** Shares of pairs of characters above which two stories would say one thing twice. */
const SAME = 0.5;

type Piece = { text: string; length: number; value: number };

/**
 * The edition's opening: what its most important briefs say first, cut at clauses that can stand, joined to one sentence
 * of 60-120 characters. `briefs`: the most important first. Nothing is worded anew, and the fact check compares it with the
 * briefs; undefined when three Chinese briefs do not give that much. Pure; a millisecond.
 */
export function writeOpening(briefs: readonly Brief[], desk: WritingDesk): string | undefined {
  const told = briefs
    .slice(0, AMONG)
    .filter(({ marks }) => !marks.includes('english'))
    .map((brief) => ({ brief, pieces: piecesOf(brief, desk) }))
    .filter(({ pieces }) => pieces.length > 0)
    .slice(0, STORIES);
  if (told.length < STORIES) return undefined;
  const best = combinations(told.map(({ pieces }) => pieces))
    .map((pieces) => ({ pieces, length: pieces.reduce((sum, { length }) => sum + length + 1, 0) }))
    .filter(({ length }) => length >= OPENING.least && length <= OPENING.most)
    .filter(({ pieces }) => areDifferent(pieces))
    .map(({ pieces }) => ({ pieces, value: pieces.reduce((sum, { value }) => sum + value, 0) }))
    .toSorted((one, other) => other.value - one.value)[0];
  if (best === undefined) return undefined;
  const opening = `${best.pieces.map(({ text }) => text).join('；')}。`;
  const sources = told.map(({ brief }) => ({
    id: brief.storyId,
    title: brief.headline,
    text: brief.summary,
  }));
  const claims = checkFacts({ headline: '', summary: opening }, sources, desk.facts);
  return claims.every(({ ok }) => ok) ? opening : undefined;
}

/** What a brief can say in one breath: runs of its first sentence's clauses, and its headline. */
function piecesOf({ headline, summary }: Brief, desk: WritingDesk): Piece[] {
  const [first = ''] = sentencesOf(summary);
  const clauses = clausesOf(first);
  const runs = clauses.flatMap((_, n) => {
    const some = clauses.slice(0, n + 1);
    const whole = n + 1 === clauses.length;
    return whole || canStand(some.join(''), clauses[n] ?? '', clauses[n + 1] ?? '', desk)
      ? [some.join('')]
      : [];
  });
  return [...runs.map((text) => pieceOf(text, 1, desk)), pieceOf(headline, 0, desk)].flatMap((piece) =>
    piece === undefined ? [] : [piece],
  );
}

/** About this long a clause tells who did what, and leaves room for the others. */
const WANTED = 40;

function pieceOf(words: string, own: number, desk: WritingDesk): Piece | undefined {
  const text = stripEnd(words).replace(/。$/u, '');
  const length = visibleLength(text);
  const { danglers, links, actions } = desk.style.summary;
  const isFit =
    length >= PIECE.least &&
    length <= PIECE.most &&
    /\p{Script=Han}/u.test(text) &&
    !/[；。！？!?…]/u.test(text) &&
    // `192GB显存、5月量产` leaves out of what.
    !/^[\d.]/.test(text) &&
    balanced(text) &&
    ![...danglers, ...links].some((word) => text.startsWith(word));
  if (!isFit) return undefined;
  const tells = actions.some((verb) => text.includes(verb)) ? 0.6 : 0;
  const names = desk.findNames(text).length > 0 ? 0.2 : 0;
  return { text, length, value: own + tells + names - Math.abs(length - WANTED) / 40 };
}

function balanced(text: string): boolean {
  return ['“”', '「」', '『』', '《》', '（）'].every(
    ([open = '', close = '']) => text.split(open).length === text.split(close).length,
  );
}

function areDifferent(pieces: readonly Piece[]): boolean {
  return pieces.every((one, n) => pieces.slice(n + 1).every((other) => alike(one.text, other.text) < SAME));
}

function combinations(lists: readonly (readonly Piece[])[]): Piece[][] {
  return lists.reduce<Piece[][]>(
    (sofar, pieces) => sofar.flatMap((before) => pieces.map((piece) => [...before, piece])),
    [[]],
  );
}
