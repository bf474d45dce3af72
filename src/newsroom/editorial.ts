import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { Problem } from '../domain/problem.ts';
import type { Section } from '../domain/story.ts';
import { boilerplateSchema, type PageRules, siteRulesSchema } from '../gather/pages/page-rules.ts';
import { type ListedSource, sourceListSchema } from '../gather/source-list.ts';
import { type PriceList, pricesSchema } from '../llm/prices.ts';
import { type HostManners, hostMannersSchema } from '../net/host-manners.ts';
import { createTitleTest } from '../sift/judge-noise.ts';
import type { JudgeRules } from '../sift/judge-stories.ts';
import type { GroupTools } from '../sift/pieces.ts';
import {
  namesFileSchema,
  noiseRulesSchema,
  type SectionRules,
  sectionRulesSchema,
  worthRulesSchema,
} from '../sift/rules.ts';
import { createFeatureReader } from '../text/features.ts';
import { createNameFinder, namesIn, spellingsOf } from '../text/names.ts';
import { createWordTools, type Segmenter } from '../text/segment.ts';
import { type DeepDesk, deepReadSchema } from '../write/deep-read/signals.ts';
import { createFactDesk } from '../write/facts/fact-desk.ts';
import { factRulesSchema } from '../write/facts/fact-rules.ts';
import { headlineWeightsSchema } from '../write/headline-weights.ts';
import { createLexicon, glossarySchema } from '../write/model/lexicon.ts';
import type { ModelDesk } from '../write/model/model-desk.ts';
import { createOrderFinder, ordersSchema } from '../write/model/orders.ts';
import { type Style, styleSchema } from '../write/style.ts';
import type { WritingDesk } from '../write/writing-desk.ts';
import { createDayReader } from './calendar.ts';
import type { Config } from './config/schema.ts';
import { MODELS_FOLDER, readModel } from './models.ts';

/** What an editor may change without touching code, read, checked and made ready for the desks. */
export type Editorial = {
  /** The sections of the edition, in order. */
  sectionPlan: Section[];
  sections: SectionRules;
  judging: JudgeRules;
  writing: WritingDesk;
  deepReading: DeepDesk;
  /** How pages are read. Not part of the fingerprint: pages that were read are not read again. */
  pageRules: PageRules;
  /** Every name as readers see it. */
  names: string[];
  /** Cuts text into words; the dictionary is loaded when it is first used. */
  segment: Segmenter;
  /** Made when first asked for: the dictionary takes a fifth of a second to load. */
  groupTools(): GroupTools;
  /** What writing with a model needs besides; read when first asked for. */
  modelDesk(): ModelDesk;
  /** Changes when the table of names does. */
  namesStamp: string;
  /** SHA-256 of all the files but the prompts: a change in them makes editions anew. */
  fingerprint: string;
};

/** Where the sources are at home, when no config says otherwise. */
const HOME_ZONE = 'Asia/Shanghai';

const FOLDER = new URL('../../editorial/', import.meta.url);

/**
 * Reads `editorial/`; a file of the same name in the config's own folder takes the place of the bundled one. The config's sections, where it has any, take the place of the bundled ones.
 * @throws Problem editorial-invalid with the file and the place when one does not have its form
 */
export function loadEditorial(config: {
  edition?: Pick<Config['edition'], 'sections'>;
  timezone?: string;
  editorial?: string;
}): Editorial {
  const own = config.editorial;
  const names = readFile('names.yaml', namesFileSchema, { own });
  const noise = readFile('noise.yaml', noiseRulesSchema, { own });
  const worth = readFile('worth.yaml', worthRulesSchema, { own });
  const style = readFile('style.yaml', styleSchema, { own });
  const boilerplate = readFile('boilerplate.yaml', boilerplateSchema, { own });
  const siteRules = readFile('site-rules.yaml', siteRulesSchema, { own });
  const facts = readFile('facts.yaml', factRulesSchema, { own });
  const deepRead = readFile('deep-read.yaml', deepReadSchema, { own });
  const bundled = readFile('sections.yaml', sectionRulesSchema, { own });
  const findNames = createNameFinder(names.value.names);
  let opened: ReturnType<typeof createWordTools> | undefined;
  const words = () => {
    opened ??= createWordTools(names.value.names.flatMap(spellingsOf));
    return opened;
  };
  const segment: Segmenter = (text) => words().segment(text);
  const sections = planSections(bundled.value, config.edition?.sections, (title) => [
    ...namesIn(findNames, title).flatMap(spellingsOf),
    ...segment(title).filter(
      (word) => word.length > 1 && !/^[\d.]+$/.test(word) && !names.value.common.has(word),
    ),
  ]);
  let tools: GroupTools | undefined;
  let modelDesk: ModelDesk | undefined;
  const writing: WritingDesk = {
    style: style.value,
    findNames,
    wordsOf: (text) => words().wordsOf(text),
    facts: createFactDesk(facts.value, names.value.names),
    headlineWeights: readModel(MODELS_FOLDER, 'headline.json', headlineWeightsSchema),
    dayOf: createDayReader(config.timezone ?? HOME_ZONE),
  };
  return {
    sectionPlan: sections.sections.map(({ name, description, maxItems }) => ({
      name,
      description,
      maxItems,
    })),
    sections,
    judging: { noise: noise.value, worth: worth.value, findNames },
    pageRules: { boilerplate: boilerplate.value, sites: siteRules.value.sites },
    names: names.value.names.map(({ name }) => name),
    namesStamp: createHash('sha256').update(names.text).digest('hex').slice(0, 16),
    writing,
    deepReading: { ...writing, deepRead: deepRead.value },
    segment,
    modelDesk() {
      modelDesk ??= { ...writing, ...readPrompts(own, style.value.length) };
      return modelDesk;
    },
    groupTools() {
      tools ??= {
        readFeatures: createFeatureReader({
          segment,
          findNames,
          concepts: names.value.concepts,
          common: names.value.common,
        }),
        isRoundup: createTitleTest(noise.value, 'roundup'),
        isInvitation: createTitleTest(noise.value, 'event'),
      };
      return tools;
    },
    fingerprint: createHash('sha256')
      .update([names, noise, worth, style, facts, deepRead, bundled].map((file) => file.text).join('\0'))
      .digest('hex'),
  };
}

/** The curated list that `ribao init` starts from. */
export function defaultSources(): ListedSource[] {
  return readFile('sources.yaml', sourceListSchema).value;
}

/** What models cost. */
export function priceList(config: Partial<Pick<Config, 'editorial'>> = {}): PriceList {
  return readFile('prices.yaml', pricesSchema, { own: config.editorial }).value;
}

/** Hosts that want to be asked more slowly than others. */
export function hostManners(): HostManners {
  return readFile('hosts.yaml', hostMannersSchema).value;
}

/**
 * The editor's own sections in the editor's order. One that the bundled rules know keeps its signals; a new one is
 * recognised by the words of its name and description, and by what its examples have in common.
 */
function planSections(
  bundled: SectionRules,
  wanted: Config['edition']['sections'],
  wordsOf: (title: string) => string[],
): SectionRules {
  if (wanted === undefined) return bundled;
  return {
    sections: wanted.map(({ name, description, examples, maxItems }) => {
      const known = bundled.sections.find((section) => section.name === name);
      if (known) return { ...known, description: description || known.description, maxItems };
      const described = [name, ...description.split(/[、，。；,;\s]+/)].filter((word) => word.length > 1);
      const shown = examples.flatMap((title) => [...new Set(wordsOf(title))]);
      const shared = shown.filter((word, at) => shown.indexOf(word) < at);
      const taken = new Set<string>();
      // A word counts once, where it weighs most.
      const signals = [
        { why: '栏目说明里的词', weight: 3, words: described },
        { why: '例文里反复出现的词', weight: 2.5, words: shared },
        { why: '例文里的词', weight: 1.2, words: shown },
      ].map(({ words, ...signal }) => {
        const phrases = [...new Set(words)].filter((word) => !taken.has(word.toLowerCase()));
        for (const word of phrases) taken.add(word.toLowerCase());
        return { ...signal, phrases };
      });
      return {
        name,
        description,
        maxItems,
        base: 0,
        hosts: {},
        kinds: {},
        signals: signals
          .filter(({ phrases }) => phrases.length > 0)
          .map((signal) => ({ ...signal, where: 'any' as const })),
      };
    }),
  };
}

/** The prompt and the lists its answers are judged by; a change in any of them is another version. */
function readPrompts(
  own: string | undefined,
  length: Style['length'],
): Pick<ModelDesk, 'prompt' | 'deepPrompt' | 'lexicon' | 'findOrder'> {
  const glossary = readFile('prompts/glossary.yaml', glossarySchema, { own });
  const orders = readFile('prompts/orders.yaml', ordersSchema, { own });
  const words = ({ least, most }: { least: number; most: number }) => `${least} 到 ${most}`;
  const promptOf = (name: string) => {
    const { value } = readFile(name, z.string().min(1), { own, read: (text) => text });
    const text = value
      .trim()
      .replaceAll('{headline}', words(length.headline))
      .replaceAll('{summary}', words(length.summary));
    const hash = createHash('sha256').update([text, glossary.text, orders.text].join('\0'));
    return { text, version: hash.digest('hex').slice(0, PROMPT_DIGITS) };
  };
  return {
    prompt: promptOf('prompts/brief.md'),
    deepPrompt: promptOf('prompts/deep-read.md'),
    lexicon: createLexicon(glossary.value),
    findOrder: createOrderFinder(orders.value.phrases),
  };
}

/** Enough to tell the prompts of one newsroom apart, short enough to stand in a line. */
const PROMPT_DIGITS = 6;

function readFile<T>(
  name: string,
  schema: z.ZodType<T>,
  { own, read = parse }: { own?: string | undefined; read?: (text: string) => unknown } = {},
): { text: string; value: T } {
  const beside = own === undefined ? undefined : join(own, name);
  const path = beside && existsSync(beside) ? beside : fileURLToPath(new URL(name, FOLDER));
  const fix = '改回该文件，或重新安装 ribao。 Restore the file, or install ribao again.';
  let text: string;
  let raw: unknown;
  try {
    text = readFileSync(path, 'utf8');
    raw = read(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem({ code: 'editorial-invalid', message: `读不了 ${path}：${why}`, fix, cause: error });
  }
  const checked = schema.safeParse(raw);
  if (checked.success) return { text, value: checked.data };
  throw new Problem({
    code: 'editorial-invalid',
    message: `${path} 写法有误：\n${z.prettifyError(checked.error)}`,
    fix,
  });
}
