import { escapeHtml } from '../../render/render-page.ts';

/** Numbers over the same steps in time, one row of numbers per name. */
export type Series = {
  steps: readonly string[];
  rows: readonly { name: string; values: readonly number[] }[];
};

/** The drawing's own units; it scales with the page. Text is 13 units high. */
const BOX = { width: 720, height: 300, left: 44, right: 8, top: 12, bottom: 30 } as const;
/** A young archive has few bars: they stay bars, and begin at the left. */
const WIDEST_STEP = 64;
/** Colours the style knows; further rows share the last. */
const COLOURS = 6;

/**
 * Bars standing on each other, step by step, as SVG with a title and a description, a key, and a table of the same
 * numbers. Colours come from the stylesheet, so both modes fit. Pure.
 */
export function stackedBars(plot: {
  id: string;
  title: string;
  series: Series;
  unit: string;
  top?: number;
}): string {
  const { id, title, series, unit } = plot;
  const sums = series.steps.map((_, n) => series.rows.reduce((sum, { values }) => sum + (values[n] ?? 0), 0));
  const top = plot.top ?? niceTop(Math.max(1, ...sums));
  const inner = { width: BOX.width - BOX.left - BOX.right, height: BOX.height - BOX.top - BOX.bottom };
  const step = Math.min(WIDEST_STEP, inner.width / Math.max(1, series.steps.length));
  const y = (value: number) => round(BOX.top + inner.height * (1 - value / top));
  const heights = series.steps.map(() => 0);
  const bars = series.rows.map(({ values }, row) =>
    values
      .map((value, n) => {
        const base = heights[n] ?? 0;
        heights[n] = base + value;
        if (value === 0) return '';
        const x = round(BOX.left + step * n + step * 0.14);
        return `<path d="M${x} ${y(base)}h${round(step * 0.72)}V${y(base + value)}h-${round(step * 0.72)}z"/>`;
      })
      .join('')
      .replace(/^(.+)$/s, `<g class="f${Math.min(row + 1, COLOURS)}">$1</g>`),
  );
  const every = Math.ceil(series.steps.length / 9);
  return `<figure>
<div class="plot" role="region" aria-label="${escapeHtml(title)}（图）" tabindex="0">
<svg viewBox="0 0 ${BOX.width} ${BOX.height}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${escapeHtml(title)}</title>
<desc id="${id}-d">${escapeHtml(describe(series, sums, unit))}</desc>
${[0, 0.25, 0.5, 0.75, 1].map((share) => `<path class="axis" d="M${BOX.left} ${y(top * share)}H${BOX.width - BOX.right}"/><text x="${BOX.left - 8}" y="${y(top * share) + 4}" text-anchor="end">${round(top * share)}${unit === '%' ? '%' : ''}</text>`).join('')}
${bars.join('\n')}
${series.steps.map((words, n) => (n % every === 0 ? `<text x="${round(BOX.left + step * (n + 0.5))}" y="${BOX.height - 8}" text-anchor="middle">${escapeHtml(words)}</text>` : '')).join('')}
</svg>
</div>${series.rows.length > 1 ? `\n${renderKey(series)}` : ''}
${renderTable(title, series)}
</figure>`;
}

/** One bar for each name, longest first, with its number. Pure. */
export function sideBars(plot: {
  id: string;
  title: string;
  rows: readonly { name: string; value: number }[];
}): string {
  const { id, title, rows } = plot;
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const height = rows.length * 27 + 8;
  const label = 170;
  const lines = rows.map(({ name, value }, n) => {
    const y = n * 27 + 6;
    const width = round(((BOX.width - label - 60) * value) / most);
    return `<text x="${label - 12}" y="${y + 15}" text-anchor="end">${escapeHtml(shorten(name))}</text><rect class="f2" x="${label}" y="${y}" width="${width}" height="20" rx="1"/><text x="${label + width + 8}" y="${y + 15}">${value}</text>`;
  });
  return `<figure>
<div class="plot" role="region" aria-label="${escapeHtml(title)}（图）" tabindex="0">
<svg viewBox="0 0 ${BOX.width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d">
<title id="${id}-t">${escapeHtml(title)}</title>
<desc id="${id}-d">${escapeHtml(rows.map(({ name, value }) => `${name} ${value}`).join('，'))}</desc>
${lines.join('\n')}
</svg>
</div>
${renderTable(title, { steps: ['条数'], rows: rows.map(({ name, value }) => ({ name, values: [value] })) })}
</figure>`;
}

function renderKey({ rows }: Series): string {
  return `<p class="key">${rows.map(({ name }, n) => `<span><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f${Math.min(n + 1, COLOURS)}" width="10" height="10"/></svg>${escapeHtml(name)}</span>`).join('')}</p>`;
}

/** Steps go down, names across: long times stay readable on a telephone. */
function renderTable(title: string, { steps, rows }: Series): string {
  const turned = steps.length === 1;
  const head = turned ? ['名字', ...steps] : ['时间', ...rows.map(({ name }) => name)];
  const lines = turned
    ? rows.map(({ name, values }) => [name, ...values])
    : steps.map((step, n) => [step, ...rows.map(({ values }) => values[n] ?? 0)]);
  return `<details><summary>看数字：${escapeHtml(title)}</summary>
<div class="scroll" role="region" aria-label="${escapeHtml(title)}（表）" tabindex="0"><table>
<thead><tr>${head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('')}</tr></thead>
<tbody>
${lines.map(([first = '', ...cells]) => `<tr><th scope="row">${escapeHtml(String(first))}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div></details>`;
}

function describe({ steps, rows }: Series, sums: readonly number[], unit: string): string {
  const whole = rows.length > 1 ? `，分 ${rows.map(({ name }) => name).join('、')}` : '';
  return `${steps[0] ?? ''} 至 ${steps.at(-1) ?? ''}，共 ${steps.length} 周${whole}；最少 ${Math.min(...sums)}${unit}，最多 ${Math.max(...sums)}${unit}。`;
}

/** The next of 1, 2, 5, 10 ... (times four, for four even lines) at or above. */
function niceTop(value: number): number {
  for (let size = 1; ; size *= 10)
    for (const step of [1, 2, 2.5, 5]) if (step * size * 4 >= value) return step * size * 4;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Names stand beside the bars: about 12 Chinese or 22 Latin letters fit. */
function shorten(name: string): string {
  return [...name].length > 20 ? `${[...name].slice(0, 19).join('')}…` : name;
}
