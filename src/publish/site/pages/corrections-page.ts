import { longDate, monthAndDay } from '../../render/dates.ts';
import { escapeHtml } from '../../render/render-page.ts';
import type { Catalog } from '../catalog.ts';
import type { CorrectionDigest } from '../digest.ts';
import { CORRECTIONS, editionPath, itemAnchor, linkFrom } from '../paths.ts';
import type { Page } from './frame.ts';

/** Everything that was ever corrected or withdrawn, the latest first. Pure. */
export function correctionsPage({ digests }: Catalog): Page {
  const all = digests
    .flatMap(({ date, corrections = [] }) => corrections.map((one) => ({ date, one })))
    .toSorted((a, b) => b.one.at - a.one.at || (a.date < b.date ? 1 : -1));
  return {
    path: CORRECTIONS,
    title: '更正',
    description: `见报之后更正和撤回的 ${all.length} 条，错在哪里。`,
    type: 'website',
    body: `<h1 class="title">更正</h1>
<p class="standfirst">见报之后更正和撤回的内容都列在这里：什么时候，哪一条，错在哪里。</p>
${
  all.length === 0
    ? '<p class="block">还没有更正。</p>'
    : `<ol class="corrections-list">
${all.map(({ date, one }) => renderLine(date, one)).join('\n')}
</ol>`
}`,
  };
}

function renderLine(date: string, { kind, story, on, headline, was, note }: CorrectionDigest): string {
  const to = linkFrom(
    CORRECTIONS,
    `${editionPath(date)}${kind === 'withdrawn' ? '' : `#${itemAnchor(story)}`}`,
  );
  return `<li>
<small><time datetime="${on}">${longDate(on)}</time> · ${kind === 'withdrawn' ? '撤回' : '更正'}，原载 <a href="${to}">${monthAndDay(date)}</a></small>
<h2>${escapeHtml(headline)}</h2>${was === undefined ? '' : `\n<p>原标题：<del>${escapeHtml(was)}</del></p>`}
<p>${escapeHtml(note)}</p>
</li>`;
}
