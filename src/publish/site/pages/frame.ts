import { escapeHtml } from '../../render/render-page.ts';
import {
  ABOUT,
  ARCHIVE,
  CORRECTIONS,
  DEEP_READS,
  FIGURES,
  FRONT,
  ICON,
  linkFrom,
  listPath,
  NAMES,
  publicUrl,
  SEARCH,
  SOURCES,
} from '../paths.ts';
import type { SiteSettings } from '../site-settings.ts';

/** What every page of one build has in common. */
export type Frame = {
  settings: SiteSettings;
  /** Sections in the order of the navigation. */
  sections: readonly string[];
  stylePath: string;
};

/** One page of the site, apart from its frame. */
export type Page = {
  /** From the site's root. */
  path: string;
  /** The text of `<title>`, without the site's name. Empty on the front page. */
  title: string;
  description: string;
  type: 'website' | 'article';
  /** Structured facts for search engines. */
  jsonLd?: unknown;
  /** `YYYY-MM-DD` of the edition whose cover stands for the page. */
  cover?: string;
  publishedAt?: string;
  noindex?: true;
  /** A page that repeats another one names that as the one to keep. */
  canonical?: string;
  /** Path of a script file to run. */
  script?: string;
  /** The big masthead, with this below the name. */
  folio?: string;
  /** What stands in `<main>`: HTML. */
  body: string;
};

/** A whole HTML page: head, masthead, navigation, main, foot. Pure. */
export function renderFrame(page: Page, frame: Frame): string {
  const { settings } = frame;
  const to = (target: string) => linkFrom(page.path, target);
  const name = escapeHtml(settings.title);
  const masthead = `<p class="name"><a href="${to(FRONT)}">${name}</a></p>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${renderHead(page, frame)}
<link rel="icon" type="image/svg+xml" href="${to(ICON)}">
<link rel="stylesheet" href="${to(frame.stylePath)}">${page.script === undefined ? '' : `\n<script src="${to(page.script)}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
<div class="sheet">
<header class="top${page.folio === undefined ? '' : ' front'}">
${masthead}${page.folio === undefined ? '' : `\n<div class="folio">${page.folio}</div>`}
${renderNavigation(page, frame)}
</header>
<main id="main" tabindex="-1">
${page.body}
</main>
<footer class="foot">
<ul>
${(
  [
    [ABOUT, '这份日报怎么做出来'],
    [SOURCES, '来源'],
    [FIGURES, '数据'],
    [CORRECTIONS, '更正'],
    ...(settings.feeds ? ([['feed.xml', 'RSS 订阅']] as const) : []),
  ] as const
)
  .map(([path, words]) => `<li><a href="${to(path)}">${words}</a></li>`)
  .join(
    '\n',
  )}${settings.subscribe === undefined ? '' : `\n<li><a href="${escapeHtml(settings.subscribe)}">邮件订阅</a></li>`}
</ul>
<p>由程序选编，标题与摘要据原文写成，以原文为准。本站不放统计脚本，不跟踪读者。</p>
</footer>
</div>
</body>
</html>
`;
}

function renderNavigation({ path }: Page, { sections }: Frame): string {
  const link = (target: string, words: string) =>
    `<li><a href="${linkFrom(path, target)}"${path === target ? ' aria-current="page"' : ''}>${words}</a></li>`;
  return `<nav class="bar" aria-label="主导航">
<ul>
${link(FRONT, '今日')}
${sections.map((section) => link(listPath('sections', section), escapeHtml(section))).join('\n')}
<li class="gap" aria-hidden="true"></li>
${link(DEEP_READS, '深读')}
${link(ARCHIVE, '往期')}
${link(NAMES, '名录')}
${link(SEARCH, '搜索')}
</ul>
</nav>`;
}

/** Enough of the first headlines for a preview; chats show about 80 characters. */
const DESCRIPTION = 160;

function renderHead(page: Page, { settings }: Frame): string {
  const { url, title: site } = settings;
  const title = page.title === '' ? site : `${page.title} · ${site}`;
  const description =
    [...page.description].length > DESCRIPTION
      ? `${[...page.description].slice(0, DESCRIPTION).join('')}…`
      : page.description;
  const own = publicUrl(url, page.canonical ?? page.path);
  const image =
    page.cover !== undefined && settings.covers ? publicUrl(url, `covers/${page.cover}.png`) : undefined;
  const meta = (kind: 'name' | 'property', key: string, value: string | undefined) =>
    value === undefined ? [] : [`<meta ${kind}="${key}" content="${escapeHtml(value)}">`];
  return [
    `<title>${escapeHtml(title)}</title>`,
    ...meta('name', 'description', description),
    ...(page.noindex === true ? ['<meta name="robots" content="noindex">'] : []),
    ...(own === undefined ? [] : [`<link rel="canonical" href="${escapeHtml(own)}">`]),
    ...(settings.feeds ? feedLinks(page.path) : []),
    ...meta('property', 'og:title', page.title === '' ? site : page.title),
    ...meta('property', 'og:type', page.type),
    ...meta('property', 'og:url', own),
    ...meta('property', 'og:description', description),
    ...meta('property', 'og:site_name', site),
    ...meta('property', 'og:locale', 'zh_CN'),
    ...meta('property', 'og:image', image),
    ...(page.type === 'article' ? meta('property', 'article:published_time', page.publishedAt) : []),
    ...meta('name', 'twitter:card', image === undefined ? 'summary' : 'summary_large_image'),
    ...(page.jsonLd === undefined
      ? []
      : [`<script type="application/ld+json">${jsonInHtml(page.jsonLd)}</script>`]),
  ].join('\n');
}

function feedLinks(path: string): string[] {
  const link = (type: string, title: string, file: string) =>
    `<link rel="alternate" type="${type}" title="${title}" href="${linkFrom(path, file)}">`;
  return [
    link('application/rss+xml', 'RSS', 'feed.xml'),
    link('application/atom+xml', 'Atom', 'atom.xml'),
    link('application/feed+json', 'JSON Feed', 'feed.json'),
  ];
}

/** JSON that can stand in a script element: no `<` in it can end the element or open a comment. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
