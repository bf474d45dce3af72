import { type Article, textOf } from '../domain/article.ts';
import { type Work, type WorkKind, workAt, worksIn } from '../text/works.ts';

/** Which kind of work readers want to see when articles name several. */
const RANK: readonly WorkKind[] = ['official', 'arxiv', 'doi', 'huggingface', 'github'];
/** An article that names more works than this lists them and is about none. */
const MOST_NAMED = 3;
/** Characters of the text that tell what it is about; further down works are only compared with. */
const SUBJECT_CHARS = 1200;

/** The works an article is about: its own address, what its text names early, and what it links. */
export function worksOf(article: Article, official: readonly string[]): Work[] {
  const own = workAt(article.url, official);
  const text = textOf(article).slice(0, SUBJECT_CHARS);
  const cited = article.body.kind === 'page' ? (article.body.cites ?? []) : [];
  const named = [...worksIn(text, official), ...cited.flatMap((url) => workAt(url, official) ?? [])];
  const once = new Map(named.map((work) => [work.id, work]));
  if (own !== undefined) return [own];
  return once.size > MOST_NAMED ? [] : [...once.values()];
}

/** What a story is about at its source: the work most of its articles name; undefined when they name none. */
export function primarySource(articles: readonly Article[], official: readonly string[]): Work | undefined {
  const votes = new Map<string, { work: Work; count: number }>();
  for (const article of articles)
    for (const work of worksOf(article, official))
      votes.set(work.id, { work, count: (votes.get(work.id)?.count ?? 0) + 1 });
  const [best] = [...votes.values()].toSorted(
    (one, other) => other.count - one.count || RANK.indexOf(one.work.kind) - RANK.indexOf(other.work.kind),
  );
  return best?.work;
}
