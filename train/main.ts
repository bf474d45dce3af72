// npm run train -- --data DIR [--out models]: fits the weights in models/ anew from a data folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { articlesOf, listDays, loadLabelledDays } from '../eval/sets/labelled-days.ts';
import { financePairs, semevalPairs, sohuPairs } from '../eval/sets/story-pairs.ts';
import type { Article } from '../src/domain/article.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { MODELS_FOLDER } from '../src/newsroom/models.ts';
import { backgroundSchema } from '../src/sift/sift-models.ts';
import { countBackground } from './background.ts';
import { fitHeadline } from './headline.ts';
import { fitNoise, noiseExamples } from './noise.ts';
import { collectExamples, fitSameEvent } from './same-event.ts';
import { fitSections, sectionExamples } from './sections.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, out: { type: 'string', default: MODELS_FOLDER } },
});
const { data, out } = values;
if (data === undefined) {
  console.error('npm run train -- --data DIR [--out FOLDER]');
  process.exit(2);
}

const editorial = loadEditorial({});
const tools = editorial.groupTools();
const counted = countBackground(await allArticles(data), tools);
save('background.json', counted);
console.log(`background.json: ${Object.keys(counted.counts).length} terms of ${counted.documents} texts`);

const background = backgroundSchema.parse(counted);
const days = await loadLabelledDays(data);
const sets = collectExamples(data, days, tools, background);
for (const [name, examples] of sets)
  console.log(
    `  ${name.padEnd(18)}${String(examples.length).padStart(6)} pairs, ${examples.filter((one) => one.label === 1).length} of one event`,
  );
const model = fitSameEvent(sets);
save('same-event.json', model);
console.log(`same-event.json: ${model.dated.features.length} and ${model.undated.features.length} features`);

const { segment, judging } = editorial;
const { findNames } = judging;
const aboutNoise = noiseExamples(days, judging.noise, findNames);
const noise = fitNoise(aboutNoise, judging.noise, { segment, findNames });
save('noise.json', noise);
const aboutSections = sectionExamples(days, editorial.sections, findNames);
const sections = fitSections(aboutSections, editorial.sections, { segment, findNames });
save('sections.json', sections);
console.log(
  `noise.json: ${aboutNoise.length} labelled articles of ${days.size} days, ${Object.keys(noise.words).length} words`,
);
console.log(`sections.json: ${aboutSections.length} of them, ${Object.keys(sections.words).length} words`);

const headline = fitHeadline(data, editorial.writing);
save('headline.json', headline.weights);
console.log(`headline.json: ${headline.texts} texts with the headlines that people gave them`);

/** Every article of the folder once. */
async function allArticles(folder: string): Promise<Article[]> {
  const found = new Map<string, Article>();
  for (const day of listDays(folder))
    for (const { article } of await articlesOf(day)) found.set(article.id, article);
  const pairs = [
    ...(sohuPairs(folder) ?? []),
    ...(sohuPairs(folder, 'sohu-same-topic') ?? []),
    ...(semevalPairs(folder) ?? []),
    ...(financePairs(folder, 'v4/bloomberg_eval_large.csv', 'final_label') ?? []),
  ];
  for (const { left, right } of pairs) for (const one of [left, right]) found.set(one.id, one);
  return [...found.values()];
}

function save(name: string, content: unknown): void {
  writeFileSync(join(out, name), `${JSON.stringify(content)}\n`);
}
