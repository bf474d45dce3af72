import type { BriefText, StyleRule } from '../../domain/house-style.ts';

/**
 * What an editor's changes add to the prompt: the newest changed briefs to learn from, and the lengths wished. Empty
 * when there are neither. The words are the newsroom's own and an editor's: no article speaks in them.
 */
export function styleLesson(
  examples: readonly { before: BriefText; after: BriefText }[],
  rules: readonly StyleRule[],
): string {
  const shown = examples.map(
    ({ before, after }) =>
      `- 原稿：${oneLine(before.headline)}｜${oneLine(before.summary)}\n  改后：${oneLine(after.headline)}｜${oneLine(after.summary)}`,
  );
  const lengths = rules.flatMap((rule) =>
    rule.kind === 'length' ? [`- ${rule.of === 'headline' ? '标题' : '摘要'}不超过 ${rule.most} 个字。`] : [],
  );
  return [
    ...(lengths.length > 0 ? ['## 编辑部的习惯', ...lengths] : []),
    ...(shown.length > 0
      ? [
          '## 编辑改过的稿子',
          '学它们改动的方法：用语、取舍、语序。它们说的事与今天的材料无关，一个字也不要写进今天的简讯。',
          ...shown,
        ]
      : []),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
