import type { Correction, Edition } from '../../domain/edition.ts';
import { type NameFinder, namesIn } from '../../text/names.ts';

/** What lists, plots and links need of one item; about 200 bytes, so that a whole archive fits in memory. */
export type ItemDigest = {
  story: string;
  headline: string;
  section: string;
  publisher: string;
  /** How many other publishers tell it. */
  outlets: number;
  /** Canonical names found in headline and summary. */
  names: string[];
  /** The earlier telling it follows up. */
  before?: { date: string; headline: string };
};

/** What lists need of one deep read. */
export type DeepDigest = { story: string; headline: string; publisher: string };

/** What the site remembers of one edition between builds. */
export type EditionDigest = {
  date: string;
  /** The archive's stamp, with that of the names it was read by. */
  stamp: string;
  title: string;
  items: ItemDigest[];
  /** Its deep reads, in order. */
  deepReads: DeepDigest[];
  /** Candidates that were left out, and how many of these as noise. */
  leftOut: number;
  noise: number;
  /** What was corrected and withdrawn since it was printed; absent where nothing was. */
  corrections?: CorrectionDigest[];
};

/** One line of the page of corrections. */
export type CorrectionDigest = {
  kind: 'corrected' | 'withdrawn';
  story: string;
  on: string;
  at: number;
  headline: string;
  /** The headline before, where that was changed. */
  was?: string;
  note: string;
};

/** Draws up the digest of an edition. Pure. */
export function digestEdition(edition: Edition, stamp: string, find: NameFinder): EditionDigest {
  const items = edition.sections.flatMap(({ name, items }) =>
    items.map(({ brief, publisher, outlets, followUp }): ItemDigest => {
      return {
        story: brief.storyId,
        headline: brief.headline,
        section: name,
        publisher,
        outlets: outlets.length,
        names: namesIn(find, `${brief.headline}\n${brief.summary}`).map((found) => found.name),
        ...(followUp ? { before: { date: followUp.date, headline: followUp.headline } } : {}),
      };
    }),
  );
  return {
    date: edition.date,
    stamp,
    title: edition.title,
    items,
    deepReads: (edition.deepReads ?? []).map(({ storyId, headline, publisher }) => ({
      story: storyId,
      headline,
      publisher,
    })),
    leftOut: edition.leftOut.length,
    noise: edition.leftOut.filter(({ noise }) => noise !== null).length,
    ...(edition.corrections === undefined
      ? {}
      : { corrections: edition.corrections.made.map(digestCorrection) }),
  };
}

function digestCorrection(one: Correction): CorrectionDigest {
  const { kind, storyId, on, at, headline, note } = one;
  const was = kind === 'corrected' && one.was.headline !== headline ? { was: one.was.headline } : {};
  return { kind, story: storyId, on, at, headline, ...was, note };
}
