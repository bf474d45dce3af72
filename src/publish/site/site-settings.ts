/** What the whole site shares. */
export type SiteSettings = {
  /** Stands in the masthead. */
  title: string;
  /** The public address of the site's folder, without a slash at its end. */
  url?: string;
  /** The editor's own words for the about page: plain paragraphs. */
  about?: string;
  /** `feed.xml`, `atom.xml` and `feed.json` lie beside the front page. */
  feeds: boolean;
  /** `covers/DATE.png` exists for every edition. */
  covers: boolean;
  /** Where readers subscribe to letters; absent when they cannot. */
  subscribe?: string;
};
