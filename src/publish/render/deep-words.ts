import type { Evidence } from '../../domain/brief.ts';
import { DEEP_PARTS, type DeepRead, type Further, NOT_SAID } from '../../domain/deep-read.ts';
import type { EditionContent, EditionSection, Item } from '../../domain/edition.ts';
import { monthAndDay } from './dates.ts';

/** What the section of deep reads is called, everywhere. */
export const DEEP_SECTION = '深读';

/** One part as readers see it: its name and its sentences; of one the article says nothing for, that. */
export type ShownPart = { name: string; sentences: string[]; isList: boolean };

/** The written parts in reading order. */
export function shownParts(deep: DeepRead): ShownPart[] {
  return DEEP_PARTS.map(({ part, name }) => {
    const claims = deep[part].map(({ claim }: Evidence) => claim);
    return claims.length === 0
      ? { name, sentences: [NOT_SAID], isList: false }
      : { name, sentences: claims, isList: part === 'figures' };
  });
}

/** What stands before a link to read on. */
export function furtherLead(further: Further): string {
  if (further.kind === 'primary') return '一手来源：';
  return further.kind === 'outlet' ? '另见：' : `此前（${monthAndDay(further.date)}）：`;
}

/** The deep read of an item, if it has one. */
export function deepReadFor({ deepReads = [] }: EditionContent, { brief }: Item): DeepRead | undefined {
  return deepReads.find(({ storyId }) => storyId === brief.storyId);
}

/** The sections, and the deep reads as one more at the end, each as an item: for outlets that know items only. */
export function sectionsWithDeepReads({ sections, deepReads = [] }: EditionContent): EditionSection[] {
  return deepReads.length === 0
    ? sections
    : [...sections, { name: DEEP_SECTION, items: deepReads.map(asItem) }];
}

function asItem(deep: DeepRead): Item {
  const { storyId, articleId, url, headline, publisher, further, writer } = deep;
  const summary = shownParts(deep)
    .map(({ name, sentences }) => `【${name}】${sentences.join('')}`)
    .join('');
  const primary = further.find(({ kind }) => kind === 'primary');
  const outlets = further.filter(({ kind }) => kind === 'outlet');
  return {
    brief: {
      storyId,
      articleId,
      url,
      headline: `深读｜${headline}`,
      summary,
      marks: [],
      evidence: [],
      writer,
    },
    worth: 0,
    publisher,
    outlets: outlets.map(({ label, url: address }) => ({ name: label, url: address, title: '' })),
    parts: [],
    ...(primary === undefined ? {} : { primary: { label: primary.label, url: primary.url } }),
  };
}
