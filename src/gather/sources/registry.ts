import { feed } from './feed.ts';
import type { SourceKind } from './source-kind.ts';

/** Every kind of source ribao knows, in the order the documentation lists them. */
export const SOURCE_KINDS: readonly SourceKind[] = [feed];

/** The kind an editor named, or undefined. */
export function sourceKind(kind: string): SourceKind | undefined {
  return SOURCE_KINDS.find((one) => one.kind === kind);
}
