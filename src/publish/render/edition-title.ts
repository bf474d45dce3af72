/** An edition's title in its parts: `AI日报：甲; 乙` is `AI日报：` and `甲`, `乙`. */
export type TitleParts = { name: string; headlines: string[] };

/** Reads a title; one without a name has an empty one, and there is always at least one headline. */
export function titleParts(title: string): TitleParts {
  const [, name = '', told = title] = /^([^：]{1,20}：)?([\s\S]*)$/u.exec(title) ?? [];
  return { name, headlines: told.split(/;\s*|；/u) };
}
