import type { Purpose, Tokens } from '../domain/model-call.ts';
import type { LlmFailure } from './llm.ts';

/** A call as it is before it is made. */
export type PlannedCall = {
  purpose: Purpose;
  repair: boolean;
  kind: 'chat' | 'embedding';
  /** No provider can count more tokens than these. */
  most: Pick<Tokens, 'input' | 'output'>;
};

/** What became of a call, as far as money goes. */
export type EndedCall = {
  /** `answered` or the code of the failure. */
  outcome: string;
  /**
   * `used`: as the provider counted. `nothing`: it was refused or never arrived. `unclear`: it may have been billed, at
   * most what was planned.
   */
  billed: { kind: 'used'; tokens: Tokens } | { kind: 'nothing' } | { kind: 'unclear' };
};

/**
 * What pays for calls. The most a call can cost is put aside before it is made and settled when it ended, so that the
 * ceiling holds whatever else is under way. An error of the ledger is not caught.
 */
export type Purse = {
  open(planned: PlannedCall): Promise<{ settle(ended: EndedCall): Promise<void> } | LlmFailure>;
  /** Writes down an answer that was known already. */
  known(call: Pick<PlannedCall, 'purpose' | 'repair' | 'kind'>): Promise<void>;
};
