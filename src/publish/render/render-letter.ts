import type { EditionContent, Item } from '../../domain/edition.ts';
import { longDate, monthAndDay } from './dates.ts';
import { sectionsWithDeepReads } from './deep-words.ts';
import { titleParts } from './edition-title.ts';
import { fitTitle } from './fit-title.ts';
import { correctedWords, headlineOf, linkTarget, NO_LINK, oneLine } from './item-words.ts';
import { ACCENT, frameLetter, INK, LINE, SOFT } from './letter-frame.ts';
import { PLAIN_GAP, plainDialect } from './plain-dialect.ts';
import { escapeHtml } from './render-page.ts';
import { bytesOf, startOf } from './split-edition.ts';

/** The edition as a letter, the same for every reader: what is personal is put in between when it is sent. */
export type LetterText = {
  subject: string;
  /** Plain text: before and after the personal lines. */
  text: [string, string];
  /** HTML, likewise. */
  html: [string, string];
};

/**
 * Gmail hides what is behind some 102 KB of HTML, the way out included. Below it with room for the personal lines and
 * for what mail servers add.
 */
export const MOST_HTML_BYTES = 92_000;
/** A list of letters shows some thirty characters; the rest of the headlines stands beside it in grey. */
const SUBJECT_CHARS = 40;
const PREHEADER_CHARS = 120;
/** Longer than these are mistakes or attacks. */
const HEADLINE_CHARS = 120;
const NAME_CHARS = 40;
const LEAD_CHARS = 600;

/**
 * Pure: same edition, same letter. Everything outlets wrote is escaped; nothing remote is in it, no picture, no counter.
 * When the HTML would be clipped, items of least worth are shown as headlines, and the letter says so; the plain text
 * has every item whole. `page`: where a browser shows this edition.
 */
export function renderLetter(edition: EditionContent, { page }: { page?: string } = {}): LetterText {
  const content = { ...edition, sections: sectionsWithDeepReads(edition) };
  const subject = fitTitle(oneLine(content.title), (one) => one.length <= SUBJECT_CHARS) || content.date;
  return {
    subject,
    text: [plainLetter(content, page), PLAIN_FOOT],
    html: htmlLetter(content, subject, page),
  };
}

const PLAIN_FOOT = '由程序选编，标题与摘要据原文写成，以原文为准。\n';
const PLAIN = plainDialect(() => true);

/** What stands between the date and the first section. */
function leadOf(content: EditionContent): string[] {
  const lead = [content.tagline, content.opening ?? ''];
  return lead.filter((words) => words.trim() !== '').map((words) => startOf(oneLine(words), LEAD_CHARS));
}

function plainLetter(content: EditionContent, page: string | undefined): string {
  const blocks = [
    oneLine(content.title),
    longDate(content.date),
    ...leadOf(content),
    ...content.sections.flatMap(({ name, items }) => [PLAIN.section(name), ...items.map(PLAIN.item)]),
    ...(page === undefined ? [] : [`在网页上看：${page}`]),
  ];
  return `${blocks.join(PLAIN_GAP)}${PLAIN_GAP}`;
}

/** How an item is shown: whole, as headline and link, or not at all. */
type Form = 'whole' | 'headline' | 'none';

function htmlLetter(content: EditionContent, subject: string, page: string | undefined): [string, string] {
  const items = content.sections.flatMap((section) => section.items);
  const shown = formsThatFit(items, bytesOf(frameOf([], new Map(), content, subject, page).join('')));
  const rows = content.sections.flatMap(({ name, items: own }) => {
    const seen = own.filter((item) => shown.get(item) !== 'none');
    return seen.length === 0 ? [] : [sectionRow(name), ...seen.map((item) => rowOf(item, shown.get(item)))];
  });
  return frameOf(rows, shown, content, subject, page);
}

/** Which items are shown how, so that all of it stays within what mail programs show. Least worth gives way first. */
function formsThatFit(items: readonly Item[], frameBytes: number): Map<Item, Form> {
  const shown = new Map<Item, Form>(items.map((item) => [item, 'whole']));
  const sections = new Set(items).size * bytesOf(sectionRow('栏'.repeat(NAME_CHARS)));
  const byWorth = items.toSorted((a, b) => a.worth - b.worth);
  const size = (item: Item, form: Form) => bytesOf(rowOf(item, form));
  let total = frameBytes + Math.min(sections, SECTIONS_BYTES);
  for (const item of items) total += size(item, 'whole');
  for (const form of ['headline', 'none'] as const)
    for (const item of byWorth) {
      if (total <= MOST_HTML_BYTES) return shown;
      total += size(item, form) - size(item, shown.get(item) ?? 'whole');
      shown.set(item, form);
    }
  return shown;
}
/** Room for the names of the sections: there are a handful. */
const SECTIONS_BYTES = 4000;

function frameOf(
  rows: readonly string[],
  shown: ReadonlyMap<Item, Form>,
  content: EditionContent,
  subject: string,
  page: string | undefined,
): [string, string] {
  const { name, headlines } = titleParts(oneLine(content.title));
  const all = content.sections.flatMap((section) => section.items);
  const count = (form: Form) => [...shown.values()].filter((one) => one === form).length;
  const link = page === undefined ? '' : anchor(escapeHtml(page), '在网页上看全部', SOFT);
  const soft = (html: string) =>
    html === '' ? '' : `<p class="s" style="margin:0 0 8px;font-size:13px;color:${SOFT}">${html}</p>`;
  const short = [
    count('headline') > 0 ? `为不被邮箱截断，${count('headline')} 条只列标题` : '',
    count('none') > 0 ? `${count('none')} 条没有列出` : '',
  ].filter((words) => words !== '');
  const note = short.length === 0 ? '' : soft(`${short.join('，')}；本信的纯文本部分是全的。${link}`);
  const rest = headlines.filter((headline) => !subject.includes(headline));
  const body = `<h1 class="l" style="margin:0;padding-top:14px;border-top:4px solid ${INK};font-size:28px;line-height:1.3;font-weight:bold;letter-spacing:2px">${escapeHtml(startOf(name.replace(/：$/u, '') || 'AI日报', NAME_CHARS))}</h1>
<p class="s" style="margin:4px 0 16px;font-size:14px;color:${SOFT}">${longDate(content.date)} · ${all.length - (content.deepReads?.length ?? 0)} 条</p>
${leadOf(content)
  .map(
    (words) => `<p class="s" style="margin:0 0 12px;font-size:14px;color:${SOFT}">${escapeHtml(words)}</p>`,
  )
  .join('\n')}
${note}${rows.join('\n')}
<div class="l" style="margin-top:36px;padding-top:12px;border-top:1px solid ${LINE}"></div>
${note}${soft(link)}`;
  const foot = soft('由程序选编，标题与摘要据原文写成，以原文为准。');
  const whole = frameLetter({
    title: startOf(oneLine(content.title), 200),
    preheader: startOf((rest.length > 0 ? rest : headlines.slice(1)).join('；'), PREHEADER_CHARS),
    body: `${body}${HERE}${foot}`,
  });
  return cutHere(whole);
}

/** Cut where the personal lines go. What outlets wrote cannot hold the mark, for its signs are escaped there. */
function cutHere(html: string): [string, string] {
  const at = html.lastIndexOf(HERE);
  return [html.slice(0, at), html.slice(at + HERE.length)];
}
/** Where the personal lines go. */
const HERE = '<personal>';

function sectionRow(name: string): string {
  return `<h2 class="r" style="margin:36px 0 0;font-size:15px;letter-spacing:3px;color:${ACCENT}">${escapeHtml(startOf(oneLine(name), NAME_CHARS))}</h2>`;
}

function rowOf(item: Item, form: Form | undefined): string {
  if (form === 'none') return '';
  const { brief, publisher, outlets, followUp, course = [], primary } = item;
  const headline = escapeHtml(startOf(oneLine(headlineOf(item)), HEADLINE_CHARS));
  const words = (text: string) => escapeHtml(oneLine(text));
  const aside = (name: string, url: string) => linked(url, words(startOf(name, NAME_CHARS)), SOFT);
  const head = `<h3 style="margin:18px 0 4px;font-size:17px;line-height:1.5">${linked(brief.url, headline, INK)}</h3>`;
  if (form === 'headline') return head;
  const more = [
    linked(brief.url, '阅读原文', SOFT),
    ...(primary === undefined ? [] : [aside(primary.label, primary.url)]),
    ...(publisher === '' ? [] : [words(startOf(publisher, NAME_CHARS))]),
    ...(outlets.length > 0 ? [`另见 ${outlets.map(({ name, url }) => aside(name, url)).join('、')}`] : []),
    ...(followUp === undefined
      ? []
      : [
          `此前（${monthAndDay(followUp.date)}）${linked(followUp.url, words(startOf(followUp.headline, HEADLINE_CHARS)), SOFT)}`,
        ]),
    ...course.map(({ date, headline, url }) => `${monthAndDay(date)} ${aside(headline, url)}`),
  ];
  return `${head}
<p style="margin:0">${words(brief.summary)}${words(correctedWords(item))}</p>
<p class="s" style="margin:2px 0 0;font-size:13px;color:${SOFT}">${more.join(' · ')}</p>`;
}

/** `html` as a link; only the words where there is no address. */
function linked(url: string, html: string, colour: string): string {
  const target = linkTarget(url);
  return target === NO_LINK ? html : anchor(escapeHtml(target), html, colour);
}

function anchor(href: string, html: string, colour: string): string {
  const line = colour === INK ? ';text-decoration:none' : '';
  return `<a href="${href}" style="color:${colour}${line}">${html}</a>`;
}

/** What only one reader's copy says: how to leave. */
export function personalLines(leaveUrl: string): { html: string; text: string } {
  const words = '您收到这封信，是因为这个地址订阅并确认过。';
  return {
    html: `<p class="s" style="margin:0 0 8px;font-size:13px;color:${SOFT}">${words}${anchor(escapeHtml(leaveUrl), '退订', SOFT)}</p>`,
    text: `${words}退订：${leaveUrl}\n`,
  };
}

/** The letter with its personal lines, which may be empty. */
export function withPersonal(
  letter: LetterText,
  { html, text }: { html: string; text: string },
): { subject: string; html: string; text: string } {
  return {
    subject: letter.subject,
    html: letter.html.join(html),
    text: letter.text.join(text),
  };
}

/** What a short letter says: a title, lines, and perhaps something to press. */
type Note = { title: string; lines: readonly string[]; button?: { url: string; words: string } };

/** A short letter of the newsroom's own. */
export function renderNote(note: Note): { subject: string; html: string; text: string } {
  return withPersonal(noteLetter(note), { html: '', text: '' });
}

/** A short letter to many readers: what is personal is put in at its end. */
export function noteLetter(note: Note): LetterText {
  const title = startOf(oneLine(note.title), 100);
  const lines = note.lines.map((line) => startOf(oneLine(line), LEAD_CHARS));
  const { button } = note;
  const press =
    button === undefined
      ? ''
      : `<p style="margin:24px 0"><a class="l" href="${escapeHtml(button.url)}" style="display:inline-block;padding:10px 24px;border:1px solid ${INK};color:${INK};text-decoration:none">${escapeHtml(button.words)}</a></p>
<p class="s" style="font-size:13px;color:${SOFT}">按不了的话，把这个地址放进浏览器：<br>${escapeHtml(button.url)}</p>`;
  const body = `<h1 style="margin:0 0 16px;font-size:20px">${escapeHtml(title)}</h1>
${lines.map((line) => `<p style="margin:0 0 12px">${escapeHtml(line)}</p>`).join('\n')}
${press}${HERE}`;
  const plain = [title, ...lines, ...(button === undefined ? [] : [`${button.words}：${button.url}`])];
  return {
    subject: title,
    html: cutHere(frameLetter({ title, preheader: lines[0] ?? '', body })),
    text: [plain.join(PLAIN_GAP) + PLAIN_GAP, ''],
  };
}
