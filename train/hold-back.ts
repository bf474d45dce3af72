import { loadLabelledDays } from '../eval/sets/labelled-days.ts';
import { loadEditorial } from '../src/newsroom/editorial.ts';
import { loadSiftModels } from '../src/newsroom/models.ts';
import type { SiftModels } from '../src/sift/sift-models.ts';
import { collectExamples, fitSameEvent } from './same-event.ts';
import { fitSections } from './sections.ts';

/** Weights fitted on everything but one labelled day, by its date: so that a day is never measured on itself. */
export async function modelsWithout(data: string): Promise<(date: string) => SiftModels> {
  const { background } = loadSiftModels();
  const editorial = loadEditorial({});
  const days = await loadLabelledDays(data);
  const sets = collectExamples(data, days, editorial.groupTools(), background);
  return (date) => ({
    background,
    sameEvent: fitSameEvent(sets, (name) => name !== `days/${date}`),
    sections: fitSections(days, editorial.sections, (other) => other !== date),
  });
}
