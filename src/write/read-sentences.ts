import { visibleLength } from '../text/length.ts';
import { withoutByline, withoutCounts } from '../text/outlet-prose.ts';
import { sentencesOf } from '../text/sentences.ts';
import { alike } from './alike.ts';
import { withoutLink, withoutTornEnd } from './source-text.ts';
import type { Style } from './style.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A piece of the story to write from. `spell`: its words as readers get them, in simplified characters. */
export type Passage = {
  articleId: string;
  text: string;
  kind: 'text' | 'title';
  spell: (text: string) => string;
};

/** A sentence that tells of the event, and what it can do in a summary. */
export type Sentence = {
  text: string;
  /** As it stands in the article, in its own characters. */
  source: string;
  articleId: string;
  /** Its number among the usable ones of the whole story. */
  place: number;
  /** Can be the first: says who, and points to nothing before it. */
  opens: boolean;
  /** Says who or what it speaks of, so that it needs no sentence before it. */
  stands: boolean;
  /** How much it looks like news. */
  score: number;
};

/** Only the beginning of an article tells its event; later sentences are background. */
const SENTENCES_READ = 14;
/** Other outlets read besides the first. */
const PASSAGES_READ = 6;
/** What another outlet says comes after what this one says as well. */
const OTHER_OUTLET = 0.8;

/** The usable sentences of the passages, the first passage first, none of them told twice. */
export function readSentences(headline: string, passages: readonly Passage[], desk: WritingDesk): Sentence[] {
  const [main] = passages;
  const titles = passages.filter(({ kind }) => kind === 'title').map(({ text }) => text);
  const subject = [headline, ...titles.slice(0, 1)].join('，');
  const texts = passages.filter((passage) => passage.kind === 'text').slice(0, PASSAGES_READ);
  const read: Sentence[] = [];
  for (const passage of texts) {
    const before = read.length;
    for (const source of sentencesOf(withoutTornEnd(withoutCounts(passage.text))).slice(0, SENTENCES_READ)) {
      const text = withoutLink(withoutByline(passage.spell(source)), desk);
      if (!isUsable(text, desk) || read.some((other) => alike(other.text, text) > 0.6)) continue;
      // An article put into the wrong story, or another's exclamations, would spoil a good brief.
      if (passage !== main && (!isOfTheStory(text, subject, desk) || /[！!]/.test(text))) continue;
      read.push({
        text,
        source,
        articleId: passage.articleId,
        place: read.length,
        score:
          newsIn(text, headline, read.length - before, desk) -
          (passage.articleId === main?.articleId ? 0 : OTHER_OUTLET),
        opens: canOpen(text, desk),
        stands: ![passage.spell(source), text].some(
          (said) => POINTS_BACK.test(said) || LACKS_SUBJECT.test(said) || namesLater(said),
        ),
      });
    }
  }
  return read;
}

/** Shares a name, or a fifth of its words, with what the story is about. */
function isOfTheStory(text: string, subject: string, { findNames }: WritingDesk): boolean {
  const names = new Set(findNames(subject).map(({ name }) => name));
  return findNames(text).some(({ name }) => names.has(name)) || alike(text, subject) >= 0.2;
}

/** Does this sentence tell of the event, rather than of the article, the outlet or nothing? */
export function isUsable(text: string, desk: WritingDesk): boolean {
  const length = visibleLength(text);
  return (
    length >= LEAST_SAID &&
    length <= 400 &&
    /\p{Script=Han}/u.test(text) &&
    !/[？?]/.test(text.slice(-2)) &&
    !/…[”」]?$/.test(text) &&
    !desk.style.summary.banned.some((phrase) => text.includes(phrase)) &&
    !isOrder(text, desk.style) &&
    !/^[-•·*#\d.、\s]*$/.test(text) &&
    !/[：:]$/.test(text) &&
    !TORN.test(text) &&
    !SPEAKS_ITSELF.test(text) &&
    !ABOUT_ITSELF.test(text) &&
    !QUOTED_ONLY.test(text)
  );
}

/** `点击下载`, `欢迎留言`: a clause that tells the reader to do it; `用户点击按钮即可导出` is news. */
export function isOrder(text: string, style: Style): boolean {
  return text
    .split(/[，。：；！,!?？\s]/u)
    .map((clause) => clause.replace(/^(?:请|快来?|赶快|赶紧|立即|现在就|记得|别忘了|可以?)/u, ''))
    .some((clause) => style.summary.orders.some((word) => clause.startsWith(word)));
}

/** A feed's text that breaks off in the middle of a word or before its verb. */
const TORN =
  /^(?:[一-龥]{1,3}的(?![^，]{0,12}[是为将已在]))(?=[^，]{0,16}。?$)|[，、](?:分享|介绍|探讨|讨论)[。…]?$|(?:并未|尚未|没有|正在|以及|甚至?|因为|但|而|和|与|的|是)[。…]?$/u;
/** `解析其运作原理。`: what the article does. */
const ABOUT_ITSELF = /^(?:解析|揭秘|详解|盘点|解读|聊聊|带你|教你|深扒|实测[：:])/u;
/** A quotation of nobody knows whom. */
const QUOTED_ONLY = /^[“「『][^”」』]*[”」』]?[。！]?$/u;
/** Shorter ones are exclamations. */
const LEAST_SAID = 9;
/** The author speaks to the reader: no news desk's voice. */
export const SPEAKS_ITSELF = /(?:^[「“『]?|[，：])(?:说实话|老实说|其实)?，?(?:我(?!国)|你|您|咱)/u;

/** `据某社报道，`: who says so belongs to the news; what it opens with is what stands after it. */
const ATTRIBUTION = /^(?:根?据|援引)(?![此悉])[^，。]{1,40}，/u;

/** `使成本降至一半`, `曾在灯塔任职`: who or what is missing. */
const LACKS_SUBJECT =
  /^(?:使(?!用|馆|命|者)得?|让(?!步|渡)|曾(?![\p{Script=Han}]{2,3}[，：])|训出|练出|感受：|比我|仅用|只用)/u;

/** Whom or what it means was said before, or it turns round what was. */
const POINTS_BACK =
  /^(?:(?:同时|此外|目前|另外|其中|根?据)，?)?(?:他|她|它|该|这|那|其|此(?!外)|上述|前者|后者|两者|二者|双方|对此|为此|由此|但|不过|然而|而(?!且)|且|因此|所以|相反|否则|相比之下|作为回应|相应|对应)/;
/** `该工具` or `这部分数据` so near the start that the sentence itself cannot have named it. */
const NAMED_BEFORE =
  /^[^该]{0,9}?(?:该(?!校|院|团)|上述|此次|此举|这(?:一|项|款|部分|些|种|个|类|次|笔|批))/u;
/** `论文显示，`: who says so is not what is spoken of. */
const SAYS = /^[^，。]{1,14}(?:显示|称|表示|指出|介绍|认为|透露|强调)，/u;

function namesLater(sentence: string): boolean {
  return NAMED_BEFORE.test(sentence) || NAMED_BEFORE.test(sentence.replace(SAYS, ''));
}

/** May a summary begin with it? */
function canOpen(sentence: string, desk: WritingDesk): boolean {
  const { danglers, links } = desk.style.summary;
  const source = ATTRIBUTION.exec(sentence)?.[0] ?? '';
  // After `据青石官方宣布，` its `其` is 青石, and so is 该公司.
  const own = /官方|官网|公告|博客|账号|宣布/u.test(source) ? OWN : source === '' ? /^$/ : /^其(?!中)/;
  const text = sentence.slice(source.length).replace(own, '');
  return (
    !/该|上述|这|此/.test(source) &&
    !danglers.some((word) => text.startsWith(word)) &&
    !links.some((word) => text.startsWith(word)) &&
    !namesLater(text) &&
    !LACKS_SUBJECT.test(text) &&
    !/^[“"「‘]/.test(text)
  );
}

const OWN = /^(?:其(?!中)|该(?:公司|团队|机构|企业|平台|项目))/u;

function newsIn(text: string, headline: string, place: number, desk: WritingDesk): number {
  const names = new Set(desk.findNames(text).map((hit) => hit.name)).size;
  const numbers = text.match(/\d[\d.,]*/g)?.length ?? 0;
  const { actions } = desk.style.summary;
  return (
    2.4 / (1 + place * 0.35) +
    alike(text, headline) * 4 +
    Math.min(names, 3) * 0.4 +
    Math.min(numbers, 3) * 0.25 +
    (actions.some((verb) => text.includes(verb)) ? 0.6 : 0) -
    (/[我你咱]/.test(text) ? 0.8 : 0) -
    (/[！!]/.test(text) ? 0.4 : 0) -
    (/^[“"「]/.test(text) ? 0.4 : 0)
  );
}
