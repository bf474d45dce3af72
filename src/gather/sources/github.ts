import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { askJson, lenientList } from './ask-json.ts';
import { leftOutNote, makeEntry } from './make-entry.ts';
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
  const url = new URL('/search/repositories', source.url);
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

const releasesSchema = lenientList(
  z.object({
    html_url: z.string(),
    tag_name: z.string(),
    name: z.string().nullish(),
    body: z.string().nullish(),
    draft: z.boolean().nullish(),
    prerelease: z.boolean().nullish(),
    published_at: z.string().nullish(),
    author: z.object({ login: z.string() }).nullish(),
  }),
);

/** By repository: the ETag of its last answer. */
const memorySchema = z.object({ etags: z.record(z.string(), z.string()) });

async function releases(
  source: Source,
  wanted: Settings,
  memory: unknown,
  { fetch, now }: CollectDeps,
): Promise<Collected> {
  const known = memorySchema.safeParse(memory).data?.etags ?? {};
  const etags: Record<string, string> = {};
  const entries: Entry[] = [];
  const troubles: { repository: string; failure: Extract<Collected, { kind: 'failed' }> }[] = [];
  let damaged = 0;
  for (const repository of wanted.repositories) {
    const etag = known[repository];
    const url = new URL(`/repos/${repository}/releases?per_page=10`, source.url).href;
    const request = { url, headers: headersFor(wanted), ...(etag === undefined ? {} : { etag }) };
    const answer = await askJson(request, releasesSchema, { fetch });
    if (answer.kind === 'json') {
      if (answer.etag !== undefined) etags[repository] = answer.etag;
      damaged += answer.value.damaged;
      for (const release of answer.value.items) {
        if (release.draft || (release.prerelease && !wanted.prereleases)) continue;
        const entry = makeEntry(toSaid(repository, release), source, now);
        if (entry !== undefined) entries.push(entry);
      }
    } else {
      if (etag !== undefined) etags[repository] = etag;
      if (answer.kind === 'failed') troubles.push({ repository, failure: answer });
      // Further questions would meet the same limit.
      if (answer.kind === 'failed' && answer.retryAfterMs !== undefined) break;
    }
  }
  const [first] = troubles;
  if (first !== undefined && (entries.length === 0 || first.failure.retryAfterMs !== undefined))
    if (troubles.length === wanted.repositories.length || entries.length === 0) return first.failure;
  const note = [
    leftOutNote(damaged).note,
    first && `${troubles.length} 个仓库没有问到，如 ${first.repository}：${first.failure.message}`,
  ].filter((one) => one !== undefined);
  const said = note.length > 0 ? { note: note.join('；') } : {};
  if (entries.length === 0) return { kind: 'unchanged', memory: { etags }, ...said };
  return { kind: 'listed', entries: entries.slice(0, 10 * wanted.maxItems), memory: { etags }, ...said };
}

function toSaid(repository: string, release: z.infer<typeof releasesSchema>['items'][number]) {
  const { name, tag_name: tag } = release;
  const version = name && name !== tag ? name : tag;
  const [, project = repository] = repository.split('/');
  const named = version.toLowerCase().includes(project.toLowerCase());
  return {
    url: release.html_url,
    title: named ? version : `${project} ${version}`,
    author: release.author?.login,
    publishedAt: release.published_at ? Date.parse(release.published_at) : undefined,
    text: release.body,
  };
}
