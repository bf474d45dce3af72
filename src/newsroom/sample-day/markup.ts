/** What every sample page and feed says of itself. */
export const NOTICE = '本页为虚构示例 / invented sample';

/** Text made safe for HTML and XML, in content and in attributes. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Authored paragraphs as HTML: `## ` a heading, `> ` a quotation, `$ ` code, else a paragraph. */
export function paragraphsToHtml(paragraphs: string[]): string {
  return paragraphs
    .map((line) => {
      if (line.startsWith('## ')) return `<h2>${escapeMarkup(line.slice(3))}</h2>`;
      if (line.startsWith('> ')) return `<blockquote><p>${escapeMarkup(line.slice(2))}</p></blockquote>`;
      if (line.startsWith('$ ')) return `<pre><code>${escapeMarkup(line.slice(2))}</code></pre>`;
      return `<p>${escapeMarkup(line)}</p>`;
    })
    .join('\n');
}

/** Beijing wall clock, `2026-03-10 09:20`. */
export function beijingTime(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
