import type { Article } from '../domain/article.ts';
import type { Story } from '../domain/story.ts';
import { identityOf } from '../gather/identity.ts';
import type { Newsroom } from '../newsroom/newsroom.ts';
import { usage } from './arguments.ts';

export type FoundStory = { story: Story; articles: Article[]; article: Article | undefined };

/**
 * The story that a person names by its id, an article's id or an article's address.
 * @throws Problem usage when nothing is known under that name
 */
export async function findStory(room: Newsroom, name: string): Promise<FoundStory> {
  const article = await findArticle(room, name);
  const storyId = article ? await room.store.storyOf(article.id) : name;
  const found = storyId === undefined ? undefined : await room.store.story(storyId);
  if (found) return { ...found, article };
  throw usage(`没有找到 ${name} 的故事 / no such story`);
}

/** The article of this id or address, if any. */
export function findArticle(room: Newsroom, name: string): Promise<Article | undefined> {
  return /^https?:/.test(name) ? room.store.articleByIdentity(identityOf(name)) : room.store.article(name);
}
