import type { Article, Instant } from './article.ts';

/** Why an article belongs to its story, in words an editor can check. */
export type Join = {
  articleId: string;
  kind: 'first' | 'repost' | 'near-duplicate' | 'same-event';
  /** 0..1; 1 for `first` and exact reposts. */
  score: number;
  /** Chinese, e.g. `同为 Claude 4`, `都有 5月22日`, `标题相同`. */
  reasons: string[];
};

/** One event or piece, with all the articles that tell it, today and on earlier days. */
export type Story = {
  /** `s` + the id of the article that opened it. Never changes, whatever joins later. */
  id: string;
  openedAt: Instant;
  joins: Join[];
};

/** A story with its articles in the order they joined; what the desks after grouping work on. */
export type StoryFile = {
  story: Story;
  articles: Article[];
  /** Set when this story, or one it continues, was in an earlier edition. */
  told?: Told;
};

/** Two stories became one, or one became two: kept, so that nothing is reshuffled in silence. */
export type StoryChange = {
  kind: 'merge' | 'split';
  at: Instant;
  /** The story that stays. */
  storyId: string;
  /** merge: the story that went into it; split: the one that came out of it. */
  otherId: string;
  articleIds: string[];
  by: 'desk' | 'editor';
  reasons: string[];
};

/** What the latest earlier edition said of a story. */
export type Told = {
  date: string;
  /** In how many earlier editions it stood. */
  times: number;
  headline: string;
  summary: string;
  url: string;
  /** Articles that had been read when that edition was made. */
  articleIds: string[];
};

/** Why an item is noise. */
export type NoiseKind = 'off-topic' | 'advert' | 'event' | 'recruiting' | 'roundup' | 'repost' | 'thin';

/** One signal a judgement rests on, e.g. `{ signal: '命中短语“扫码报名”', weight: 2 }`. */
export type Reason = { signal: string; weight: number };

/** What the desk decided about a story, and why. Kept as it was decided; nothing recomputes it. */
export type Verdict = {
  storyId: string;
  /** `margin`: log odds between it and the next section; small when the desk was not sure. */
  section: { name: string; reasons: Reason[]; margin?: number };
  noise: { kind: NoiseKind | null; reasons: Reason[] };
  /** 0..100, the sum of its parts clamped; see `parts` for how it came about. */
  worth: { score: number; parts: Reason[] };
  /** The same judgements article by article; the story's own follow from these. */
  byArticle: ArticleVerdict[];
  /** `repeat`: told in an earlier edition and nothing new; `follow-up`: told before, with a new fact. */
  novelty: {
    kind: 'first' | 'follow-up' | 'repeat';
    reasons: string[];
    /** The sentence with the new fact, word for word from the article. Set for follow-ups. */
    newSentence?: string;
  };
};

/** Section and noise of one article, by its own angle; a repost inside a good story is noise `repost`. */
export type ArticleVerdict = {
  articleId: string;
  section: string;
  noise: NoiseKind | null;
  reasons: Reason[];
};

/** A section of the daily, as the editor plans it. */
export type Section = {
  name: string;
  description: string;
  /** At most this many items in one edition. */
  maxItems: number;
};

/** The family a publisher belongs to: three accounts of one company are one voice. */
export type FamilyOf = (article: Pick<Article, 'sourceId' | 'publisher' | 'url'>) => string;
