import { loadEditorial } from '../src/newsroom/editorial.ts';
import { visibleLength } from '../src/text/length.ts';
import { sentencesOf } from '../src/text/sentences.ts';
import { writeHeadline } from '../src/write/headline.ts';
import type { Question } from './question.ts';
import { meanRouge, type Rouge, rouge } from './rouge.ts';
import { headlineSets } from './sets/headlines.ts';

/**
 * Headlines made from a text alone, without its title, beside the ones people wrote, and beside the text's first sentence
 * cut to as many characters as ours has, in mid-word where that falls so. Weights were fitted on the first halves.
 */
export const headlines: Question = async ({ data, items, say }) => {
  const sets = Object.entries(headlineSets(data));
  const { writing } = loadEditorial({});
  const figures: Record<string, number> = {};
  let cases = 0;
  for (const [name, rows] of sets) {
    if (rows === undefined) continue;
    cases += rows.length;
    for (const half of ['first', 'second']) {
      const chosen = rows.filter((row) => row.half === half);
      const [ours, lead]: [Rouge[], Rouge[]] = [[], []];
      let inLength = 0;
      for (const [n, { headline, text }] of chosen.entries()) {
        const made = writeHeadline('', text, writing);
        const first = (sentencesOf(text)[0] ?? '').trim();
        ours.push(rouge(made, headline));
        lead.push(rouge([...first].slice(0, visibleLength(made)).join(''), headline));
        const length = visibleLength(made);
        inLength +=
          length >= writing.style.length.headline.least && length <= writing.style.length.headline.most
            ? 1
            : 0;
        if (half === 'first' && n < items) say(`${made}  ←  ${headline}`);
      }
      const [mean, base] = [meanRouge(ours), meanRouge(lead)];
      for (const key of ['r1', 'r2', 'rl'] as const) {
        figures[`${name}.${half}.${key}`] = mean[key];
        figures[`${name}.${half}.${key}.aboveLead`] = mean[key] - base[key];
      }
      figures[`${name}.${half}.inLength`] = inLength / chosen.length;
    }
  }
  const absent = sets.flatMap(([name, rows]) => (rows === undefined ? [name] : []));
  return { cases, figures, absent };
};
