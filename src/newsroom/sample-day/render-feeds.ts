import { NOTICE, paragraphsToHtml, escapeMarkup as safe } from './markup.ts';
import type { SampleArticle, SampleSite } from './sample-schema.ts';

/** A feed as it goes over the wire, before its charset. */
export type RenderedFeed = { contentType: string; text: string };

/** The site's feed with these articles, newest first. */
export function renderFeed(site: SampleSite, articles: SampleArticle[]): RenderedFeed {
  const newest = articles.toSorted((a, b) => b.at - a.at || a.key.localeCompare(b.key));
  switch (site.feed) {
    case 'rss-short':
    case 'rss-full': {
      const text = rss(site, newest);
      return { contentType: 'application/rss+xml', text: site.trouble === 'malformed' ? damage(text) : text };
    }
    case 'atom':
      return { contentType: 'application/atom+xml', text: atom(site, newest) };
    case 'rdf':
      return { contentType: 'application/rdf+xml', text: rdf(site, newest) };
    case 'json':
      return { contentType: 'application/feed+json', text: jsonFeed(site, newest) };
  }
}

/**
 * Makes an RSS feed as broken as hand-made ones are: bare ampersands, a `<category>` and a `<br>` that nobody
 * closes, and an end cut off. A forgiving reader still finds every item.
 */
function damage(text: string): string {
  return text
    .replaceAll(/&amp;(?!amp;)/g, '&')
    .replaceAll('</category>', '')
    .replace('</description>', '<br></description>')
    .replace(/<\/channel>\s*<\/rss>\s*$/, '');
}

function rss(site: SampleSite, articles: SampleArticle[]): string {
  const items = articles.map(
    (article) => `<item>
<title>${safe(article.title)}</title>
<link>${safe(article.url)}</link>
<guid isPermaLink="${site.wechat ? 'true' : 'false'}">${safe(site.wechat ? article.url : article.key)}</guid>
<pubDate>${new Date(article.at).toUTCString()}</pubDate>
<dc:creator>${safe(article.author)}</dc:creator>
${article.tags.map((tag) => `<category>${safe(tag)}</category>`).join('\n')}
<description>${safe(article.summary)}</description>
${site.feed === 'rss-full' ? `<content:encoded><![CDATA[${paragraphsToHtml(article.paragraphs)}]]></content:encoded>` : ''}
</item>`,
  );
  return `<?xml version="1.0" encoding="${site.charset.toUpperCase()}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${safe(site.name)}</title>
<link>${safe(site.home)}</link>
<atom:link href="${safe(site.url)}" rel="self" type="application/rss+xml"/>
<description>${safe(`${site.tagline}（${NOTICE}）`)}</description>
<language>${languageTag(site)}</language>
<ttl>60</ttl>
${items.join('\n')}
</channel>
</rss>
`;
}

function atom(site: SampleSite, articles: SampleArticle[]): string {
  const entries = articles.map(
    (article) => `<entry>
<id>${safe(article.wechat?.token ?? `tag:${new URL(site.home).host},2026:${article.slug}`)}</id>
<title type="text">${safe(article.title)}</title>
<link rel="alternate" type="text/html" href="${safe(article.url)}"/>
<published>${isoTime(article.at)}</published>
<updated>${isoTime(article.at)}</updated>
<author><name>${safe(article.author)}</name></author>
${article.tags.map((tag) => `<category term="${safe(tag)}"/>`).join('\n')}
<summary type="html">${safe(`<p>${safe(article.summary)}</p>`)}</summary>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${languageTag(site)}">
<id>${safe(site.home)}</id>
<title>${safe(site.name)}</title>
<subtitle>${safe(`${site.tagline}（${NOTICE}）`)}</subtitle>
<link rel="self" href="${safe(site.url)}"/>
<link rel="alternate" href="${safe(site.home)}"/>
<updated>${isoTime(articles[0]?.at ?? 0)}</updated>
${entries.join('\n')}
</feed>
`;
}

function rdf(site: SampleSite, articles: SampleArticle[]): string {
  const list = articles.map((article) => `<rdf:li rdf:resource="${safe(article.url)}"/>`);
  const items = articles.map(
    (article) => `<item rdf:about="${safe(article.url)}">
<title>${safe(article.title)}</title>
<link>${safe(article.url)}</link>
<description>${safe(`<p>${safe(article.paragraphs.join(' '))}</p>`)}</description>
<dc:creator>${safe(article.author)}</dc:creator>
<dc:date>${isoTime(article.at)}</dc:date>
${article.tags.map((tag) => `<dc:subject>${safe(tag)}</dc:subject>`).join('\n')}
</item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="${safe(site.url)}">
<title>${safe(site.name)}</title>
<link>${safe(site.home)}</link>
<description>${safe(`${site.tagline} (${NOTICE})`)}</description>
<items><rdf:Seq>
${list.join('\n')}
</rdf:Seq></items>
</channel>
${items.join('\n')}
</rdf:RDF>
`;
}

function jsonFeed(site: SampleSite, articles: SampleArticle[]): string {
  return JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: site.name,
      home_page_url: site.home,
      feed_url: site.url,
      description: `${site.tagline}（${NOTICE}）`,
      language: languageTag(site),
      items: articles.map((article) => ({
        id: article.wechat?.token ?? article.url,
        url: article.url,
        title: article.title,
        summary: article.summary,
        content_text: article.summary,
        date_published: isoTime(article.at),
        authors: [{ name: article.author }],
        tags: article.tags,
      })),
    },
    null,
    1,
  );
}

function languageTag(site: SampleSite): string {
  return site.language === 'zh' ? 'zh-CN' : 'en';
}

function isoTime(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
