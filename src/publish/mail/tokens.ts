import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token lets its bearer do, or says. */
export type TokenPurpose =
  /** Leave the list: `[subscriber]`. */
  | 'leave'
  /** Say that the address is theirs: `[subscriber, the moment asked, in base 36]`. */
  | 'confirm'
  /** Name a letter, in its Message-ID and its sender: `[subscriber, what it was]`. */
  | 'letter';

/** 96 bits: nobody guesses one over the network. */
const SEAL_HEX = 24;

/**
 * `FIELDS-SEAL`: the fields and what only the holder of `secret` can compute from them (HMAC-SHA256). No token is ever
 * stored, so none can be stolen from the store. Lower-case letters and digits only: mail servers change case.
 */
export function sealToken(secret: string, purpose: TokenPurpose, fields: readonly string[]): string {
  return [...fields, sealOf(secret, purpose, fields)].join('-');
}

/** The fields of a token that was sealed with this secret for this purpose; undefined for any other text. */
export function openToken(secret: string, purpose: TokenPurpose, token: string): string[] | undefined {
  const fields = token.toLowerCase().split('-');
  const given = Buffer.from(fields.pop() ?? '');
  const expected = Buffer.from(sealOf(secret, purpose, fields));
  return given.length === expected.length && timingSafeEqual(given, expected) ? fields : undefined;
}

function sealOf(secret: string, purpose: TokenPurpose, fields: readonly string[]): string {
  const text = ['ribao', purpose, ...fields].join('\n');
  return createHmac('sha256', secret).update(text).digest('hex').slice(0, SEAL_HEX);
}
