/** Words that look like a key although they are not ours: `sk-...` of any provider, whatever follows `Bearer`. */
const KEY_LIKE = /\bsk-[\w-]{6,}|(?<=\bBearer\s)[^\s"',]+/gi;

/**
 * Gives a function that replaces the key in any text by `***`: as it is, as in an address, as in JSON, and anything
 * else that looks like one. Everything a provider says passes through it, because some echo what they were sent.
 */
export function keyHider(apiKey: string): (text: string) => string {
  const escaped = JSON.stringify(apiKey).slice(1, -1);
  const forms = [...new Set([apiKey, encodeURIComponent(apiKey.toWellFormed()), escaped])].filter(
    (form) => form !== '',
  );
  return (text) =>
    forms.reduce((hidden, form) => hidden.replaceAll(form, '***'), text).replace(KEY_LIKE, '***');
}
