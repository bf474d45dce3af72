import { createServer } from 'node:http';

export type LocalArticle = { slug: string; title: string; text: string; at?: string };

/** A small invented outlet on 127.0.0.1: `/NAME.xml` is a feed, `/NAME/SLUG` an article. Outlets may be changed. */
export async function serveLocalNews(outlets: Record<string, LocalArticle[]>) {
  const server = createServer((request, response) => {
    const [, name = '', slug = ''] = (request.url ?? '').split('/');
    const outlet = outlets[name.replace(/\.xml$/, '')];
    const article = outlet?.find((one) => one.slug === slug);
    const host = `http://${request.headers.host}`;
    if (outlet && name.endsWith('.xml'))
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(feedOf(host, name.slice(0, -4), outlet));
    else if (article)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(article));
    else response.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function feedOf(host: string, name: string, articles: LocalArticle[]): string {
  const items = articles.map(
    ({ slug, title, at }) =>
      `<item><title><![CDATA[${title}]]></title><link>${host}/${name}/${slug}</link><pubDate>${new Date(at ?? Date.now() - 3_600_000).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${name}</title><link>${host}</link><description>d</description>${items.join('')}</channel></rss>`;
}

function pageOf({ title, text }: LocalArticle): string {
  const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const paragraphs = text.split('\n').map((line) => `<p>${line}</p>`);
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${escaped}</title></head><body><article><h1>${escaped}</h1>${paragraphs.join('')}</article></body></html>`;
}
