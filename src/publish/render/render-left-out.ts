import type { Edition, Item, LeftOut } from '../../domain/edition.ts';
import type { Reason } from '../../domain/story.ts';
import { PAGE_STYLE } from './page-style.ts';
import { escapeHtml, href } from './render-page.ts';

/** Why candidates are left out, in the order of the page; each with what its reasons begin with. */
const GROUPS: readonly (readonly [title: string, begins: RegExp])[] = [
  ['编辑不要', /^编辑/],
  ['名额已满', /已满|已有 \d+ 条|同题/],
  ['此前已报道', /已报道/],
  ['价值不足', /^价值/],
  ['没有正文', /^没有/],
  ['噪音', /^(广告|活动|招聘|汇总|转载|内容太少)/],
  ['与 AI 无关', /^与 AI 无关/],
];

/**
 * The day's ledger as a page: every candidate with its worth and what it is made of, why it is not in the edition, and
 * the chosen ones for comparison. No script; everything an outlet wrote is escaped. Same edition, same bytes.
 */
export function renderLeftOut(edition: Edition, editionPage: string): string {
  const chosen = edition.sections.reduce((sum, { items }) => sum + items.length, 0);
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>未入选 ${edition.date}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<p class="masthead">未入选</p>
<h1><time datetime="${edition.date}">${edition.date}</time>，第 ${edition.revision} 版</h1>
<p class="tagline">当天全部 ${chosen + edition.leftOut.length} 个故事的账：选了 ${chosen} 个，没选 ${edition.leftOut.length} 个，各有理由。<a href="${encodeURI(editionPage)}">回到这一期</a></p>
</header>
<main>
${renderLeftOutGroups(edition)}
</main>
</body>
</html>
`;
}

/** The ledger's groups alone, for a page that has its own frame. */
export function renderLeftOutGroups(edition: Edition): string {
  const rest = [...edition.leftOut];
  const groups = GROUPS.map(([title, begins]) => ({
    title,
    rows: take(rest, (row) => begins.test(row.why)),
  }));
  const chosen = edition.sections.flatMap(({ name, items }) => items.map((item) => ({ name, item })));
  return `${[...groups, { title: '其他', rows: rest }]
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => group(title, rows.map(leftOutRow)))
    .join('\n')}
${group(
  '入选',
  chosen.toSorted((a, b) => b.item.worth - a.item.worth).map(({ name, item }) => chosenRow(name, item)),
)}`;
}

/** Takes the rows that pass out of the list. */
function take(rows: LeftOut[], passes: (row: LeftOut) => boolean): LeftOut[] {
  const taken = rows.filter(passes);
  rows.splice(0, rows.length, ...rows.filter((row) => !passes(row)));
  return taken;
}

function group(title: string, rows: string[]): string {
  return `<section>
<h2>${title} <small>${rows.length}</small></h2>
<ul class="ledger">
${rows.join('\n')}
</ul>
</section>`;
}

function leftOutRow({ title, url, publisher, section, worth, parts, why }: LeftOut): string {
  return row({ title, url, about: `${publisher} · ${section}`, worth, parts, why });
}

function chosenRow(section: string, { brief, publisher, outlets, worth, parts, followUp }: Item): string {
  const others = outlets.length > 0 ? `，另有 ${outlets.length} 家` : '';
  const fresh = followUp?.newSentence ? `${followUp.label}，新的事实：“${followUp.newSentence}”` : undefined;
  return row({
    title: brief.headline,
    url: brief.url,
    about: `${publisher}${others} · ${section}`,
    worth,
    parts,
    why: fresh,
  });
}

function row(of: {
  title: string;
  url: string;
  about: string;
  worth: number;
  parts: readonly Reason[];
  why: string | undefined;
}): string {
  return `<li><a href="${href(of.url)}" rel="nofollow noopener">${escapeHtml(of.title)}</a>
<p class="why">${escapeHtml(of.about)}</p>${of.why === undefined ? '' : `\n<p class="why">${escapeHtml(of.why)}</p>`}
<details><summary class="points">价值 ${of.worth}</summary>${escapeHtml(sum(of.parts))}</details></li>`;
}

/** `基础分 14 + 2 家独立来源报道 13 − 标题党 3` */
export function sum(parts: readonly Reason[]): string {
  return parts
    .map(({ signal, weight }, at) => {
      const points = Math.abs(Math.round(weight * 10) / 10);
      return `${weight < 0 ? '− ' : at === 0 ? '' : '+ '}${signal} ${points}`;
    })
    .join(' ');
}
