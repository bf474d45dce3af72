import { escapeHtml } from './render-page.ts';

/**
 * Colours of letters, light; mail programs show inline styles only. Those that know dark mode get the dark ones by
 * class from the one style block (it is small: Gmail drops a large one).
 */
export const INK = '#1d1c1a';
export const SOFT = '#6b6760';
export const LINE = '#dcd8cf';
export const ACCENT = '#a5301f';
const PAPER = '#fbfaf7';

/** `p`: paper and ink, `s`: soft words, `r`: red, `l`: lines. Outlook's own marks its dark mode with `data-ogsc`. */
const DARK: readonly [string, string][] = [
  ['.p', 'background:#161615!important;color:#e9e6df!important'],
  ['.p a', 'color:#e9e6df!important'],
  ['.s,.s a', 'color:#a29d93!important'],
  ['.r,.r a', 'color:#f0907f!important'],
  ['.l', 'border-color:#3a3733!important'],
];

const STYLE = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  `@media (prefers-color-scheme:dark){${DARK.map(([who, what]) => `${who}{${what}}`).join('')}}`,
  ...DARK.map(
    ([who, what]) =>
      `${who
        .split(',')
        .map((one) => `[data-ogsc] ${one}`)
        .join(',')}{${what}}`,
  ),
].join('\n');

const FONT = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

/** Shown by mail programs beside the subject, not in the letter itself; the blanks keep what follows out of the list. */
function preheader(text: string): string {
  const blanks = '&#847;&zwnj;&nbsp;'.repeat(40);
  return `<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(text)}${blanks}</div>`;
}

/** One column of at most 640 px on a plain ground, as tables, which is what all mail programs lay out alike. */
export function frameLetter(page: { title: string; preheader: string; body: string }): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(page.title)}</title>
<style>
${STYLE}
</style>
</head>
<body class="p" style="margin:0;padding:0;background:${PAPER};color:${INK}">
${page.preheader === '' ? '' : preheader(page.preheader)}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="p" style="background:${PAPER}">
<tr><td align="center" style="padding:24px 16px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px">
<tr><td class="p" align="left" style="font:16px/1.75 ${FONT};color:${INK};background:${PAPER};word-break:break-word;overflow-wrap:anywhere">
<div role="main">
${page.body}
</div>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}
