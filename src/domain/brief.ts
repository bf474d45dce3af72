/** A sentence of the brief and the sentence of the article it rests on. */
export type Evidence = { claim: string; source: string; articleId: string };

/** The written item: headline, summary, the link, and what each claim rests on. */
export type Brief = {
  storyId: string;
  /** The article that was written from and is linked. */
  articleId: string;
  url: string;
  /** 11-20 characters aimed at; see `marks` when the source did not allow it. */
  headline: string;
  /** 70-95 characters aimed at. */
  summary: string;
  /** `thin`: the source had too little text. `english`: written in English, nothing could translate it. */
  marks: BriefMark[];
  evidence: Evidence[];
  /** Who wrote it, e.g. `extractive/1`. */
  writer: string;
};

export type BriefMark = 'thin' | 'english';
