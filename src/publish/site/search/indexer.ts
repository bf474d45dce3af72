import { DEEP_PARTS } from '../../../domain/deep-read.ts';
import type { Edition } from '../../../domain/edition.ts';
import { isWeek } from '../../../domain/week.ts';
import type { EditionDigest } from '../digest.ts';
import { documentsOf, type Months, monthOf, type Segment, shardFiles } from './segments.ts';
import { collectPostings, type Postings, type Vocabulary } from './shards.ts';
import { termsOf } from './terms.ts';

/**
 * Indexes editions while they pass by, oldest first, and writes the shards of a segment after its last one. Of a year that
 * is over it remembers the words until the last such year has passed, for the index of months; only files for which
 * `isChanged` are written. Only one segment's postings are in memory at a time.
 */
export function indexer(
  segments: readonly Segment[],
  months: Months,
  isChanged: (path: string) => boolean,
  write: (path: string, content: Uint8Array) => Promise<void>,
) {
  const past = segments.filter(({ isPast }) => isPast);
  const hasNewMonths = shardFiles(months).some(isChanged);
  const wanted = segments.filter(
    (segment) => shardFiles(segment).some(isChanged) || (segment.isPast && hasNewMonths),
  );
  const standing = new Map(wanted.flatMap((segment) => standingIn(segment)));
  const vocabulary: Vocabulary = { words: [], numbers: new Map() };
  const inMonths = collectPostings(vocabulary);
  const january = 12 * Number(past[0]?.id ?? 0);
  let [postings, current]: [Postings, Segment | undefined] = [collectPostings(vocabulary), undefined];
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
      if (segment !== current) [postings, current] = [collectPostings(vocabulary), segment];
      const isCounted = segment.isPast && hasNewMonths;
      for (const [n, { title, text }] of textsOf(edition, digest).entries()) {
        const terms = termsOf(`${title}\n${text}`);
        postings.post(first + n, terms, new Set(termsOf(title)));
        if (isCounted) inMonths.post(monthOf(edition) - january, terms, new Set());
      }
      if (digest !== segment.digests.at(-1)) return;
      await writeAll(segment.id, postings.write(segment.shards));
      if (isCounted && segment === past.at(-1)) await writeAll(months.id, inMonths.write(months.shards));
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
