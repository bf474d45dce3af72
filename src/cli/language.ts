/** The person's language: Chinese when the locale says zh, else English. `RIBAO_LANG` wins over the locale. */
export type Tongue = 'zh' | 'en';

export function tongueOf(env: Record<string, string | undefined>): Tongue {
  const locale = env.RIBAO_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || systemLocale();
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** The same words in both languages. */
export type Words = { zh: string; en: string };

function systemLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}
