import { z } from 'zod';
import type { Source } from '../../domain/source.ts';
import { askEach, type Part } from './ask-each.ts';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry, type Said } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { type CollectDeps, type Collected, defineKind, failed } from './source-kind.ts';

const DAY_MS = 86_400_000;

const settings = z.object({
  repositories: z
    .array(z.string().regex(/^[\w.-]+\/[\w.-]+$/, '写成 owner/name'))
    .default([])
    .describe('看这些仓库的发行版 / repositories whose releases to follow'),
  search: z
    .string()
    .exactOptional()
    .describe('找新的、正在变热的仓库，如 topic:llm / a search for new and rising repositories'),
  createdWithinDays: z.int().min(1).max(365).default(30).describe('检索：多少天内新建的'),
  minStars: z.int().min(0).default(100).describe('检索：至少多少星 / stars a repository must have'),
  prereleases: z.boolean().default(false).describe('也要预发行版 / prereleases too'),
  token: z.string().default('').describe('可选，写 env:NAME 或 file:PATH / optional; raises the rate limit'),
  maxItems: z.int().min(1).max(100).default(30),
});
type Settings = z.infer<typeof settings>;

/** `kind: github` — releases of repositories, or new and rising repositories with their stars, by the REST API. */
export const github = defineKind({
  kind: 'github',
  home: 'https://api.github.com',
  fullText: 'feed',
  settings,
  async collect(source, wanted, state, deps) {
    if (wanted.search !== undefined) return rising(source, wanted, deps);
    if (wanted.repositories.length > 0) return releases(source, wanted, state.memory, deps);
    return failed('source-settings', 'github 来源要写 repositories 或 search', false);
  },
});

function headersFor({ token }: Settings): Record<string, string> {
  return {
    'x-github-api-version': '2022-11-28',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  };
}

const searchSchema = z.object({
  items: lenientList(
    z.object({
      full_name: z.string(),
      html_url: z.string(),
      description: z.string().nullish(),
      stargazers_count: z.number().nullish(),
      language: z.string().nullish(),
      topics: z.array(z.string()).nullish(),
      owner: z.object({ login: z.string() }).nullish(),
    }),
  ),
});

/** Without a date: a repository is news when it is seen rising, not when it was made. */
async function rising(source: Source, wanted: Settings, { fetch, now }: CollectDeps): Promise<Collected> {
  const since = new Date(now - wanted.createdWithinDays * DAY_MS).toISOString().slice(0, 10);
  const url = addressIn(source, 'search/repositories');
  url.searchParams.set('q', `${wanted.search} created:>=${since} stars:>=${wanted.minStars}`);
  url.searchParams.set('sort', 'stars');
  url.searchParams.set('order', 'desc');
  url.searchParams.set('per_page', String(wanted.maxItems));
  const answer = await askJson({ url: url.href, headers: headersFor(wanted) }, searchSchema, { fetch });
  if (answer.kind !== 'json') return answer;
  const { items, damaged } = answer.value.items;
  const entries = items.flatMap((repository) => {
    const said = {
      url: repository.html_url,
      title: repository.full_name,
      author: repository.owner?.login,
      text: [repository.description, repository.language, ...(repository.topics ?? [])]
        .filter(Boolean)
        .join(' · '),
      engagement: { stars: repository.stargazers_count },
    };
    return makeEntry(said, source, now) ?? [];
  });
  if (entries.length === 0) return { kind: 'unchanged', note: '没有符合条件的新仓库' };
  return { kind: 'listed', entries, ...leftOutNote(damaged) };
}

/** The newest of one repository; what is older is no news. */
const RELEASES = 10;

const releaseSchema = z.object({
  html_url: z.string(),
  tag_name: z.string(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  body_html: z.string().nullish(),
  draft: z.boolean().nullish(),
  prerelease: z.boolean().nullish(),
  published_at: z.string().nullish(),
  author: z.object({ login: z.string() }).nullish(),
});
type Release = z.infer<typeof releaseSchema>;
const releasesSchema = lenientList(releaseSchema);

async function releases(
  source: Source,
  wanted: Settings,
  memory: unknown,
  { fetch, now }: CollectDeps,
): Promise<Collected> {
  return askEach(wanted.repositories, memory, async (repository, known): Promise<Part> => {
    const url = addressIn(source, `repos/${repository}/releases?per_page=${RELEASES}`).href;
    const headers = { ...headersFor(wanted), accept: 'application/vnd.github.html+json' };
    const answer = await askJson({ url, headers, ...known }, releasesSchema, { fetch });
    if (answer.kind !== 'json') return answer;
    const { items, damaged } = answer.value;
    const entries = items
      .filter(({ draft, prerelease }) => !draft && (!prerelease || wanted.prereleases))
      .flatMap((release) => makeEntry(toSaid(repository, release), source, now) ?? []);
    return { kind: 'read', entries, leftOut: damaged, ...optional('etag', answer.etag) };
  });
}

function toSaid(repository: string, release: Release): Said {
  return {
    url: release.html_url,
    title: titleOf(repository.split('/')[1] ?? repository, release),
    author: release.author?.login,
    publishedAt: release.published_at ? Date.parse(release.published_at) : undefined,
    html: release.body_html ?? release.body,
  };
}

/** Project and version, as far as the maintainers' own name for the release does not hold them already. */
function titleOf(project: string, { name, tag_name: tag }: Release): string {
  const version = tag.replace(/^v(?=\d)/i, '');
  const called = name?.trim() || tag;
  const full = called.toLowerCase().includes(version.toLowerCase()) ? called : `${tag}: ${called}`;
  return wordsOf(full).includes(wordsOf(project)) ? full : `${project} ${full}`;
}

function wordsOf(name: string): string {
  return ` ${name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** An address below the API's own; an enterprise's is not at the root of its host. */
function addressIn(source: Source, path: string): URL {
  return new URL(path, source.url.endsWith('/') ? source.url : `${source.url}/`);
}
