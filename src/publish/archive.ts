import type { Edition } from '../domain/edition.ts';
import type { NameFinder } from '../text/names.ts';

/** One approved edition of the archive, without its content. */
export type EditionStamp = {
  /** `YYYY-MM-DD` */
  date: string;
  /** Changes whenever anything of the edition changes, its ledger included; what it is made of does not matter. */
  stamp: string;
};

/** What one source was worth over the last days. Shares are 0..1. */
export type SourceRow = {
  name: string;
  /** Its public address; absent when it is private (a mailbox, an address with a key). */
  url?: string;
  kind: string;
  articles: number;
  chosenShare: number;
  firstShare: number;
  noiseShare: number;
  fullTextShare: number;
};

/** All that was ever printed, as the newsroom hands it to outlets that show more than one edition. */
export type Archive = {
  /** Every approved edition (its newest revision), in any order. Cheap: asked at every build. */
  stamps(): Promise<EditionStamp[]>;
  /** The newest approved revisions of these dates, in the order of the dates; dates that are gone are left out. */
  editions(dates: readonly string[]): AsyncIterable<Edition>;
  /** Score cards of the sources that readers may know of. */
  sources(): Promise<SourceRow[]>;
  /** Finds the public names of the field. */
  findNames: NameFinder;
  /** Changes when the table of names does. */
  namesStamp: string;
};
