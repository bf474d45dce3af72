/** The page's whole style: one column set for Chinese reading, calm, in both modes, and for print. */
export const PAGE_STYLE = `
:root{--paper:#fbfaf7;--ink:#1d1c1a;--soft:#6b6760;--line:#dcd8cf;--accent:#a5301f;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--paper:#161615;--ink:#e9e6df;--soft:#a29d93;--line:#3a3733;--accent:#f0907f}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:42rem;padding:2.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
font:1.0625rem/1.85 "Noto Serif CJK SC","Source Han Serif SC","Songti SC",STSong,SimSun,Georgia,serif;
overflow-wrap:anywhere;text-autospace:normal}
a{color:inherit;text-decoration-color:var(--line);text-underline-offset:.25em}
a:hover,a:focus-visible{color:var(--accent);text-decoration-color:currentColor}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
header{border-top:4px solid var(--ink);padding-top:1rem}
.masthead{margin:0;font-size:2.6rem;line-height:1.2;font-weight:700;letter-spacing:.12em}
h1{margin:.35rem 0 0;font-size:1.05rem;font-weight:400;color:var(--soft)}
.tagline{margin:1.1rem 0;color:var(--soft);font-size:.95rem;line-height:1.75}
.opening{margin:1.1rem 0;font-size:1.125rem}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;margin:0;padding:.7rem 0;
border-block:1px solid var(--line);font-size:.95rem}
nav small{color:var(--soft)}
h2{margin:2.6rem 0 .4rem;font-size:1.05rem;letter-spacing:.2em;color:var(--accent)}
article{padding:1.05rem 0 1rem;border-bottom:1px solid var(--line)}
section article:last-child{border-bottom:0}
h3{margin:0 0 .35rem;font-size:1.28rem;line-height:1.45;text-wrap:balance}
h3 a{text-decoration:none}
article p{margin:0}
.corrected{margin-top:.45rem;padding-left:.7rem;border-left:2px solid currentColor;font-size:.9375rem;line-height:1.7}
.deep h4{margin:1rem 0 .15rem;font-size:1rem}.deep ul{margin:0;padding-left:1.2em}
.before,.from{margin-top:.45rem;font-size:.875rem;line-height:1.7;color:var(--soft)}
.from{display:flex;flex-wrap:wrap;gap:0 1.1rem}
.thread{margin-right:.5em;padding:.05em .4em;border:1px solid var(--accent);border-radius:2px;font-size:.8rem;font-weight:400;
color:var(--accent);vertical-align:.15em;white-space:nowrap}
.mark{border:1px solid var(--line);border-radius:2px;padding:0 .4em}
.why{margin:.2rem 0 0;font-size:.875rem;line-height:1.7;color:var(--soft)}
.points{font-variant-numeric:tabular-nums}
.ledger li{padding:.6rem 0;border-bottom:1px solid var(--line)}.ledger{list-style:none;margin:0;padding:0}
.ledger details{font-size:.875rem;color:var(--soft)}.ledger summary{cursor:pointer}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
@media print{body{max-width:none;background:#fff;color:#000}nav,.skip{display:none}article{break-inside:avoid}}
`;
