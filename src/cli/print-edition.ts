import type { Edition } from '../domain/edition.ts';
import { DEEP_SECTION, shownParts } from '../publish/render/deep-words.ts';
import { CORRECTIONS_HEAD, correctionLines } from '../publish/render/item-words.ts';
import type { Io } from './io.ts';

/** The edition as a person reads it in a terminal. */
export function editionLines(edition: Edition, io: Io): string[] {
  const { title, opening, deepReads = [], sections, status, revision, date } = edition;
  const head = { zh: `${date} 第 ${revision} 版`, en: `${date} revision ${revision}` }[io.tongue];
  const items = sections.flatMap((section) => section.items);
  return [
    title,
    `${head}，${{ zh: `${items.length} 条`, en: `${items.length} items` }[io.tongue]}`,
    ...(opening === undefined ? [] : ['', opening]),
    ...(status.kind === 'held' ? heldLines(edition, io) : []),
    ...sections.flatMap((section) => [
      '',
      `【${section.name}】`,
      ...section.items.flatMap(({ brief, publisher, outlets, followUp, course = [] }) => [
        '',
        `■ ${followUp ? `${followUp.label}｜` : ''}${brief.headline}`,
        `  ${brief.summary}`,
        ...(followUp
          ? [`  ${{ zh: '此前', en: 'earlier' }[io.tongue]}：${followUp.date} ${followUp.headline}`]
          : []),
        ...course.map((one) => `  ${one.date} ${one.headline}`),
        `  ${[publisher, ...outlets.map((outlet) => outlet.name)].join('、')}  ${brief.storyId}`,
      ]),
    ]),
    ...(deepReads.length === 0 ? [] : ['', `【${DEEP_SECTION}】`]),
    ...deepReads.flatMap((deep) => [
      '',
      `■ ${deep.headline}`,
      ...shownParts(deep).flatMap(({ name, sentences }) => [
        `  ${name}`,
        ...sentences.map((one) => `    ${one}`),
      ]),
      `  ${deep.publisher}  ${deep.storyId}`,
    ]),
    ...correctionLines(edition).flatMap((line, n) => [
      ...(n === 0 ? ['', `【${CORRECTIONS_HEAD}】`] : []),
      `  ${line}`,
    ]),
  ];
}

/** Why the guard held it, in words. */
export function heldLines({ status }: Edition, io: Io): string[] {
  if (status.kind !== 'held') return [];
  const head = { zh: '✗ 这一期被扣下，没有发布：', en: '✗ This edition is held back and not published:' }[
    io.tongue
  ];
  return [head, ...status.reasons.map((reason) => `  - ${reason.message}（${reason.code}）`)];
}
