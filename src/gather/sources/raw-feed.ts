import type { Engagement } from '../../domain/article.ts';

/** What any feed format says, before we make sense of it: strings as written, several candidates in order of preference. */
export type RawFeed = {
  title?: string;
  /** What the feed says it is about. */
  about?: string;
  language?: string;
  /** Address of the site, for relative links. */
  home?: string;
  /** How long the feed says that it may be kept (`ttl`). */
  ttlMinutes?: number;
  /** The feed itself says that it is empty on some days (`skipDays`), as arXiv's is on weekends. */
  restsSomeDays: boolean;
  items: RawItem[];
};

export type RawItem = {
  title?: string;
  /** Best first; the first that makes an http(s) address is taken. */
  links: string[];
  base?: string;
  /** Best first. */
  dates: string[];
  /** HTML candidates; the longest wins. */
  html: string[];
  /** Plain text, taken as it is when no HTML is longer. */
  plain?: string;
  author?: string;
  tags: string[];
  engagement?: Engagement;
  /** Pictures, best first. */
  images?: string[];
};

/** The strings among the values, without empty ones. */
export function given(...values: (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value.trim() !== '');
}

/** `{ [name]: value }` when there is a value, for spreading into an object with optional fields. */
export function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** A person's name without the address RSS wants beside it: `a@b.example (Name)`, `Name (a@b.example)`, `Name <a@b.example>`. */
export function personOf(text: string | undefined): string | undefined {
  const first = /^\s*[^\s@<>()]+@[^\s()<>]+\s*\(([^()]+)\)\s*$/.exec(text ?? '')?.[1];
  const last = /^\s*([^<>()]+?)\s*[(<][^\s@<>()]+@[^\s()<>]+[)>]\s*$/.exec(text ?? '')?.[1];
  return first ?? last ?? text;
}
