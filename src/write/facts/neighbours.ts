import type { FactSheet } from './fact-sheet.ts';

/** Whose name, and where it stands. */
export type Named = { key: string; start: number; end: number };

/** The two characters right before and right after a name: what it is, or is called (`名为某某`, `某某浏览器`). */
export function neighboursOf(sheet: FactSheet, { start, end }: Named): string[] {
  const after = /^[\s”」》]?(\p{Script=Han}{2})/u.exec(sheet.plain.slice(end))?.[1];
  const before = /(\p{Script=Han}{2})[\s“「《]?$/u.exec(sheet.plain.slice(0, start))?.[1];
  return [
    ...(after === undefined || LIGHT.test(after) ? [] : [`>${after}`]),
    ...(before === undefined || LIGHT.test(before) ? [] : [`<${before}`]),
  ];
}

/** These stand beside any name. */
const LIGHT =
  /[的了和与及或在为是将已可现也还都从向对由被把并使让]|正式|官方|宣布|近日|目前|用户|功能|模型|版本|系列|团队/u;
