import { DEEP_PARTS } from '../../../domain/deep-read.ts';
import type { Edition } from '../../../domain/edition.ts';
import { longDate } from '../../render/dates.ts';
import { DEEP_SECTION } from '../../render/deep-words.ts';
import { escapeHtml, href, renderDeepParts } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import {
  DEEP_READS,
  deepReadPath,
  editionPath,
  itemAnchor,
  linkFrom,
  publicUrl,
  storyPath,
} from '../paths.ts';
import type { Frame, Page } from './frame.ts';

/** One deep read: its parts, where to read on, and the way back to its brief. Pure. */
export function deepReadPage(edition: Edition, storyId: string, catalog: Catalog, { settings }: Frame): Page {
  const deep = edition.deepReads?.find((one) => one.storyId === storyId);
  const path = deepReadPath({ date: edition.date, storyId });
  const at = new Date(edition.composedAt).toISOString();
  if (deep === undefined)
    return { path, title: DEEP_SECTION, description: '', type: 'website', noindex: true, body: '' };
  const said = DEEP_PARTS.flatMap(({ part }) => deep[part].map(({ claim }) => claim)).join('');
  const thread = catalog.threadOf(storyId);
  const isHere = edition.sections.some(({ items }) => items.some(({ brief }) => brief.storyId === storyId));
  // A story told before is told here: the link leads to our own edition where the archive has it.
  const further = deep.further.map((one) =>
    one.kind === 'earlier' && catalog.places.has(one.date)
      ? { ...one, url: publicUrl(settings.url, editionPath(one.date)) ?? one.url }
      : one,
  );
  const back = `${editionPath(edition.date)}${isHere ? `#${itemAnchor(storyId)}` : ''}`;
  return {
    path,
    title: `${DEEP_SECTION}｜${deep.headline}`,
    description: deep.told.map(({ claim }) => claim).join(''),
    type: 'article',
    cover: edition.date,
    publishedAt: at,
    jsonLd: {
      '@context': 'https://schema.org',
      '@type': 'AnalysisNewsArticle',
      headline: deep.headline,
      url: publicUrl(settings.url, path),
      datePublished: at,
      publisher: { '@type': 'Organization', name: settings.title },
      ...(/^https?:\/\//i.test(deep.url) ? { isBasedOn: deep.url } : {}),
    },
    body: `<p class="standfirst"><a href="${linkFrom(path, DEEP_READS)}">${DEEP_SECTION}</a> · <a href="${linkFrom(path, back)}"><time datetime="${edition.date}">${longDate(edition.date)}</time></a></p>
<h1 class="title">${escapeHtml(deep.headline)}</h1>
<p class="standfirst">原文：<a href="${href(deep.url)}">${escapeHtml(deep.publisher)}</a>。约 ${[...said].length} 字，${deep.writer.startsWith('extractive') ? '都是原文里的句子' : '据原文写成'}。</p>
<article class="deep">
${renderDeepParts({ ...deep, further }, 'h2')}
<p class="meta"><span><a href="${href(deep.url)}">阅读原文</a></span>${thread === undefined ? '' : `<span><a href="${linkFrom(path, storyPath(thread))}">来龙去脉</a></span>`}<span><a href="${linkFrom(path, back)}">回到这一期</a></span></p>
</article>`,
  };
}

/** All deep reads, newest first. Pure. */
export function deepReadsPage({ digests }: Catalog): Page {
  const rows = digests
    .toReversed()
    .flatMap(({ date, deepReads }) =>
      deepReads.map(
        ({ story, headline, publisher }) =>
          `<li><time datetime="${date}">${date}</time><div><a href="${linkFrom(DEEP_READS, deepReadPath({ date, storyId: story }))}">${escapeHtml(headline)}</a> <small>${escapeHtml(publisher)}</small></div></li>`,
      ),
    );
  return {
    path: DEEP_READS,
    title: DEEP_SECTION,
    description: `${rows.length} 篇深读：讲了什么，关键数据，为什么重要，存疑与局限。`,
    type: 'website',
    body: `<h1 class="title">${DEEP_SECTION}</h1>
<p class="standfirst">值得细读的文章：讲了什么，关键数据与事实，为什么重要，存疑与局限。原文没有谈的，就写没有谈。</p>
${rows.length === 0 ? '<p class="block">还没有。</p>' : `<ul class="days">\n${rows.join('\n')}\n</ul>`}`,
  };
}
