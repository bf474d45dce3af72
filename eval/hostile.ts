import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { parse, parseAllDocuments } from 'yaml';
import type { Edition } from '../src/domain/edition.ts';
import { openOutlet } from '../src/publish/channels/registry.ts';
import { renderCover } from '../src/publish/cover/render-cover.ts';
import { renderFeeds } from '../src/publish/feeds/render-feeds.ts';
import { PRESETS, renderForPreset } from '../src/publish/render/markdown-presets.ts';
import { renderLeftOut } from '../src/publish/render/render-left-out.ts';
import { renderPage } from '../src/publish/render/render-page.ts';
import { buildSite } from '../src/publish/site/build-site.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { hostileEdition } from '../test/support/hostile-edition.ts';
import { archiveOf } from '../test/support/invented-archive.ts';
import type { Question } from './question.ts';
import { hostileTexts } from './sets/hostile-texts.ts';

/** A text stands in some eighty places of an edition: longer ones only make the browser slow. */
const MOST_CHARS = 8000;

/** What our pages consist of; whatever else stands in one came out of a text. */
const ELEMENTS =
  'html head meta title link style script body div a header p h1 h2 h3 time nav ul ol li small main aside section article span b em del br footer figure svg desc path text rect g details summary table thead tbody tr th td noscript form label input button dl dt dd'.split(
    ' ',
  );

/** Runs in the page, as text: this program knows no documents. What is wrong with a document, empty when nothing is. */
const JUDGE_HTML = `(html) => {
  const known = new Set(${JSON.stringify(ELEMENTS)});
  const wrong = [];
  for (const element of new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')) {
    if (!known.has(element.localName)) wrong.push('<' + element.localName + '>');
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) wrong.push(name);
      if (/^(?:href|src|action)$/.test(name) && /^\\s*(?!https?:|mailto:)[a-z][a-z\\d+.-]*:/i.test(value)) wrong.push(value);
    }
    if (element.localName === 'script')
      if (element.type === 'application/ld+json') JSON.parse(element.textContent);
      else if (!/^(?:\\.\\.\\/)*assets\\/search-[0-9a-f]+\\.js$/.test(element.getAttribute('src') ?? '')) wrong.push('script');
  }
  return wrong.slice(0, 3).join(' ');
}`;
const JUDGE_XML = `(xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent.slice(0, 200) ?? ''`;

const MESSAGES = {
  feishu: { webhook: 'https://a.example' },
  dingtalk: { webhook: 'https://a.example' },
  wecom: { webhook: 'https://a.example' },
  telegram: { token: 't', chat: 'c' },
  slack: { webhook: 'https://a.example' },
  discord: { webhook: 'https://a.example' },
  webhook: { url: 'https://a.example' },
  ntfy: { topic: 't' },
  bark: { key: 'k' },
  wechat: { appId: 'a', secret: 's', links: 'mp' },
  juejin: { permitted: true, cookie: 'c', tags: ['t'] },
};

/**
 * Texts made to break programs, as headlines, summaries, names of sources and everything else an outlet or an editor
 * writes, through every renderer: how many come out as words. Pages and XML are read by a browser, which also loads them
 * and would run what is there.
 */
export const hostile: Question = async ({ data, say }) => {
  const sets = await hostileTexts(join(data, 'hostile'));
  const texts = Object.values(sets).flatMap((set) => (set ?? []).map((text) => text.slice(0, MOST_CHARS)));
  const browser = await launchChromium();
  const page = await browser.newPage();
  const ran: string[] = [];
  page.on('dialog', async (dialog) => {
    ran.push(dialog.message());
    await dialog.dismiss();
  });
  await page.route('**/*', (route) => route.abort());
  const broken = new Map<string, number>();
  const blame = (what: string, text: string, why: string) => {
    broken.set(what, (broken.get(what) ?? 0) + 1);
    if ((broken.get(what) ?? 0) <= 5) say(`${what}: ${why}  ←  ${JSON.stringify(text).slice(0, 160)}`);
  };
  /** Whatever hangs is broken, too. */
  const LONGEST_MS = 30_000;
  const check = async (
    what: string,
    text: string,
    work: () => Promise<string | undefined> | string | undefined,
  ) => {
    try {
      const why = await Promise.race([
        work(),
        sleep(LONGEST_MS, undefined, { ref: false }).then(() => 'hangs'),
      ]);
      if (why) blame(what, text, why);
    } catch (error) {
      blame(what, text, String(error).slice(0, 200));
    }
  };
  for (const [n, text] of texts.entries()) {
    if (n % 100 === 0) say(`${n} of ${texts.length}`);
    const edition = hostileEdition(n, text);
    const html = (what: string, source: string) => check(what, text, () => judgedHtml(page, source));
    await html('page', renderPage(edition));
    await html('page.leftOut', renderLeftOut(edition, 'x.html'));
    for (const preset of PRESETS)
      await check(`markdown.${preset}`, text, () => judgedMarkdown(edition, preset));
    for (const [file, content] of renderFeeds([edition], {
      name: text || 'x',
      url: 'https://d.example',
      page: '{date}.html',
    }))
      await check('feeds', text, () =>
        file.endsWith('.json') ? judgedJson(content) : judgedXml(page, content),
      );
    for (const [kind, config] of Object.entries(MESSAGES))
      await check(`message.${kind}`, text, () => judgedMessages(page, kind, config, edition));
    await check('cover', text, async () => {
      const png = await renderCover(edition, 'share');
      return Buffer.from(png.subarray(1, 4)).toString() === 'PNG' ? '' : 'no picture';
    });
  }
  const site = await builtSite(texts);
  for (const [path, content] of site)
    await check('site', path, () =>
      path.endsWith('.html')
        ? judgedHtml(page, content)
        : path.endsWith('.xml')
          ? judgedXml(page, content)
          : path.endsWith('.json')
            ? judgedJson(content)
            : '',
    );
  await browser.close();
  for (const words of ran.slice(0, 5)) say(`ran: ${words}`);
  const figures = Object.fromEntries([...broken].map(([what, count]) => [`broken.${what}`, count]));
  return {
    cases: texts.length,
    figures: {
      ...Object.fromEntries(Object.entries(sets).map(([name, set]) => [`texts.${name}`, set?.length ?? 0])),
      siteFiles: site.size,
      ...figures,
      ran: ran.length,
      broken: [...broken.values()].reduce((sum, one) => sum + one, 0),
    },
    absent: Object.entries(sets).flatMap(([name, set]) => (set === undefined ? [name] : [])),
  };
};

/** Read as a document, and loaded, so that what can run runs. */
async function judgedHtml(page: Page, html: string): Promise<string> {
  await page.setContent(html, { waitUntil: 'domcontentloaded' });
  return page.evaluate<string>(`(${JUDGE_HTML})(${JSON.stringify(html)})`);
}

async function judgedXml(page: Page, xml: string): Promise<string> {
  return page.evaluate<string>(`(${JUDGE_XML})(${JSON.stringify(xml)})`);
}

function judgedJson(text: string): string {
  JSON.parse(text);
  return text.isWellFormed() ? '' : 'half of a pair of surrogates';
}

/** The front matter is one document of YAML 1.1 and 1.2, and the body opens no tag. */
function judgedMarkdown(edition: Edition, preset: (typeof PRESETS)[number]): string {
  const { content } = renderForPreset(edition, preset, '2026-03-10T08:00:00+08:00');
  const [, front = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(content) ?? [];
  for (const version of ['1.1', '1.2'] as const) {
    const read: unknown = parse(front, { version });
    if (typeof read !== 'object' || read === null || !('title' in read)) return 'front matter';
    if (parseAllDocuments(front, { version }).length !== 1) return 'more than one document';
  }
  const tag = /(?<!\\)<[a-z!/?][^>]*>/i.exec(body)?.[0];
  if (tag !== undefined) return tag;
  return preset !== 'plain' && preset !== 'obsidian' && preset !== 'astro' && /\{\{|\{%/.test(body)
    ? 'a template'
    : '';
}

async function judgedMessages(page: Page, kind: string, config: object, edition: Edition): Promise<string> {
  const outlet = openOutlet({ kind, ...config });
  if (outlet.form !== 'messages') return 'no outlet of messages';
  const parts = [
    ...outlet.compose(edition),
    ...(outlet.notice ? [outlet.notice(edition.title, [edition.tagline, edition.title])] : []),
  ];
  if (parts.length === 0) return 'nothing to send';
  for (const { body } of parts) {
    const why = judgedJson(body);
    if (why !== '') return why;
    if (/<at id=all>|"@everyone"|<!channel>|<!here>/.test(kind === 'webhook' ? '' : body))
      return 'calls everybody';
    const { articles = [] } = JSON.parse(body);
    for (const { content } of kind === 'wechat' ? articles : []) {
      const wrong = await judgedHtml(page, content);
      if (wrong !== '') return wrong;
    }
  }
  return '';
}

async function builtSite(texts: readonly string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const editions = new Map(
    texts.map((text, n) => {
      const edition = hostileEdition(n, text);
      return [edition.date, () => edition] as const;
    }),
  );
  const settings = { title: 'AI日报', url: 'https://d.example', feeds: true, covers: true };
  await buildSite(
    {
      read: async (path) => files.get(path),
      write: async (path, content) => void files.set(path, typeof content === 'string' ? content : ''),
      settle: async () => {},
      remove: async (path) => void files.delete(path),
    },
    archiveOf(editions),
    settings,
    'v1',
  );
  return files;
}
