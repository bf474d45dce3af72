import type { Delivery } from '../domain/edition.ts';
import { isOpenLetter } from '../newsroom/plan-letters.ts';
import { type Io, say } from './io.ts';

/** How the deliveries of one edition stand, a line per channel: where it is, or what keeps it from there. */
export function deliveryLines(deliveries: readonly Delivery[], io: Io): string[] {
  const channels = [...new Set(deliveries.map(({ channel }) => channel))];
  return channels.map((channel) => {
    const parts = deliveries.filter((one) => one.channel === channel);
    const there = parts.filter(({ state }) => state.kind === 'delivered');
    // A letter that its reader's server refused for good is the end of it, not something that is stuck.
    const ended = parts.filter((one) => one.state.kind !== 'delivered' && !isOpenLetter(one));
    const refused =
      ended.length === 0
        ? ''
        : say(io, { zh: `（${ended.length} 封退回或退订）`, en: ` (${ended.length} refused or left)` });
    const count = parts.length > 1 ? ` ${there.length}/${parts.length}${refused}` : refused;
    const stuck = parts.find(isOpenLetter);
    if (stuck !== undefined) return `  ${channel}${count} ${stateWords(stuck, io)}`;
    const last = there.at(-1)?.state;
    return `  ${channel}${count} → ${last?.kind === 'delivered' ? last.where : ''}`;
  });
}

/** One part's state in words. */
export function stateWords({ state }: Delivery, io: Io): string {
  switch (state.kind) {
    case 'planned':
      return say(io, { zh: '… 待发', en: '… planned' });
    case 'sending':
      return say(io, { zh: '? 发送中断，不知到没到', en: '? cut off while sending' });
    case 'delivered':
      return `→ ${state.where}`;
    case 'failed':
      return `✗ ${state.code}：${state.message}`;
    case 'unclear':
      return `? ${state.code}：${state.message}`;
  }
}

/** For JSON: a text that thousands of letters share stands with the first of them only. */
export function textsOnce(deliveries: readonly Delivery[]): unknown[] {
  const seen = new Set<string>();
  return deliveries.map((one) => {
    if (one.message === undefined) return one;
    const { part, body } = one.message;
    if (seen.has(body)) return { ...one, message: { part } };
    seen.add(body);
    return one;
  });
}
