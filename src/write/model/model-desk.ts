import type { WritingDesk } from '../writing-desk.ts';
import type { Lexicon } from './lexicon.ts';
import type { OrderFinder } from './orders.ts';

/** What writing with a model needs beyond the writing desk: the prompt, and what its answers are judged by. */
export type ModelDesk = WritingDesk & {
  prompt: BriefPrompt;
  /** `editorial/prompts/deep-read.md`. */
  deepPrompt: BriefPrompt;
  lexicon: Lexicon;
  findOrder: OrderFinder;
};

/** `editorial/prompts/brief.md`: the part of the question that is the same for all stories. */
export type BriefPrompt = {
  text: string;
  /** The first digits of a hash of it and of the lists beside it: another prompt writes other briefs. */
  version: string;
};
