import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import { backgroundSchema, type SiftModels, sameEventSchema } from '../sift/sift-models.ts';
import { wordModelsSchema } from '../sift/word-model.ts';

export const MODELS_FOLDER = fileURLToPath(new URL('../../models/', import.meta.url));

/**
 * Reads the trained weights in `models/`, each beside its card.
 * @throws Problem editorial-invalid when one is missing or damaged
 */
export function loadSiftModels(folder: string = MODELS_FOLDER): SiftModels {
  return {
    background: readModel(folder, 'background.json', backgroundSchema),
    sameEvent: readModel(folder, 'same-event.json', sameEventSchema),
    noise: readModel(folder, 'noise.json', wordModelsSchema),
    sections: readModel(folder, 'sections.json', wordModelsSchema),
  };
}

/** One file of weights, checked. */
export function readModel<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const fix =
    '重新安装 ribao，或用 npm run train 重新训练。 Install ribao again, or train with `npm run train`.';
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')));
    if (read.success) return read.data;
    throw new Error(z.prettifyError(read.error));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem({
      code: 'editorial-invalid',
      message: `读不了 ${folder}/${name}：${why}`,
      fix,
      cause: error,
    });
  }
}
