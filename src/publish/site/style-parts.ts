/**
 * The parts of pages: items, lists, threads, plots, search. Links that stand in lines carry padding above and below: it
 * moves nothing, but a thumb hits them.
 */
export const PARTS_STYLE = `
.columns{display:grid;gap:0 4rem}
@media (min-width:62rem){.columns{grid-template-columns:minmax(0,42rem) 13rem;justify-content:space-between}}
.side{font-size:.875rem;line-height:1.7}
.side h2{margin:0 0 .5rem;padding-top:.5rem;border-top:2px solid var(--strong);font-size:.9375rem}
.side section+section{margin-top:2rem}
.side li{padding:.2rem 0}.side a{text-decoration:none}.side a:hover{text-decoration:underline}
@media (min-width:62rem){.side>div{position:sticky;top:1.5rem}}
@media (max-width:61.99rem){.side{margin-top:3rem}.side .contents{display:none}}

.standfirst+.columns{margin-top:1.4rem}
.opening{max-width:35em;margin:0 0 1.6rem;padding:.7rem 0 .75rem;border-block:1px solid var(--line);font-family:var(--serif);font-size:1.125rem}
.lead{padding-bottom:.4rem}
.lead .kicker{font-size:.875rem;letter-spacing:.2em;color:var(--accent);font-weight:600}
.lead h2{margin:.15rem 0 .7rem;font-size:clamp(1.75rem,5.4vw,2.6rem);line-height:1.3;letter-spacing:.01em}
.lead h2 a{text-decoration:none}
.lead .tag{vertical-align:.5em}
.lead .summary{font-size:1.1875rem;max-width:35em}
.section>h2{display:flex;align-items:baseline;gap:.7rem;margin:2.6rem 0 0;padding:.45rem 0 0;border-top:2px solid var(--strong);
font-size:1.0625rem;letter-spacing:.16em;color:var(--accent)}
.section>h2 small{letter-spacing:0;font-family:var(--sans);font-weight:400}
.item{padding:1.25rem 0 1.2rem;border-bottom:1px solid var(--line)}
.section .item:last-child{border-bottom:0}
.item h3{margin:0 0 .4rem;font-size:1.3125rem;line-height:1.45}
.item h3 a{text-decoration:none}
.item:target,.lead:target{scroll-margin-top:1rem;box-shadow:-.9rem 0 0 -.7rem var(--accent)}
.summary{max-width:38em}
.before,.meta{margin-top:.5rem;font-size:.875rem;line-height:1.75;color:var(--soft)}
.before{padding-left:.8rem;border-left:2px solid var(--line)}
.corrected{margin-top:.5rem;padding-left:.8rem;border-left:2px solid var(--accent);font-size:.9375rem;line-height:1.7}
.corrections{margin-top:2.6rem}.corrections h2{margin:0 0 .6rem;font-size:1.2rem}.corrections li{margin-top:.5rem;font-size:.9375rem}
.corrections-list{max-width:38em;margin-top:1.6rem}.corrections-list li{padding:1.1rem 0;border-top:1px solid var(--line)}
.corrections-list h2{margin:.2rem 0 .3rem;font-size:1.15rem;line-height:1.5}
.meta{display:flex;flex-wrap:wrap;gap:0 1.1rem}.meta a,.before a{padding-block:.25rem}
@media (pointer:coarse),(max-width:39.99rem){.meta{line-height:2.1}}
.meta .from{color:var(--ink)}
.tag{display:inline-block;margin-right:.55em;padding:0 .45em;border:1px solid currentColor;border-radius:2px;font:400 .8125rem/1.6 var(--sans);
color:var(--accent);vertical-align:.18em;white-space:nowrap}
.mark{border:1px solid var(--line);border-radius:2px;padding:0 .4em}
.turn{display:flex;justify-content:space-between;flex-wrap:wrap;gap:.4rem 2rem;margin-top:2.5rem;padding-top:1rem;
border-top:1px solid var(--line);font-size:.9375rem}

.deep-links li{padding:1rem 0;border-bottom:1px solid var(--line)}.deep-links li:last-child{border-bottom:0}
.deep-links a{font:700 1.1875rem/1.5 var(--serif);text-decoration:none}.deep-links a:hover{text-decoration:underline}
.deeper{padding:0 .5em;border:1px solid var(--accent);border-radius:2px;color:var(--accent);text-decoration:none}
.deep{max-width:38em;margin-top:1.4rem}
.deep h2{margin:2.2rem 0 .5rem;padding-top:.45rem;border-top:2px solid var(--strong);font-size:1.125rem;letter-spacing:.08em;color:var(--accent)}
.deep p{font-size:1.125rem;line-height:1.85}.deep ul{list-style:disc;padding-left:1.2em}.deep li{padding:.2rem 0;font-size:1.0625rem}
.deep .meta{font-size:.9375rem}

.days,.rows{max-width:50rem;margin-top:1.2rem}
.days>li,.rows>li{padding:.55rem 0;border-bottom:1px solid var(--line)}
.days>li{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1.5rem}
@media (min-width:40rem){.days>li,.rows>li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);align-items:baseline;gap:0 1.25rem}}
@media (max-width:39.99rem){.rows time{display:block}.rows .again{display:none}}
@media (min-width:40rem){.rows .again{visibility:hidden}.rows>li>a{margin-block:-.5rem}}
.days time,.rows time{color:var(--soft);font-size:.9375rem}
.rows a,.days a{padding-block:.5rem}.rows a,.days div>a{text-decoration:none}.rows a:hover,.days div>a:hover{text-decoration:underline}
.days small,.rows small{display:inline-block}.days div>a,.rows div>a{margin-right:.6em}
.months{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.2rem 1rem}
.months a{display:block;padding:.35rem 0}
.cloud{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.1rem 1.2rem;margin-top:.6rem}
.cloud a{display:inline-block;padding:.3rem 0;text-decoration:none}.cloud a:hover{text-decoration:underline}
.chips{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;margin-top:1.2rem;font-size:.9375rem}

.thread{margin-top:1.5rem;border-left:2px solid var(--line);padding-left:1.4rem}
.thread>li{position:relative;padding-bottom:2rem}
.thread>li::before{content:"";position:absolute;left:calc(-1.4rem - 6px);top:.6rem;width:10px;height:10px;border-radius:50%;
background:var(--accent);box-shadow:0 0 0 3px var(--paper)}
.thread h2{margin:.1rem 0 .4rem;font-size:1.25rem;line-height:1.45}
.new{max-width:38rem;margin:.6rem 0;padding:.5rem .9rem;background:var(--card);border-left:3px solid var(--accent);font-size:.9375rem}
.outlets{margin-top:.6rem;font-size:.9375rem}.outlets li{padding:.15rem 0}
.outlets b{font-weight:600;margin-right:.6em}

figure{margin-top:1rem;max-width:46rem}
.plot{overflow-x:auto}.plot svg{display:block;width:100%;min-width:34rem;height:auto}
.plot text{fill:var(--soft);font:13px var(--sans)}.plot .axis{stroke:var(--line)}
.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}.f4{fill:var(--c4)}.f5{fill:var(--c5)}.f6{fill:var(--c6)}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;font-size:.875rem}
.key svg{width:.8em;height:.8em;margin-right:.4em}
details{margin-top:.6rem;font-size:.875rem}summary{cursor:pointer}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;line-height:1.6}
th,td{padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
th:first-child,td:first-child{text-align:left;white-space:normal;min-width:7rem}th{font-weight:600}
@media (max-width:39.99rem){th,td{padding-right:.7rem}th:first-child,td:first-child{min-width:5rem}th:last-child,td:last-child{padding-right:0}}

.ledger li>a,summary,.turn a,.side a,.standfirst a,.corrections-list small a,th a{padding-block:.3rem}
.ledger li{padding:.7rem 0;border-bottom:1px solid var(--line)}
.ledger details{margin-top:.1rem;color:var(--soft)}
.text .why,.why{margin:0;font-size:.875rem;color:var(--soft)}

.search{display:flex;gap:.6rem;max-width:38em;margin:1.4rem 0 1rem}
.search[hidden]{display:none}
.search input{flex:1;min-width:0;padding:.6rem .8rem;font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:3px}
.search button,.found-more{padding:.6rem 1.3rem;font:inherit;color:var(--paper);background:var(--ink);border:0;border-radius:3px;cursor:pointer}
.found-more{margin-top:1.2rem}
mark{background:none;color:var(--accent);font-weight:inherit}
.status{min-height:1.75em;color:var(--soft);font-size:.9375rem}
`;
