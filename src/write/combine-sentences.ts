import { alikePairs, pairsOf } from './alike.ts';
import { closed } from './can-stand.ts';
import type { Sentence } from './read-sentences.ts';
import { formsOf } from './sentence-forms.ts';
import type { WritingDesk } from './writing-desk.ts';

/** A sentence, or what was made of it by leaving out. */
export type Cut = { sentence: Sentence; text: string; length: number };
type Option = Cut & { pairs: ReadonlySet<string>; own: ReadonlySet<string>; whole: boolean };

/** Hard limits, and the measure aimed at, in characters. */
export type Lengths = { least: number; most: number; aim: { least: number; most: number } };

/** Of the sentences these many best are combined. */
const SENTENCES_COMBINED = 7;
/** Forms of one sentence that are tried, the longest, for they say most. */
const FORMS_TRIED = 14;
/** A sentence that repeats so much of what stands already adds length and no news. */
const REPEATS = 0.45;

/** A sentence of a brief is about so long, in characters: three for the usual measure, more for a longer one. */
const A_SENTENCE = 32;

export function sentencesIn({ most }: { most: number }): number {
  return Math.max(1, Math.round(most / A_SENTENCE));
}

/** The combination of a few forms, in order, that says most within so many characters; undefined when none fits. */
export function combineSentences(
  sentences: readonly Sentence[],
  title: string,
  desk: WritingDesk,
  { least, most, aim }: Lengths,
): Cut[] | undefined {
  const wanted = pairsOf(title);
  const strongest = sentences
    .toSorted((a, b) => b.score - a.score)
    .slice(0, SENTENCES_COMBINED)
    .toSorted((a, b) => a.place - b.place);
  const openers = strongest.filter(({ opens }) => opens);
  const event = openers.find(({ text }) => !BACKGROUND.test(text)) ?? openers[0];
  const options = strongest.map((sentence) => optionsOf(sentence, desk, most));
  let best: { cuts: Option[]; value: number } | undefined;
  const consider = (cuts: Option[], from: number, length: number): void => {
    if (length >= least) {
      const value = worthOf(cuts, length, wanted, event, aim);
      if (best === undefined || value > best.value) best = { cuts, value };
    }
    if (cuts.length === sentencesIn(aim)) return;
    for (let next = from; next < options.length; next += 1)
      for (const cut of options[next] ?? [])
        if (
          length + cut.length <= most &&
          (cuts.length === 0 ? cut.sentence.opens : isNew(cut, cuts) && follows(cut, cuts, sentences))
        )
          consider([...cuts, cut], next + 1, length + cut.length);
  };
  consider([], 0, 0);
  return best?.cuts;
}

/** `随着技术的发展，`: what the world was like before the news. */
const BACKGROUND = /^(?:随着|近年来?|众所周知|一直以来|长期以来|许多|很多|在当今|当今|如今，|当一个)/u;

function optionsOf(sentence: Sentence, desk: WritingDesk, most: number): Option[] {
  return formsOf(sentence.text, desk, most)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, FORMS_TRIED)
    .map((form) => ({
      sentence,
      ...form,
      pairs: pairsOf(form.text),
      own: ownPairs(form.text),
      whole: form.text === closed(sentence.text),
    }));
}

function isNew(cut: Option, cuts: readonly Option[]): boolean {
  return cuts.every((other) => alikePairs(cut.own, other.own) < REPEATS);
}

/** What it says besides its Latin names, which two sentences on one thing always share. */
function ownPairs(text: string): ReadonlySet<string> {
  const own = pairsOf(text.replace(/[A-Za-z][\w.+-]*/g, ' '));
  return own.size >= ENOUGH_OWN ? own : pairsOf(text);
}
const ENOUGH_OWN = 8;

/** `该产品`, `前者`: needs the sentence it points to before it; those between may only point to the same. */
function follows({ sentence }: Cut, cuts: readonly Cut[], all: readonly Sentence[]): boolean {
  const before = cuts.at(-1)?.sentence.place ?? -1;
  return (
    sentence.stands || all.every(({ place, stands }) => !stands || place <= before || place >= sentence.place)
  );
}

/**
 * What a combination is worth, by what the summaries of an AI-aided editor's daily have in common with their bodies: the
 * first sentence tells the event, the later a sentence the less of it is news, and what the title says must be there.
 * Weights were chosen by character ROUGE on every other day.
 */
function worthOf(
  cuts: readonly Option[],
  length: number,
  title: ReadonlySet<string>,
  event: Sentence | undefined,
  aim: Lengths['aim'],
): number {
  let told = 0;
  for (const pair of title) if (cuts.some(({ pairs }) => pairs.has(pair))) told += 1;
  const skipped = (cuts.at(-1)?.sentence.place ?? 0) - (cuts.length - 1);
  const places = cuts.reduce(
    (sum, { sentence, length: own }) =>
      sum + ((WEIGHTS.places[sentence.place] ?? WEIGHTS.later) + tone(sentence.text)) * (own / length),
    0,
  );
  const outside = Math.max(0, aim.least - length, length - aim.most);
  return (
    places +
    (title.size === 0 ? 0 : WEIGHTS.told * (told / title.size)) +
    WEIGHTS.skipped * skipped +
    WEIGHTS.length * (Math.min(length, aim.most) / aim.most) +
    WEIGHTS.cut * cuts.filter(({ whole }) => !whole).length +
    (cuts[0]?.sentence === event ? WEIGHTS.event : 0) +
    (outside > 0 ? WEIGHTS.outside : 0)
  );
}

const WEIGHTS = {
  places: [0.105, -0.025, -0.06],
  later: -0.05,
  told: 0.2,
  skipped: -0.007,
  length: 0.06,
  /** For each sentence that is not whole: where nothing is won, nothing is cut. */
  cut: -0.003,
  /** The event is in it, whatever else. */
  event: 0.2,
  /** Rather a little short or long than without the event; never for anything less. */
  outside: -0.15,
};

/** Words that want to be read more than to tell. */
const HYPE = /刚刚|终于|彻底|火速|炸|疯|竟|居然|扒出|实锤|打工人|藏着|原来/u;

/** A voice that speaks to the reader, shouts or quotes is no news desk's. */
function tone(text: string): number {
  return (
    (HYPE.test(text) ? -0.06 : 0) +
    (/[我你咱]/.test(text) ? -0.15 : 0) +
    (/[！!]/.test(text) ? -0.04 : 0) +
    (/^[“"「]/.test(text) ? -0.04 : 0)
  );
}
