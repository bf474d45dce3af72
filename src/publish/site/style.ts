import { PARTS_STYLE } from './style-parts.ts';

/**
 * The one stylesheet of the site. Headlines in the reader's own serif, text in the reader's own sans at 17 px and 1.75
 * lines, no line longer than 38 characters; one red, as a seal on paper, for what is new. No font, no picture is fetched,
 * so nothing shifts.
 */
export const SITE_STYLE = `
:root{--paper:#fdfcf9;--card:#f5f2ea;--ink:#1e1c19;--soft:#655f56;--line:#ddd7ca;--strong:#1e1c19;--accent:#a3281b;
--c1:#a3281b;--c2:#2f6073;--c3:#8a6a1f;--c4:#4d6b3c;--c5:#6d4c7d;--c6:#77706a;color-scheme:light dark;
--serif:"Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","Songti SC",STSong,Georgia,serif;
--sans:"PingFang SC","Noto Sans CJK SC","Noto Sans SC","HarmonyOS Sans SC","Microsoft YaHei",system-ui,sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--card:#211f1c;--ink:#e6e1d7;--soft:#a69f93;--line:#3a3631;
--strong:#8d867a;--accent:#f2917f;--c1:#f2917f;--c2:#83b9cd;--c3:#d6b565;--c4:#9dbd88;--c5:#c3a2d4;--c6:#a69f93}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.75 var(--sans);overflow-wrap:anywhere;
text-autospace:normal;line-break:strict;hanging-punctuation:allow-end;text-wrap:pretty}
.sheet{max-width:67rem;margin:0 auto;padding:0 1.25rem}
a{color:inherit;text-decoration-color:var(--line);text-decoration-thickness:1px;text-underline-offset:.28em}
a:hover{color:var(--accent);text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:1px}
.skip{position:absolute;left:-99rem;background:var(--paper);padding:.5rem 1rem;z-index:1}.skip:focus{left:1rem;top:.5rem}
h1,h2,h3,.name{font-family:var(--serif);font-weight:700;text-wrap:balance}
p,ul,ol,dl,figure{margin:0}ul,ol{padding:0;list-style:none}
small{font-size:.8125rem;color:var(--soft)}
time,.n{font-variant-numeric:tabular-nums}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}

.top{padding-top:1.1rem}
.top .name{margin:0;font-size:1.5rem;line-height:1.3;letter-spacing:.14em}
.top .name a{text-decoration:none}
.top.front{padding-top:2.4rem;text-align:center}
.top.front .name{font-size:clamp(2.9rem,9vw,4.75rem);line-height:1.15;letter-spacing:.16em;margin-right:-.16em;font-weight:900}
.folio{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;margin-top:1.1rem;padding:.4rem 0;
border-top:3px double var(--strong);font-size:.875rem;color:var(--soft)}
@media (max-width:39.99rem){.folio{flex-direction:column;align-items:center}}
.folio h1,.folio p{margin:0;font:inherit;color:var(--ink)}
.bar{border-block:1px solid var(--line);margin-top:.8rem}
.front .bar{margin-top:0;border-top-color:var(--strong)}
.bar ul{display:flex;flex-wrap:wrap;gap:.1rem 1.35rem;padding:.45rem 0;font-size:.9375rem}
.front .bar ul{justify-content:center}
.bar a{display:inline-block;padding:.2rem 0;text-decoration:none}
.bar a[aria-current]{color:var(--accent);box-shadow:inset 0 -2px var(--accent)}
@media (pointer:coarse),(max-width:39.99rem){.bar a{padding:.45rem 0}.bar ul{padding:.2rem 0}.foot a{padding:.5rem 0}}
.bar .gap{flex:0 0 100%;height:0}
@media (min-width:62rem){.bar .gap{flex:1 1 auto}.front .bar .gap{flex:0 0 2rem}}

main{padding:2rem 0 1rem}
.text{max-width:38em}
.title{margin:0 0 .3rem;font-size:clamp(1.6rem,4.5vw,2.15rem);line-height:1.35}
.standfirst{max-width:38em;color:var(--soft)}
main>.standfirst:first-child{margin-bottom:.25rem;font-size:.9375rem}
.text h2,.block h2{margin:2.4rem 0 .6rem;font-size:1.2rem;line-height:1.5}
.text p+p{margin-top:.9em}
.block{margin-top:2.4rem}
.note{padding:.8rem 1rem;background:var(--card);border-left:3px solid var(--accent);font-size:.9375rem}

.foot{margin-top:3.5rem;border-top:3px double var(--strong);padding:1.2rem 0 3rem;font-size:.875rem;color:var(--soft)}
.foot ul{display:flex;flex-wrap:wrap;gap:.1rem 1.3rem;margin-bottom:.5rem}
.foot a{display:inline-block;padding:.15rem 0}
${PARTS_STYLE}
@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#999;--strong:#000;--accent:#000;
--c1:#a3281b;--c2:#2f6073;--c3:#8a6a1f;--c4:#4d6b3c;--c5:#6d4c7d;--c6:#77706a}
.bar,.skip,.side,.foot ul,.turn{display:none}body{font-size:10.5pt}.item{break-inside:avoid}.top.front{padding:0}
.columns{display:block}.more{display:none}}
`;

/** A sun on red, as a seal: the sign 日 drawn in rectangles, so that no font is needed. */
export const SITE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#a3281b"/><path d="M9 6h14v20H9zM9 16h14" fill="none" stroke="#fff" stroke-width="3"/></svg>
`;
