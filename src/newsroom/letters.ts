import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery, DeliveryState, Edition } from '../domain/edition.ts';
import type { Failure, Run } from '../domain/run.ts';
import {
  editionMark,
  type LetterOutcome,
  type LetterOutlet,
  type PostLine,
} from '../publish/channels/channel.ts';
import { recordReturned } from './bounces.ts';
import { CUT_OFF, type NamedOutlet, type Outbox, stateOf } from './outbox.ts';
import { aboutOf, isFinal, isOpenLetter } from './plan-letters.ts';

/** What bringing letters uses of the newsroom. */
export type LetterDesk = Pick<Outbox, 'store' | 'clock' | 'secrets' | 'pause'>;

/** Letters that were put off are tried again in the same run after these pauses (ms); later runs try again. */
const PAUSES_MS = [5000, 60_000];
/** So many refusals in a row are not about the readers: the servers refuse this sender. */
const REFUSALS_IN_A_ROW = 20;

/**
 * Brings the letters that are not there yet over one line, at the channel's pace. One reader's trouble leaves the others
 * alone; the line's stops all. As in the outbox, every attempt is marked before and after: what may have arrived is
 * `unclear`, is never sent again by itself, and a person decides, for no mail server can be asked.
 */
export async function bringLetters(
  desk: LetterDesk,
  run: Run,
  edition: Edition,
  { channel, outlet }: NamedOutlet<LetterOutlet>,
  rows: readonly Delivery[],
): Promise<{ done: number; failures: Failure[] }> {
  const pause = desk.pause ?? sleep;
  const line = outlet.dial();
  const states = new Map(rows.map((row) => [row, row.state]));
  const round: Round = { done: 0, refusals: 0, down: false };
  try {
    for (let pass = 0; ; pass += 1) {
      for (const row of rows) {
        if (round.down) break;
        const state = states.get(row) ?? row.state;
        if (!isOpenLetter({ ...row, state }) || state.kind === 'unclear') continue;
        const before = round.done;
        states.set(row, await bringOne(desk, line, edition, row, state, round));
        if (round.done > before) await pause(outlet.gapMs);
      }
      const later = [...states.values()].some(
        (state) => state.kind === 'failed' && state.code === 'mail-later',
      );
      const wait = PAUSES_MS[pass];
      if (round.down || !later || wait === undefined) break;
      await pause(wait);
    }
  } finally {
    await line.close();
  }
  const failures = failuresOf(channel, [...states.values()]);
  await desk.store.addToJournal([
    {
      runId: run.id,
      step: 'deliver',
      subject: channel,
      outcome: failures.length > 0 ? 'failed' : 'done',
      note: summaryOf([...states.values()]),
      at: desk.clock(),
    },
  ]);
  return { done: round.done, failures };
}

type Round = { done: number; refusals: number; down: boolean };

async function bringOne(
  desk: LetterDesk,
  line: PostLine,
  edition: Edition,
  row: Delivery,
  known: DeliveryState,
  round: Round,
): Promise<DeliveryState> {
  const { store, clock } = desk;
  const record = async (state: DeliveryState) => {
    await store.recordDelivery(row.key, state);
    return state;
  };
  if (known.kind === 'sending')
    return record({ kind: 'unclear', at: known.at, code: 'channel-unclear', message: CUT_OFF });
  const { reader: id, ...about } = aboutOf(row);
  const reader = await store.subscriber(id);
  if (reader?.state !== 'active')
    return record({
      kind: 'failed',
      at: clock(),
      code: 'mail-left',
      message: '已退订或停寄，没有寄',
      retryable: false,
    });
  const trouble = await line.ready();
  if (trouble !== undefined) {
    round.down = true;
    return record(stateOf(desk, trouble));
  }
  await record({ kind: 'sending', at: clock() });
  const outcome = await line.sendEdition(reader, row.message?.body ?? '', about, clock());
  if (outcome.kind === 'delivered') round.done += 1;
  note(round, outcome);
  const state = await record(stateOf(desk, outcome));
  if (outcome.bounce !== undefined)
    await recordReturned(desk, [
      {
        subscriberId: reader.id,
        about: editionMark(edition.date),
        at: clock(),
        status: outcome.bounce,
      },
    ]);
  return state;
}

function note(round: Round, outcome: LetterOutcome): void {
  if (outcome.line === 'down') round.down = true;
  const isRefusal = outcome.kind === 'failed' && !outcome.retryable;
  round.refusals = isRefusal ? round.refusals + 1 : 0;
  if (round.refusals >= REFUSALS_IN_A_ROW) round.down = true;
}

/** What an editor has to know: not the dead addresses, which any list has, but what waits for somebody. */
function failuresOf(channel: string, states: readonly DeliveryState[]): Failure[] {
  const open = states.flatMap((state) =>
    state.kind === 'unclear' || (state.kind === 'failed' && !isFinal(state.code)) ? [state] : [],
  );
  const byCode = Map.groupBy(open, ({ code }) => code);
  const failures = [...byCode].map(([code, some]): Failure => {
    const [first] = some;
    const count = some.length > 1 ? `${some.length} 封：` : '';
    const retryable = first?.kind === 'failed' && first.retryable;
    return { code, subject: channel, message: `${count}${first?.message ?? ''}`, retryable };
  });
  const unsent = states.filter(({ kind }) => kind === 'planned').length;
  if (unsent > 0 && failures.length === 0)
    return [
      {
        code: 'mail-refused',
        subject: channel,
        message: `连着 ${REFUSALS_IN_A_ROW} 个收件人被拒，多半是对方不收本站的信，余下 ${unsent} 封没有寄`,
        retryable: false,
      },
    ];
  return failures;
}

function summaryOf(states: readonly DeliveryState[]): string {
  const count = (kind: DeliveryState['kind']) => states.filter((state) => state.kind === kind).length;
  return `共 ${states.length} 封：寄到 ${count('delivered')}，没寄到 ${count('failed')}，不知到没到 ${count('unclear')}，未寄 ${count('planned')}`;
}
