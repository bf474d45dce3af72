import type { Edition, Item } from '../../../domain/edition.ts';
import { longDate } from '../../render/dates.ts';
import { escapeHtml, href } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import { editionPath, itemAnchor, linkFrom, listPath, publicUrl, storyPath } from '../paths.ts';
import type { Frame, Page } from './frame.ts';
import { renderCorrected } from './item-view.ts';

/** What one edition said of a story. */
export type Telling = { edition: Pick<Edition, 'date' | 'composedAt'>; section: string; item: Item };

/**
 * A story over all editions that told it, newest first: what was new when, and every publisher. Pure.
 * `tellings`: oldest first, at least one.
 */
export function storyPage(
  key: string,
  tellings: readonly [Telling, ...Telling[]],
  catalog: Catalog,
  { settings }: Frame,
): Page {
  const path = storyPath(key);
  const [first] = tellings;
  const newest = tellings.at(-1) ?? first;
  const { brief } = newest.item;
  const names = [...new Set((catalog.threads.get(key) ?? []).flatMap(({ item }) => item.names))].filter(
    (name) => catalog.names.has(name),
  );
  const publishers = new Set(tellings.flatMap(({ item }) => outletsOf(item).map(({ name }) => name)));
  return {
    path,
    title: brief.headline,
    description: brief.summary,
    type: 'article',
    cover: newest.edition.date,
    publishedAt: new Date(first.edition.composedAt).toISOString(),
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: brief.headline,
      description: brief.summary,
      url: publicUrl(settings.url, path),
      datePublished: new Date(first.edition.composedAt).toISOString(),
      dateModified: new Date(newest.edition.composedAt).toISOString(),
      publisher: { '@type': 'Organization', name: settings.title },
      isBasedOn: [...new Set(tellings.flatMap(({ item }) => outletsOf(item).map(({ url }) => url)))].filter(
        (url) => /^https?:\/\//i.test(url),
      ),
    },
    body: `<p class="standfirst">${escapeHtml(newest.section)} · 来龙去脉</p>
<h1 class="title">${escapeHtml(brief.headline)}</h1>
<p class="standfirst">${tellings.length > 1 ? `报道过 ${tellings.length} 次，自 ${longDate(first.edition.date)} 起；` : ''}共 ${publishers.size} 家媒体。</p>
<ol class="thread">
${tellings
  .toReversed()
  .map((telling) => renderTelling(telling, path))
  .join('\n')}
</ol>${
      names.length === 0
        ? ''
        : `\n<p class="chips"><span>文中提到</span>${names.map((name) => `<a href="${linkFrom(path, listPath('names', name))}">${escapeHtml(name)}</a>`).join('')}</p>`
    }`,
  };
}

function renderTelling({ edition: { date }, item }: Telling, path: string): string {
  const { brief, followUp } = item;
  const to = `${editionPath(date)}#${itemAnchor(brief.storyId)}`;
  const fresh = followUp?.newSentence
    ? `\n<p class="new"><b>${followUp.label}</b>　${escapeHtml(followUp.newSentence)}</p>`
    : '';
  return `<li>
<small><a href="${linkFrom(path, to)}"><time datetime="${date}">${longDate(date)}</time></a></small>
<h2><a href="${href(brief.url)}">${escapeHtml(brief.headline)}</a></h2>${fresh}
<p class="summary">${escapeHtml(brief.summary)}</p>${renderCorrected(item)}
<ul class="outlets">
${outletsOf(item)
  .map(
    ({ name, url, title }) =>
      `<li><b>${escapeHtml(name)}</b><a href="${href(url)}">${escapeHtml(title)}</a></li>`,
  )
  .join('\n')}
</ul>
</li>`;
}

function outletsOf({ publisher, brief, outlets }: Item): { name: string; url: string; title: string }[] {
  return [{ name: publisher, url: brief.url, title: '阅读原文' }, ...outlets];
}
