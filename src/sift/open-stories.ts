import type { Article } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import type { Piece } from './pieces.ts';
import type { GroupSpace } from './space.ts';
import type { TermKind } from './terms.ts';

/** What products are called by: Latin names, and names with versions. */
const PRODUCT_KINDS: ReadonlySet<TermKind> = new Set<TermKind>(['latin', 'coined', 'version']);
/** Natural logarithm: such a name stands in less than one text of a hundred and fifty. */
const RARE_NAME = 5;
/** At most this many members of an open story are compared: its first ones and its latest. */
const OPEN_MEMBERS = 8;

/** `into`: the story it became part of; then it has no members of its own. */
export type OpenStory = { story: Story; members: Piece[]; into?: OpenStory };

/** The stories of a window: which pieces of them are compared with, and who alone bears which product's name. */
export type OpenStories = {
  get(id: string): OpenStory | undefined;
  has(piece: Piece): boolean;
  /** The open story a piece belongs to, also when that has become part of another since. */
  of(piece: Piece): OpenStory | undefined;
  /** Puts pieces into a story, which is opened where it is new, and takes the story as it reads now. */
  admit(story: Story, pieces: readonly Piece[]): void;
  /** `from` becomes part of `into`, which reads `story` now. */
  unite(into: OpenStory, from: OpenStory, story: Story): void;
  /** The stories that alone bear a name in the titles of these pieces, one for each such name. */
  bearersOf(pieces: readonly Piece[]): OpenStory[];
};

export function createOpenStories({ terms, sheets }: GroupSpace): OpenStories {
  const stories = new Map<string, OpenStory>();
  const openOf = new Map<Piece, OpenStory>();
  /** Names of products in titles, and the stories that bear them: none when several do. */
  const bearers = new Map<number, OpenStory | undefined>();
  const productsOf = (piece: Piece) =>
    sheets
      .ids(piece.sheet, 'titleHard')
      .filter((id) => PRODUCT_KINDS.has(terms.kind(id)) && (terms.idf[id] ?? 0) >= RARE_NAME);
  const admit = (story: Story, pieces: readonly Piece[]) => {
    const open = stories.get(story.id) ?? { story, members: [] };
    open.story = story;
    open.members = [...sampleOf([...open.members, ...pieces])];
    stories.set(story.id, open);
    for (const piece of pieces) {
      openOf.set(piece, open);
      for (const id of productsOf(piece)) {
        const known = bearers.has(id) ? bearers.get(id) : open;
        bearers.set(id, known === undefined || present(known) !== open ? undefined : open);
      }
    }
  };
  return {
    get: (id) => stories.get(id),
    has: (piece) => openOf.has(piece),
    of(piece) {
      const open = openOf.get(piece);
      return open && present(open);
    },
    admit,
    unite(into, from, story) {
      stories.delete(from.story.id);
      admit(story, from.members);
      from.members = [];
      from.into = into;
    },
    bearersOf: (pieces) =>
      pieces.flatMap(productsOf).flatMap((id) => {
        const bearer = bearers.get(id);
        return bearer === undefined ? [] : [present(bearer)];
      }),
  };
}

/** The story that an open one became part of, or itself. */
function present(open: OpenStory): OpenStory {
  return open.into === undefined ? open : present(open.into);
}

/** The first ones and the latest, at most `OPEN_MEMBERS`. */
export function sampleOf<T extends Piece | Article>(members: readonly T[]): readonly T[] {
  if (members.length <= OPEN_MEMBERS) return members;
  return [...members.slice(0, OPEN_MEMBERS / 2), ...members.slice(-OPEN_MEMBERS / 2)];
}
