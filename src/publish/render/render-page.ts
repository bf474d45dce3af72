import type { EditionContent, Item } from '../../domain/edition.ts';
import { longDate, monthAndDay } from './dates.ts';
import { PAGE_STYLE } from './page-style.ts';

/**
 * The edition as one readable HTML page that stands alone: no script, nothing fetched from elsewhere, dark mode and
 * print included. Everything an outlet wrote is escaped. Same content, same bytes. `ledger`: the page «未入选» to link to.
 */
export function renderPage(content: EditionContent, ledger?: string): string {
  const items = content.sections.flatMap((section) => section.items);
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
<p class="masthead">AI 日报</p>
<h1><time datetime="${content.date}">${longDate(content.date)}</time></h1>
<p class="tagline">${escapeHtml(content.tagline)}</p>${content.opening === undefined ? '' : `\n<p class="opening">${escapeHtml(content.opening)}</p>`}
<nav aria-label="栏目">
<ul>
${content.sections.map((section, n) => `<li><a href="#s${n + 1}">${escapeHtml(section.name)}</a> <small>${section.items.length}</small></li>`).join('\n')}
</ul>
</nav>
</header>
<main id="news">
${content.sections.map(renderSection).join('\n')}
</main>
<footer>
<p>共 ${items.length} 条，来自 ${publishers(items)} 家媒体。由 ribao 编成；标题与摘要据原文写成，以原文为准。</p>${ledger === undefined ? '' : `\n<p><a href="${encodeURI(ledger)}">未入选的文章与理由</a></p>`}
</footer>
</body>
</html>
`;
}

function renderSection(section: EditionContent['sections'][number], n: number): string {
  return `<section aria-labelledby="s${n + 1}">
<h2 id="s${n + 1}">${escapeHtml(section.name)}</h2>
${section.items.map(renderItem).join('\n')}
</section>`;
}

function renderItem({ brief, publisher, outlets, followUp, primary }: Item): string {
  const lang = brief.marks.includes('english') ? ' lang="en"' : '';
  const outletLinks = outlets.map(
    ({ name, url, title }) => `<a href="${href(url)}" title="${escapeHtml(title)}">${escapeHtml(name)}</a>`,
  );
  return `<article${lang}>
<h3>${followUp ? `<span class="thread">${followUp.label}</span>` : ''}<a href="${href(brief.url)}">${escapeHtml(brief.headline)}</a></h3>
<p>${escapeHtml(brief.summary)}</p>${
    followUp
      ? `\n<p class="before">此前：<a href="${href(followUp.url)}">${escapeHtml(followUp.headline)}</a>（<time datetime="${followUp.date}">${monthAndDay(followUp.date)}</time>）</p>`
      : ''
  }
<p class="from"><a href="${href(brief.url)}">阅读原文</a>${
    primary === undefined ? '' : `<a href="${href(primary.url)}">${escapeHtml(primary.label)}</a>`
  }<span>${escapeHtml(publisher)}</span>${
    outletLinks.length > 0 ? `<span>另见：${outletLinks.join('、')}</span>` : ''
  }${brief.marks.includes('thin') ? '<span class="mark">原文较短</span>' : ''}</p>
</article>`;
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
