import { DEEP_PARTS } from '../../../domain/deep-read.ts';
import type { Edition } from '../../../domain/edition.ts';
import { isWeek } from '../../../domain/week.ts';
import type { EditionDigest } from '../digest.ts';
import { documentsOf, type Segment, shardFiles, type Years } from './segments.ts';
import { type Postings, post, writeShards } from './shards.ts';
import { termsOf } from './terms.ts';

/**
 * Indexes editions while they pass by, oldest first, and writes the shards of a segment after its last one. Of a year that
 * is over it remembers the words until the last such year has passed, for the index of years; only files for which
 * `isChanged` are written. Only one segment's postings are in memory at a time.
 */
export function indexer(
  segments: readonly Segment[],
  years: Years,
  isChanged: (path: string) => boolean,
  write: (path: string, content: Uint8Array) => Promise<void>,
) {
  const past = segments.filter(({ isPast }) => isPast);
  const hasNewYears = shardFiles(years).some(isChanged);
  const wanted = segments.filter(
    (segment) => shardFiles(segment).some(isChanged) || (segment.isPast && hasNewYears),
  );
  const standing = new Map(wanted.flatMap((segment) => standingIn(segment)));
  // One bit for each year, which is a tenth of what lists would take: an archive has half a million words. A number holds 53.
  const inYears = new Map<string, number>();
  let [postings, current]: [Postings, Segment | undefined] = [new Map(), undefined];
  const writeAll = async (id: string, all: Uint8Array[]): Promise<void> => {
    for (const [n, path] of shardFiles({ id, shards: all.length }).entries())
      if (isChanged(path)) await write(path, all[n] ?? new Uint8Array());
  };
  return {
    /** The editions it wants to see. */
    dates: standing.keys(),
    async pass(edition: Edition): Promise<void> {
      const { segment, first = 0, digest } = standing.get(edition.date) ?? {};
      if (segment === undefined || digest === undefined) return;
      if (segment !== current) [postings, current] = [new Map(), segment];
      for (const [n, { title, text }] of textsOf(edition, digest).entries())
        post(postings, first + n, termsOf(`${title}\n${text}`), new Set(termsOf(title)));
      if (digest !== segment.digests.at(-1)) return;
      const known = postings;
      await writeAll(
        segment.id,
        writeShards(known.keys(), (term) => known.get(term) ?? [], segment.shards),
      );
      if (!hasNewYears || !segment.isPast) return;
      const bit = 2 ** past.indexOf(segment);
      for (const term of known.keys()) inYears.set(term, (inYears.get(term) ?? 0) + bit);
      if (segment !== past.at(-1)) return;
      const yearsOf = (term: string) =>
        past.flatMap((_, n) => (Math.floor((inYears.get(term) ?? 0) / 2 ** n) % 2 === 1 ? [n * 2] : []));
      await writeAll(years.id, writeShards(inYears.keys(), yearsOf, years.shards));
    },
  };
}

type Standing = { segment: Segment; digest: EditionDigest; first: number };

/** For each edition of a segment its first document. */
function standingIn(segment: Segment): [date: string, Standing][] {
  let next = 0;
  return segment.digests.map((digest) => {
    const first = next;
    next += documentsOf(digest);
    return [digest.date, { segment, digest, first }];
  });
}

/** What an edition's documents are found by, in the order in which their headlines are listed. */
function textsOf(edition: Edition, digest: EditionDigest): { title: string; text: string }[] {
  const items = edition.sections.flatMap((section) => section.items);
  // A weekly is found as a whole: by its title, its opening and its headlines.
  if (isWeek(edition.date)) {
    const headlines = items.map(({ brief }) => brief.headline);
    return [{ title: edition.title, text: ['周报', edition.opening ?? '', ...headlines].join('\n') }];
  }
  const names = new Map(digest.items.map((item) => [item.story, item.names.join(' ')]));
  return [
    ...items.map(({ brief, publisher }) => ({
      title: brief.headline,
      text: `${brief.summary}\n${publisher}\n${names.get(brief.storyId) ?? ''}`,
    })),
    ...(edition.deepReads ?? []).map((deep) => ({
      title: deep.headline,
      text: DEEP_PARTS.flatMap(({ part }) => deep[part].map(({ claim }) => claim)).join('\n'),
    })),
  ];
}
