import type { Catalog } from '../catalog.ts';
import type { EditionDigest } from '../digest.ts';
import { FIGURES } from '../paths.ts';
import type { Page } from './frame.ts';
import { sideBars, stackedBars } from './plot.ts';

/** Half a year of weeks: as many bars as a telephone can show side by side. */
const WEEKS = 26;
/** Names count over this many days before the newest edition, and so many are shown. */
const NAMES = { days: 30, shown: 15 } as const;
const DAY_MS = 86_400_000;

/** What the daily printed, in three plots. Pure. */
export function figuresPage({ digests, sections }: Catalog): Page {
  const weeks = weeksOf(digests);
  const steps = [...weeks.keys()].map((week) => week.slice(5).replace('-', '/'));
  const count = (inIt: readonly EditionDigest[], section: string) =>
    inIt.reduce((sum, { items }) => sum + items.filter((item) => item.section === section).length, 0);
  const rows = [...sections.keys()]
    .map((name) => ({ name, values: [...weeks.values()].map((inIt) => count(inIt, name)) }))
    .filter(({ values }) => values.some((value) => value > 0));
  const noise = [...weeks.values()].map((inIt) => {
    const all = inIt.reduce((sum, { items, leftOut }) => sum + items.length + leftOut, 0);
    const noisy = inIt.reduce((sum, one) => sum + one.noise, 0);
    return all === 0 ? 0 : Math.round((noisy / all) * 100);
  });
  const named = mostNamed(digests);
  return {
    path: FIGURES,
    title: '数据',
    description: '每周各栏目条数、近 30 天提到最多的名字、噪音占候选的几成。',
    type: 'website',
    body: `<h1 class="title">数据</h1>
<section class="block">
<h2>每周各栏目的条数</h2>
${stackedBars({ id: 'p1', title: `近 ${steps.length} 周各栏目的条数`, series: { steps, rows }, unit: ' 条' })}
</section>
<section class="block">
<h2>近 ${NAMES.days} 天提到最多的名字</h2>
${named.length === 0 ? '<p>还没有。</p>' : sideBars({ id: 'p2', title: `近 ${NAMES.days} 天提到最多的名字`, rows: named })}
</section>
<section class="block">
<h2>筛掉的噪音占候选的几成</h2>
<p class="standfirst">候选是当天读到的全部故事；噪音是广告、活动、招聘、转载、汇总、离题与太短的。</p>
${stackedBars({ id: 'p3', title: `近 ${steps.length} 周噪音占候选的百分比`, series: { steps, rows: [{ name: '噪音占比（%）', values: noise }] }, unit: '%', top: 100 })}
</section>`,
  };
}

/** The editions of the last weeks, by the Monday each week begins with; oldest first, empty weeks too. */
function weeksOf(digests: readonly EditionDigest[]): Map<string, EditionDigest[]> {
  const weeks = new Map<string, EditionDigest[]>();
  const last = digests.at(-1);
  if (last === undefined) return weeks;
  const newest = Date.parse(mondayOf(last.date));
  for (let n = WEEKS - 1; n >= 0; n -= 1)
    weeks.set(new Date(newest - n * 7 * DAY_MS).toISOString().slice(0, 10), []);
  for (const digest of digests.slice(-WEEKS * 7)) weeks.get(mondayOf(digest.date))?.push(digest);
  const begun = [...weeks].findIndex(([, inIt]) => inIt.length > 0);
  return new Map([...weeks].slice(begun));
}

function mondayOf(date: string): string {
  const at = Date.parse(date);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

function mostNamed(digests: readonly EditionDigest[]): { name: string; value: number }[] {
  const newest = Date.parse(digests.at(-1)?.date ?? '');
  const counts = new Map<string, number>();
  for (const { date, items } of digests.slice(-NAMES.days)) {
    if (newest - Date.parse(date) >= NAMES.days * DAY_MS) continue;
    for (const name of items.flatMap((item) => item.names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES.shown);
}
