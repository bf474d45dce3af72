import registryAuthToken from 'registry-auth-token';
import registryUrl from 'registry-url';
import { z } from 'zod';
import type { Entry } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { askJson } from './ask-json.ts';
import { makeEntry } from './make-entry.ts';
import { type Collected, defineKind } from './source-kind.ts';

const settings = z.object({
  packages: z
    .array(z.string().regex(/^(@[\w.~-]+\/)?[\w.~-]+$/, '写成 name 或 @scope/name'))
    .min(1, '至少写一个包名 / name at least one package')
    .describe('要关注的包 / packages to follow'),
  prereleases: z.boolean().default(false).describe('也要预发行版 / prereleases too'),
});

const packageSchema = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  time: z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.unknown()),
  repository: z.union([z.string(), z.object({ url: z.string().nullish() })]).nullish(),
});

/** The newest versions of one package that are listed; older ones are no news. */
const VERSIONS = 5;

/**
 * `kind: npm` — new versions of packages. Registry and authentication, also those of scopes, are npm's own: what
 * `.npmrc` and the environment say.
 */
export const npm = defineKind({
  kind: 'npm',
  home: () => registryUrl(),
  fullText: 'feed',
  settings,
  async collect(source, { packages, prereleases }, _state, { fetch, now }) {
    const entries: Entry[] = [];
    const failures: Extract<Collected, { kind: 'failed' }>[] = [];
    for (const name of packages) {
      const registry = registryFor(name, source);
      const credentials = registryAuthToken(registry);
      const answer = await askJson(
        {
          url: new URL(name.replace('/', '%2f'), registry.endsWith('/') ? registry : `${registry}/`).href,
          ...(credentials === undefined
            ? {}
            : { headers: { authorization: `${credentials.type} ${credentials.token}` } }),
        },
        packageSchema,
        { fetch },
      );
      if (answer.kind === 'json')
        for (const version of newest(answer.value, prereleases)) {
          const entry = makeEntry(toSaid(answer.value, version), source, now);
          if (entry !== undefined) entries.push(entry);
        }
      if (answer.kind === 'failed') failures.push(answer);
    }
    const [failure] = failures;
    if (failure !== undefined && entries.length === 0) return failure;
    const note = failure ? { note: `${failures.length} 个包没有问到：${failure.message}` } : {};
    return entries.length === 0 ? { kind: 'unchanged', ...note } : { kind: 'listed', entries, ...note };
  },
});

/** The scope's own registry, unless the config names one. */
function registryFor(name: string, source: Source): string {
  if (source.url !== registryUrl()) return source.url;
  return registryUrl(name.startsWith('@') ? name.split('/', 1)[0] : undefined);
}

type Package = z.infer<typeof packageSchema>;

function newest({ time, versions }: Package, prereleases: boolean): string[] {
  return Object.keys(versions)
    .filter((version) => prereleases || !version.includes('-'))
    .toSorted((one, other) => Date.parse(time[other] ?? '') - Date.parse(time[one] ?? ''))
    .slice(0, VERSIONS);
}

/** Versions have no page of their own everywhere: the project's page, told apart by a query that it ignores. */
function toSaid(about: Package, version: string) {
  const { repository } = about;
  const written = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const code = written
    .replace(/^git\+/, '')
    .replace(/^git:|^ssh:\/\/git@/, 'https:')
    .replace(/\.git$/, '');
  const page = [about.homepage, code].flatMap((one) => URL.parse(one ?? '') ?? []).find(isWeb);
  page?.searchParams.set('version', version);
  if (page !== undefined) page.hash = '';
  const at = Date.parse(about.time[version] ?? '');
  return {
    url: page?.href ?? '',
    title: `${about.name} ${version}`,
    publishedAt: Number.isNaN(at) ? undefined : at,
    text: about.description,
  };
}

function isWeb(url: URL): boolean {
  return /^https?:$/.test(url.protocol);
}
