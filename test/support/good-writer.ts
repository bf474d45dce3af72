import { visibleLength } from '../../src/text/length.ts';
import { clausesOf, sentencesOf } from '../../src/text/sentences.ts';
import { repairTypography, withoutDecoration } from '../../src/text/typography.ts';
import type { BriefAnswer } from '../../src/write/model/brief-answer.ts';
import type { DeepAnswer } from '../../src/write/model/deep-question.ts';

export type Sheet = { title: string; text: string };

/** The articles of a question, a1 first, as the model sees them. */
export function sheetsOf(prompt: string): Sheet[] {
  return [...prompt.matchAll(/<<<([0-9a-f]{16}) a\d+\n([\s\S]*?)\n\1>>>/g)].map(([, , inside = '']) => {
    const [title = '', , , ...lines] = inside.split('\n');
    return { title: title.replace(/^标题：/, ''), text: lines.join('\n') };
  });
}

/**
 * For tests: what a faithful model answers. Chinese articles by sentences of their own, quoted; others by the
 * translation prepared for their title. An answer that is no brief when it knows none.
 */
export function goodAnswer(prompt: string, translations: Record<string, BriefAnswer> = {}): BriefAnswer {
  const first = sheetsOf(prompt)[0] ?? { title: '', text: '' };
  const prepared = translations[first.title];
  if (prepared !== undefined) return prepared;
  const sentences = sentencesOf(first.text).filter((one) => /[。！？]$/.test(one) && !/^[“「]/.test(one));
  const chosen = fitting(sentences);
  return {
    headline: headlineOf(first.title),
    sentences: chosen.map((text) => ({ text, evidence: [{ article: 1, quote: text }] })),
  };
}

/** For tests: a faithful deep read, of the article's own sentences, 400 to 800 characters. */
export function goodDeepAnswer(prompt: string): DeepAnswer {
  const first = sheetsOf(prompt)[0] ?? { title: '', text: '' };
  const usable = sentencesOf(first.text).filter((one) => /。$/.test(one) && visibleLength(one) < 120);
  const withFigures = usable.slice(1).filter((one) => /\d/.test(one));
  const figures = withFigures.slice(0, 3);
  const doubts = usable.filter((one) => one.includes('没有')).slice(-2);
  const told: string[] = [];
  for (const one of usable) {
    const length = [...told, ...figures, ...doubts, one].reduce((sum, text) => sum + visibleLength(text), 0);
    if (length <= 700 && !figures.includes(one) && !doubts.includes(one)) told.push(one);
  }
  const quoted = (texts: readonly string[]) => texts.map((text) => ({ text, quote: text }));
  return { told: quoted(told), figures: quoted(figures), matters: [], doubts: quoted(doubts) };
}

function fitting(sentences: readonly string[]): string[] {
  for (const [at, one] of sentences.slice(0, 8).entries())
    for (const more of [
      [],
      sentences.slice(at + 1, at + 2),
      ...sentences.slice(at + 2, at + 4).map((x) => [x]),
    ]) {
      const all = [one, ...more];
      const length = visibleLength(repairTypography(all.join('')));
      if (length >= 70 && length <= 95) return all;
    }
  return sentences.slice(0, 2);
}

function headlineOf(title: string): string {
  const clean = withoutDecoration(repairTypography(title));
  const clauses = clausesOf(clean);
  const starts = clauses.map((_, n) =>
    clauses
      .slice(0, n + 1)
      .join('')
      .replace(/[，：；]$/, ''),
  );
  return starts.findLast((one) => visibleLength(one) <= 20 && visibleLength(one) >= 11) ?? clean;
}
