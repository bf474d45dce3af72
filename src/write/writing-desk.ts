import type { NameFinder } from '../text/names.ts';
import type { Style } from './style.ts';

/** What the writing desk needs from outside: the house style and who is who. Built once by the newsroom. */
export type WritingDesk = { style: Style; findNames: NameFinder };
