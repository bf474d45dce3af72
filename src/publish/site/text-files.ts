import { escapeMarkdown } from '../render/render-markdown.ts';
import { escapeHtml } from '../render/render-page.ts';
import type { Catalog } from './catalog.ts';
import { ABOUT, ARCHIVE, DEEP_READS, editionPath, listPath, NAMES, publicUrl, SOURCES } from './paths.ts';
import type { SiteSettings } from './site-settings.ts';

/** The protocol's limit for one sitemap (sitemaps.org). */
const SITEMAP_LIMIT = 50_000;

/** Pages for search engines: path and, where it is known, the day of the last change. */
export type SitemapLine = { path: string; changed?: string };

/** `sitemap.xml`, or an index of that name and its parts when there are more pages than one may hold. Pure. */
export function renderSitemaps(
  siteUrl: string,
  lines: readonly SitemapLine[],
  limit = SITEMAP_LIMIT,
): { path: string; content: string }[] {
  if (lines.length <= limit) return [{ path: 'sitemap.xml', content: urlSet(siteUrl, lines) }];
  const parts = Array.from({ length: Math.ceil(lines.length / limit) }, (_, n) => ({
    path: `sitemap-${n + 1}.xml`,
    content: urlSet(siteUrl, lines.slice(n * limit, (n + 1) * limit)),
  }));
  const index = parts
    .map(({ path }) => `<sitemap><loc>${escapeHtml(publicUrl(siteUrl, path) ?? '')}</loc></sitemap>`)
    .join('\n');
  return [
    {
      path: 'sitemap.xml',
      content: `${XML}<sitemapindex xmlns="${NAMESPACE}">\n${index}\n</sitemapindex>\n`,
    },
    ...parts,
  ];
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

function urlSet(siteUrl: string, lines: readonly SitemapLine[]): string {
  const urls = lines.map(({ path, changed }) => {
    const when = changed === undefined ? '' : `<lastmod>${changed}</lastmod>`;
    return `<url><loc>${escapeHtml(publicUrl(siteUrl, path) ?? '')}</loc>${when}</url>`;
  });
  return `${XML}<urlset xmlns="${NAMESPACE}">\n${urls.join('\n')}\n</urlset>\n`;
}

/** Everything is open to robots but the search index, which is of no use to them. Pure. */
export function renderRobots(siteUrl: string | undefined): string {
  const map = publicUrl(siteUrl, 'sitemap.xml');
  return `User-agent: *\nDisallow: /search/\n${map === undefined ? '' : `\nSitemap: ${map}\n`}`;
}

/** How many editions the guide for language models names. */
const LLMS_EDITIONS = 30;

/** A guide for language models (llmstxt.org): what this is and where the latest editions are. Pure. */
export function renderLlms({ title, url }: SiteSettings, { digests, weeklies, sections }: Catalog): string {
  const line = (words: string, path: string, note: string) =>
    `- [${escapeMarkdown(words)}](${publicUrl(url, path) ?? path.split('/').map(encodeURIComponent).join('/')})${note === '' ? '' : `: ${escapeMarkdown(note)}`}`;
  return `# ${escapeMarkdown(title)}

> 每天一期的中文 AI 资讯。标题与摘要由程序据原文写成，每条都有原文链接；引用请以原文为准。

## 最近各期

${digests
  .slice(-LLMS_EDITIONS)
  .toReversed()
  .map(({ date, title: words }) => line(date, editionPath(date), words))
  .join('\n')}

${
  weeklies.length === 0
    ? ''
    : `## 周报

${weeklies
  .slice(-LLMS_EDITIONS)
  .toReversed()
  .map(({ date, title: words }) => line(date, editionPath(date), words))
  .join('\n')}

`
}## 栏目

${[...sections.keys()].map((name) => line(name, listPath('sections', name), '')).join('\n')}

## Optional

${line('深读', DEEP_READS, '较长的阅读：讲了什么、关键数据、为什么重要、存疑与局限')}
${line('往期', ARCHIVE, `全部 ${digests.length} 期，按月`)}
${line('名录', NAMES, '公司、人物、模型各自的全部条目')}
${line('来源', SOURCES, '')}
${line('这份日报怎么做出来', ABOUT, '')}
`;
}
