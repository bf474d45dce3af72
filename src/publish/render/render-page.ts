import { type DeepRead, FURTHER } from '../../domain/deep-read.ts';
import type { EarlierTelling, EditionContent, Item } from '../../domain/edition.ts';
import { isWeek } from '../../domain/week.ts';
import { longDate, monthAndDay } from './dates.ts';
import { DEEP_SECTION, furtherLead, shownParts } from './deep-words.ts';
import { CORRECTIONS_HEAD, correctedWords, correctionLines } from './item-words.ts';
import { PAGE_STYLE } from './page-style.ts';

/**
 * The edition as one readable HTML page that stands alone: no script, nothing fetched from elsewhere, dark mode and
 * print included. Everything an outlet wrote is escaped. Same content, same bytes. `ledger`: the page «未入选» to link to.
 */
export function renderPage(content: EditionContent, ledger?: string): string {
  const items = content.sections.flatMap((section) => section.items);
  const { deepReads = [] } = content;
  const deeper = new Map(deepReads.map(({ storyId }, n) => [storyId, `#deep-${n + 1}`]));
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(items.map((item) => item.brief.headline).join('；'))}">
<title>${escapeHtml(content.title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#news">跳到正文</a>
<header>
<p class="masthead">AI ${isWeek(content.date) ? '周报' : '日报'}</p>
<h1><time datetime="${content.date}">${longDate(content.date)}</time></h1>
<p class="tagline">${escapeHtml(content.tagline)}</p>${content.opening === undefined ? '' : `\n<p class="opening">${escapeHtml(content.opening)}</p>`}
<nav aria-label="栏目">
<ul>
${content.sections.map((section, n) => `<li><a href="#s${n + 1}">${escapeHtml(section.name)}</a> <small>${section.items.length}</small></li>`).join('\n')}${deepReads.length === 0 ? '' : `\n<li><a href="#deep">${DEEP_SECTION}</a> <small>${deepReads.length}</small></li>`}
</ul>
</nav>
</header>
<main id="news">
${content.sections.map((section, n) => renderSection(section, n, deeper)).join('\n')}${deepReads.length === 0 ? '' : `\n${renderDeepReads(deepReads)}`}${renderCorrections(content, 'corrections')}
</main>
<footer>
<p>共 ${items.length} 条，来自 ${publishers(items)} 家媒体。由 ribao 编成；标题与摘要据原文写成，以原文为准。</p>${ledger === undefined ? '' : `\n<p><a href="${encodeURI(ledger)}">未入选的文章与理由</a></p>`}
</footer>
</body>
</html>
`;
}

function renderSection(
  section: EditionContent['sections'][number],
  n: number,
  deeper: ReadonlyMap<string, string>,
): string {
  return `<section aria-labelledby="s${n + 1}">
<h2 id="s${n + 1}">${escapeHtml(section.name)}</h2>
${section.items.map((item) => renderItem(item, deeper.get(item.brief.storyId))).join('\n')}
</section>`;
}

/** What was corrected and withdrawn, as a section; nothing where nothing was. `id`: the anchor of its heading. */
export function renderCorrections(content: EditionContent, id: string): string {
  const lines = correctionLines(content).map((line) => `<li>${escapeHtml(line)}</li>`);
  if (lines.length === 0) return '';
  return `\n<section class="corrections" aria-labelledby="${id}">
<h2 id="${id}">${CORRECTIONS_HEAD}</h2>
<ul>
${lines.join('\n')}
</ul>
</section>`;
}

function renderItem(item: Item, deep: string | undefined): string {
  const { brief, publisher, outlets, followUp, course = [], primary } = item;
  const corrected = correctedWords(item);
  const lang = brief.marks.includes('english') ? ' lang="en"' : '';
  const outletLinks = outlets.map(
    ({ name, url, title }) => `<a href="${href(url)}" title="${escapeHtml(title)}">${escapeHtml(name)}</a>`,
  );
  return `<article${lang}>
<h3>${followUp ? `<span class="thread">${followUp.label}</span>` : ''}<a href="${href(brief.url)}">${escapeHtml(brief.headline)}</a></h3>
<p>${escapeHtml(brief.summary)}</p>${corrected === '' ? '' : `\n<p class="corrected">${escapeHtml(corrected)}</p>`}${
    followUp
      ? `\n<p class="before">此前：<a href="${href(followUp.url)}">${escapeHtml(followUp.headline)}</a>（<time datetime="${followUp.date}">${monthAndDay(followUp.date)}</time>）</p>`
      : ''
  }${courseHtml(course, ({ url }) => href(url))}
<p class="from"><a href="${href(brief.url)}">阅读原文</a>${
    deep === undefined ? '' : `<a href="${deep}">${DEEP_SECTION}</a>`
  }${
    primary === undefined ? '' : `<a href="${href(primary.url)}">${escapeHtml(primary.label)}</a>`
  }<span>${escapeHtml(publisher)}</span>${
    outletLinks.length > 0 ? `<span>另见：${outletLinks.join('、')}</span>` : ''
  }${brief.marks.includes('thin') ? '<span class="mark">原文较短</span>' : ''}</p>
</article>`;
}

/** What was told on earlier days of the week, each linked where `to` says; empty for most items. */
export function courseHtml(course: readonly EarlierTelling[], to: (one: EarlierTelling) => string): string {
  const steps = course.map(
    (one) =>
      `<time datetime="${one.date}">${monthAndDay(one.date)}</time> <a href="${to(one)}">${escapeHtml(one.headline)}</a>`,
  );
  return steps.length === 0 ? '' : `\n<p class="before">本周经过：${steps.join('；')}</p>`;
}

function renderDeepReads(deepReads: readonly DeepRead[]): string {
  return `<section aria-labelledby="deep">
<h2 id="deep">${DEEP_SECTION}</h2>
${deepReads.map(renderDeepRead).join('\n')}
</section>`;
}

function renderDeepRead(deep: DeepRead, n: number): string {
  return `<article class="deep" id="deep-${n + 1}">
<h3><a href="${href(deep.url)}">${escapeHtml(deep.headline)}</a></h3>
${renderDeepParts(deep, 'h4')}
<p class="from"><a href="${href(deep.url)}">阅读原文</a><span>${escapeHtml(deep.publisher)}</span></p>
</article>`;
}

/** The parts of a deep read and the links at its end, each under a heading of this rank. */
export function renderDeepParts(deep: DeepRead, heading: 'h2' | 'h4'): string {
  const parts = shownParts(deep).map(({ name, sentences, isList }) => {
    const words = sentences.map(escapeHtml);
    const body = isList
      ? `<ul>\n${words.map((one) => `<li>${one}</li>`).join('\n')}\n</ul>`
      : `<p>${words.join('')}</p>`;
    return `<${heading}>${name}</${heading}>\n${body}`;
  });
  const links = deep.further.map(
    (one) => `<li>${furtherLead(one)}<a href="${href(one.url)}">${escapeHtml(one.label)}</a></li>`,
  );
  const end =
    links.length === 0 ? [] : [`<${heading}>${FURTHER}</${heading}>\n<ul>\n${links.join('\n')}\n</ul>`];
  return [...parts, ...end].join('\n');
}

function publishers(items: Item[]): number {
  return new Set(items.flatMap((item) => [item.publisher, ...item.outlets.map((outlet) => outlet.name)]))
    .size;
}

/** Text for an HTML element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** An address for a link: http(s) only. */
export function href(url: string): string {
  return /^https?:\/\//i.test(url) ? escapeHtml(url) : '#';
}
