import { createPhraseFinder } from '../../text/find-phrases.ts';
import type { FactRules } from './fact-rules.ts';
import { oneOf } from './plain-text.ts';

/** What a word says of what follows: that it is not so, or that it is not (yet) sure. */
export type MarkGroup = 'negation' | 'modality';
/** A word that denies or doubts. `soft` ones need not be kept, but bear out a denial or doubt of the claim. */
export type Mark = {
  group: MarkGroup;
  soft: boolean;
  /** Said by others: holds for the whole sentence and those after it. */
  hearsay: boolean;
  said: string;
  start: number;
  end: number;
};
export type MarkReader = (text: string) => Mark[];

type Meaning = Pick<Mark, 'group' | 'soft' | 'hearsay'>;
const DENIAL: Meaning = { group: 'negation', soft: false, hearsay: false };
const DOUBT: Meaning = { group: 'modality', soft: false, hearsay: false };

/** Builds a reader of denials and doubts. `将` and `或` count before a verb of an event only. */
export function createMarkReader({ marks, eventVerbs }: FactRules): MarkReader {
  const deed = new RegExp(oneOf([...eventVerbs, '创建', '选择', '通过', '使用', '修改']), 'u');
  // `青石或收购远帆` is a doubt; `创建或发布`, `，或将任务交给` are one of two.
  const isChoice = (phrase: string, before: string): boolean => {
    const clause = /[^，,；;。]*$/u.exec(before)?.[0] ?? '';
    return phrase !== '或许' && (clause.trim() === '' || (phrase !== '或将' && deed.test(clause)));
  };
  // 推出漏洞赏金计划: a programme, no intention.
  const isProgramme = (before: string): boolean =>
    /(?:推出|启动|公布|加入|参与|开启|订阅|纳入)了?[^，。；：、]{1,14}(?<![并且但也还均将其曾仍后年月日的 ])$/u.test(
      before,
    );
  const listed = (phrases: readonly string[], value: Meaning) => phrases.map((phrase) => ({ phrase, value }));
  const find = createPhraseFinder<Meaning | undefined>([
    ...marks.neutral.map((phrase) => ({ phrase, value: undefined })),
    ...listed(marks.negation, DENIAL),
    ...listed(marks.softNegation, { ...DENIAL, soft: true }),
    ...listed(marks.plan, DOUBT),
    ...listed(marks.possible, DOUBT),
    ...listed(marks.hearsay, { ...DOUBT, hearsay: true }),
    ...listed(marks.softModality, { ...DOUBT, soft: true }),
    ...eventVerbs.flatMap((verb) => listed([`将${verb}`, `或${verb}`], DOUBT)),
  ]);
  return (text) =>
    find(text).flatMap(({ value, phrase, start, end }): Mark[] => {
      if (value === undefined) return [];
      const before = text.slice(0, start);
      const soft =
        value.soft ||
        (phrase.startsWith('或') && isChoice(phrase, before)) ||
        (phrase === '计划' && isProgramme(before));
      // The verb after 将 or 或 is what is doubted: it lies in the mark's reach, not in the mark.
      const bare = /^[将或]/.test(phrase) && eventVerbs.includes(phrase.slice(1));
      const to = bare ? start + 1 : end;
      return [{ ...value, soft, said: text.slice(start, to), start, end: to }];
    });
}
