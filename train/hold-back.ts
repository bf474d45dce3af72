import { loadLabelledDays } from '../eval/sets/labelled-days.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { loadSiftModels } from '../src/newsroom/models.ts';
import type { SiftModels } from '../src/sift/sift-models.ts';
import type { WordExample } from './fit-words.ts';
import { fitNoise, noiseExamples } from './noise.ts';
import { collectExamples, fitSameEvent } from './same-event.ts';
import { fitSections, sectionExamples } from './sections.ts';

/** Weights fitted on everything but one labelled day, by its date: so that a day is never measured on itself. */
export async function modelsWithout(data: string): Promise<(date: string) => SiftModels> {
  const { background } = loadSiftModels();
  const editorial = loadEditorial({});
  const { sections, segment, judging } = editorial;
  const { findNames } = judging;
  const days = await loadLabelledDays(data);
  const sets = collectExamples(data, days, editorial.groupTools(), background);
  const aboutNoise = noiseExamples(days, judging.noise, findNames);
  const aboutSections = sectionExamples(days, sections, findNames);
  return (date) => {
    const others = ({ day }: WordExample) => day !== date;
    return {
      background,
      sameEvent: fitSameEvent(sets, (name) => name !== `days/${date}`),
      noise: fitNoise(aboutNoise.filter(others), judging.noise, { segment, findNames }),
      sections: fitSections(aboutSections.filter(others), sections, { segment, findNames }),
    };
  };
}
