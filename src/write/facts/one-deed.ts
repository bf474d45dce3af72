import type { FactSheet } from './fact-sheet.ts';

/** 推出, 上线: one thing for those who only ask whether it happened. 宣布 tells of anything. */
const BROUGHT_OUT = ['发布', '上线'];
const TELLS = /宣布|展示|announce/;

export type DeedHit = ReturnType<FactSheet['deeds']>[number];

/** Do these verbs say one thing, for one who asks whether it happened? */
export function isOneDeed(one: DeedHit, other: DeedHit): boolean {
  if (one.phrase === other.phrase) return true;
  if (TELLS.test(one.phrase) || TELLS.test(other.phrase)) return false;
  return one.value === other.value || (BROUGHT_OUT.includes(one.value) && BROUGHT_OUT.includes(other.value));
}

/** Terms of what an event is of: so many say that a clause speaks of it. */
export const MATTER = { terms: 6, least: 2 };
