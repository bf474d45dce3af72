import { beijingTime, NOTICE, paragraphsToHtml, escapeMarkup as safe } from './markup.ts';
import type { SampleArticle, SampleSite } from './sample-schema.ts';

/** What stands around an article: its neighbours on the site. */
export type Around = { site: SampleSite; related: SampleArticle[] };

/** The page of one article on an ordinary site, with all that real pages put around the text. */
export function renderPage(article: SampleArticle, around: Around): string {
  switch (around.site.template) {
    case 'paper':
      return paperPage(article, around);
    case 'blog':
      return blogPage(article, around);
    default:
      return portalPage(article, around);
  }
}

/** The front page: a list of links, nothing else. */
export function renderHome(site: SampleSite, articles: SampleArticle[]): string {
  return `${head(site, site.name, site.tagline)}<body>${notice()}<h1>${safe(site.name)}</h1><ul>${links(articles)}</ul></body></html>`;
}

/** A Chinese news portal: no `<article>`, columns of divs, a tail with the editor's name, comments. */
function portalPage(article: SampleArticle, { site, related }: Around): string {
  return `${head(site, `${article.title}_${site.name}`, article.summary, article)}
<body class="page-detail">
${notice()}
<div class="topbar"><a href="${safe(site.home)}">${safe(site.name)}</a> <span>登录</span> <span>注册</span> <span>下载客户端</span></div>
<div class="nav"><ul>${nav(site)}</ul></div>
<div class="wrap"><div class="main-col">
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/ai/">人工智能</a> &gt; 正文</div>
<h1 class="tit">${safe(article.title)}</h1>
<div class="info"><span class="time">${beijingTime(article.at)}</span> <span class="from">来源：${safe(site.name)}</span> <span class="author">作者：${safe(article.author)}</span> <span class="font">字号：大 中 小</span></div>
<div class="content" id="content">
${paragraphsToHtml(article.paragraphs)}
<p class="editor">（责任编辑：${safe(site.name)}编辑部）</p>
</div>
<div class="statement">免责声明：本文仅供参考，不构成投资建议。转载请注明出处。</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">复制链接</a></div>
<div class="related"><h3>相关阅读</h3><ul>${links(related.slice(0, 5))}</ul></div>
<div class="comments"><h3>网友评论（3）</h3>
<div class="comment"><b>路过的读者</b><p>写得挺清楚，收藏了。</p></div>
<div class="comment"><b>会飞的算盘</b><p>价格再降一点就好了。</p></div>
<div class="comment"><b>明天也写代码</b><p>等一个实测，希望不是只在榜单上好看。</p></div></div>
</div>
<div class="side-col"><h3>24小时热榜</h3><ol>${links(related.slice(0, 8))}</ol><div class="ad">广告位招租 400-000-0000</div></div>
</div>
<div class="footer">关于我们 | 联系我们 | 版权声明 | 友情链接 &copy; 2026 ${safe(site.name)} ${NOTICE}</div>
<script>window.__stat = { page: 'detail', id: '${safe(article.slug)}' };</script>
</body></html>`;
}

/** A blog or an English news site: `<article>` with a byline, a newsletter box, related posts. */
function blogPage(article: SampleArticle, { site, related }: Around): string {
  const zh = site.language === 'zh';
  return `${head(site, `${article.title} | ${site.name}`, article.summary, article)}
<body>
${notice()}
<header class="site-header"><a class="logo" href="${safe(site.home)}">${safe(site.name)}</a><nav><ul>${nav(site)}</ul></nav></header>
<main>
<article class="post">
<header><h1>${safe(article.title)}</h1>
<p class="byline">${zh ? '作者：' : 'By '}<span rel="author">${safe(article.author)}</span> · <time datetime="${new Date(article.at).toISOString()}">${beijingTime(article.at)}</time> · ${zh ? '约 3 分钟' : '3 min read'}</p></header>
<div class="post-body">
${paragraphsToHtml(article.paragraphs)}
</div>
<footer class="post-footer">${zh ? '标签' : 'Filed under'}: ${article.tags.map((tag) => `<a href="/tag">${safe(tag)}</a>`).join(', ')}</footer>
</article>
<aside class="newsletter"><h3>${zh ? '订阅周报' : 'Get the weekly letter'}</h3><p>${zh ? '每周五一封邮件，随时退订。' : 'One e-mail every Friday. Unsubscribe at any time.'}</p><form><input type="email"><button>${zh ? '订阅' : 'Sign up'}</button></form></aside>
<aside class="related"><h3>${zh ? '相关阅读' : 'More from us'}</h3><ul>${links(related.slice(0, 4))}</ul></aside>
</main>
<footer class="site-footer">© 2026 ${safe(site.name)} · ${zh ? '关于 · 隐私' : 'About · Privacy · Cookies'} · ${NOTICE}</footer>
</body></html>`;
}

/** An abstract page of a preprint server. */
function paperPage(article: SampleArticle, { site, related }: Around): string {
  return `${head(site, `[${article.slug}] ${article.title}`, article.summary, article)}
<body>
${notice()}
<div class="header"><a href="${safe(site.home)}">${safe(site.name)}</a> <form><input name="q" placeholder="Search"></form></div>
<div id="content"><div id="abs">
<div class="dateline">[Submitted on ${new Date(article.at).toUTCString().slice(5, 16)}]</div>
<h1 class="title"><span class="descriptor">Title:</span>${safe(article.title)}</h1>
<div class="authors"><span class="descriptor">Authors:</span>${safe(article.author)}</div>
<blockquote class="abstract"><span class="descriptor">Abstract:</span>${safe(article.paragraphs.join(' '))}</blockquote>
<table class="metatable"><tr><td>Subjects:</td><td>${article.tags.map(safe).join('; ')}</td></tr><tr><td>Cite as:</td><td>papers:${safe(article.slug)}</td></tr></table>
</div>
<div class="extra-services"><h2>Access Paper:</h2><ul><li><a href="#">View PDF</a></li><li><a href="#">TeX Source</a></li></ul><h3>Recent</h3><ul>${links(related.slice(0, 3))}</ul></div>
</div>
<footer>${NOTICE}</footer>
</body></html>`;
}

function head(site: SampleSite, title: string, description: string, article?: SampleArticle): string {
  const facts = article
    ? `<meta property="og:type" content="article">
<meta property="og:title" content="${safe(article.title)}">
<meta property="og:site_name" content="${safe(site.name)}">
<meta property="article:published_time" content="${new Date(article.at).toISOString()}">
<meta name="author" content="${safe(article.author)}">
<link rel="canonical" href="${safe(article.url)}">`
    : '';
  return `<!DOCTYPE html>
<html lang="${site.language === 'zh' ? 'zh-CN' : 'en'}"><head>
<meta charset="${site.charset}">
<title>${safe(title)}</title>
<meta name="description" content="${safe(description)}">
${facts}
<link rel="alternate" type="application/rss+xml" href="${safe(site.url)}">
<style>body{font-family:sans-serif;max-width:60rem;margin:auto}.sample-notice{background:#fe9;padding:.3rem}</style>
</head>`;
}

function notice(): string {
  return `<div class="sample-notice" role="note">${NOTICE}</div>`;
}

function nav(site: SampleSite): string {
  return site.nav.map((name) => `<li><a href="/">${safe(name)}</a></li>`).join('');
}

function links(articles: SampleArticle[]): string {
  return articles.map(({ url, title }) => `<li><a href="${safe(url)}">${safe(title)}</a></li>`).join('');
}
