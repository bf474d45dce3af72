import { z } from 'zod';
import type { Article } from '../../domain/article.ts';
import type { StoryFile } from '../../domain/story.ts';
import { namesOf, sheetOf } from './brief-question.ts';
import type { ModelDesk } from './model-desk.ts';
import { orderIn } from './orders.ts';

const sentences = z.array(z.object({ text: z.string(), quote: z.string() }));

/** The form a model answers in. No optional fields: strict providers want every one. */
export const deepAnswerSchema = z.object({
  told: sentences,
  figures: sentences,
  matters: sentences,
  doubts: sentences,
});

export type DeepAnswer = z.infer<typeof deepAnswerSchema>;

/** One article as it is put before a model. Everything in `sheets` is from outside and goes between delimiters. */
export type DeepQuestion = {
  file: StoryFile;
  article: Article;
  /** The articles by the numbers of the evidence: this one. */
  shown: Article[];
  sheets: { id: string; lines: string[] }[];
  task: string;
};

/** What a long article says in its first pages; more costs tokens and tells background. */
const MOST_CHARS = 8000;

/** The question for one article; undefined when it speaks to the model: then the model does not get to see it. Pure. */
export function deepQuestion(file: StoryFile, article: Article, desk: ModelDesk): DeepQuestion | undefined {
  if (orderIn(article, desk.findOrder) !== undefined) return undefined;
  const sheets = [{ id: 'a1', lines: sheetOf(article, MOST_CHARS, desk) }];
  const task = ['请写这一篇的深读。材料：a1', ...namesOf([article], desk)].join('\n');
  return { file: { ...file, articles: [article] }, article, shown: [article], sheets, task };
}
