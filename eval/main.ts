import { parseArgs } from 'node:util';
import { briefs } from './briefs.ts';
import { days } from './days.ts';
import { deep } from './deep.ts';
import { facts } from './facts.ts';
import { feeds } from './feeds.ts';
import { headlines } from './headlines.ts';
import { hostile } from './hostile.ts';
import { pages } from './pages.ts';
import type { Question } from './question.ts';
import { row } from './row.ts';
import { stories } from './stories.ts';

/** Each question is one file here and one line in this list. */
const QUESTIONS: Record<string, Question> = {
  briefs,
  days,
  deep,
  facts,
  feeds,
  headlines,
  hostile,
  pages,
  row,
  stories,
};

const { values, positionals } = parseArgs({
  options: {
    data: { type: 'string' },
    day: { type: 'string' },
    json: { type: 'boolean', default: false },
    items: { type: 'string' },
    train: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [name = ''] = positionals;
const question = QUESTIONS[name];

if (question === undefined || values.data === undefined) {
  console.error(
    `npm run eval -- NAME --data DIR [--day DATE] [--items N] [--train] [--json]\nNAME is one of: ${Object.keys(QUESTIONS).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  const answer = await question({
    data: values.data,
    ...(values.day === undefined ? {} : { day: values.day }),
    items: Number(values.items ?? 0),
    train: values.train,
    say: (line) => console.error(line),
  });
  const figures = Object.fromEntries(
    Object.entries(answer.figures).map(([figure, value]) => [figure, Math.round(value * 10_000) / 10_000]),
  );
  for (const absent of answer.absent) console.error(`absent: ${absent}`);
  if (values.json) console.log(JSON.stringify({ question: name, cases: answer.cases, figures }));
  else {
    console.log(`${name}: ${answer.cases} cases`);
    for (const [figure, value] of Object.entries(figures)) console.log(`  ${figure.padEnd(34)}${value}`);
  }
}
