import npmConf from '@pnpm/npm-conf';
import registryAuthToken from 'registry-auth-token';
import registryUrl from 'registry-auth-token/registry-url.js';
import { z } from 'zod';
import type { Source } from '../../domain/source.ts';
import { askEach, type Part } from './ask-each.ts';
import { askJson } from './ask-json.ts';
import { makeEntry, type Said } from './make-entry.ts';
import { optional } from './raw-feed.ts';
import { defineKind, failed } from './source-kind.ts';

const settings = z.object({
  packages: z
    .array(z.string().regex(/^(@[\w.~-]+\/)?[\w.~-]+$/, '写成 name 或 @scope/name'))
    .min(1, '至少写一个包名 / name at least one package')
    .describe('要关注的包 / packages to follow'),
  prereleases: z.boolean().default(false).describe('也要预发行版 / prereleases too'),
});

/** The full document of a package: the abbreviated one has no dates. */
const packageSchema = z.object({
  name: z.string(),
  description: z.string().nullish(),
  homepage: z.string().nullish(),
  time: z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.unknown()),
  repository: z.union([z.string(), z.object({ url: z.string().nullish() })]).nullish(),
});
type Package = z.infer<typeof packageSchema>;

/** The newest versions of one package that are listed; older ones are no news. */
const VERSIONS = 5;

/** Stands for «whatever npm's own configuration says» where the config names no registry. */
const NPMS_OWN = 'https://npm.invalid/';

/**
 * `kind: npm` — new versions of packages. Registry and authentication, also those of scopes, are npm's own: what the
 * environment and the `.npmrc` of project, user and machine say. A version links the project's page.
 */
export const npm = defineKind({
  kind: 'npm',
  home: NPMS_OWN,
  fullText: 'feed',
  settings,
  async collect(source, { packages, prereleases }, state, { fetch, now }) {
    return askEach(packages, state.memory, async (name, known): Promise<Part> => {
      const way = wayTo(name, source);
      if (way.kind === 'failed') return way;
      const answer = await askJson({ ...way.request, ...known }, packageSchema, { fetch });
      if (answer.kind !== 'json') return answer;
      const versions = newest(answer.value, prereleases);
      const entries = versions.flatMap(
        (version) => makeEntry(toSaid(answer.value, version), source, now) ?? [],
      );
      const leftOut = versions.length - entries.length;
      return { kind: 'read', entries, leftOut, ...optional('etag', answer.etag) };
    });
  },
});

/** Where to ask for a package, and with which credentials. */
function wayTo(name: string, source: Source) {
  try {
    const [unread] = npmConf().warnings;
    // Without its registry a private package's name would be asked of a public one.
    if (unread !== undefined) return notRead(unread);
    const scope = name.startsWith('@') ? name.split('/', 1)[0] : undefined;
    const named = source.url.endsWith('/') ? source.url : `${source.url}/`;
    const registry = source.url === NPMS_OWN ? registryUrl(scope) : named;
    const credentials = registryAuthToken(registry, { recursive: true });
    return {
      kind: 'way' as const,
      request: {
        url: new URL(name.replace('/', '%2f'), registry).href,
        ...(credentials && { headers: { authorization: `${credentials.type} ${credentials.token}` } }),
      },
    };
  } catch (error) {
    return notRead(error instanceof Error ? error.message : String(error));
  }
}

function notRead(why: string) {
  return failed('source-settings', `npm 自己的配置读不懂（${why}），请检查 .npmrc 与环境变量`, false);
}

function newest({ time, versions }: Package, prereleases: boolean): string[] {
  return Object.keys(versions)
    .filter((version) => prereleases || !version.includes('-'))
    .toSorted((one, other) => Date.parse(time[other] ?? '') - Date.parse(time[one] ?? ''))
    .slice(0, VERSIONS);
}

/** Versions have no page of their own everywhere: the project's page, told apart by a query that it ignores. */
function toSaid(about: Package, version: string): Said {
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
