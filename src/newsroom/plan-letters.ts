import type { Correction, Delivery, Edition } from '../domain/edition.ts';
import { correctionPart, type LetterAbout, type LetterOutlet } from '../publish/channels/channel.ts';
import type { Store } from '../store/store.ts';
import { type NamedOutlet, rowOf } from './outbox.ts';

type Desk = {
  store: Pick<Store, 'deliveries' | 'edition' | 'planDeliveries' | 'subscribers' | 'unplanDeliveries'>;
};

/**
 * Plans a letter to everybody who is subscribed now, once for a date; later revisions send no second one. What has not
 * gone out yet goes out as the newest revision; who got an earlier one gets a letter for each correction made since,
 * where the config wants that. The rows hold the reader's id, never an address, and a text once for all of them.
 */
export async function planLetters(
  desk: Desk,
  edition: Edition,
  { channel, outlet }: NamedOutlet<LetterOutlet>,
): Promise<Delivery[]> {
  const { store } = desk;
  const rows = async () => (await store.deliveries(edition.date)).filter((one) => one.channel === channel);
  const begun = await rows();
  const readers =
    begun.length === 0
      ? (await store.subscribers()).flatMap(({ id, state }) => (state === 'active' ? [id] : []))
      : await takenBack(desk, edition, begun);
  if (readers.length > 0) {
    const body = outlet.compose(edition);
    await store.planDeliveries(readers.map((id) => rowOf(edition, channel, { id, body })));
  }
  for (const correction of edition.corrections?.made ?? []) {
    const told = await toBeTold(desk, edition, correction, begun);
    if (outlet.correct === undefined || told.length === 0) continue;
    const body = outlet.correct(edition, correction);
    const part = correctionPart(correction);
    await store.planDeliveries(
      told.map((id) => rowOf(edition, channel, { id: `${part}${OF_READER}${id}`, body })),
    );
  }
  const standing = new Set(edition.corrections?.made.map(correctionPart));
  // A correction that was taken back before it was told of is not told of.
  return (await rows()).filter((row) => {
    const { correction } = aboutOf(row);
    return correction === undefined || standing.has(correction);
  });
}

/** Takes letters of earlier revisions that never went out back from the plan; gives whom they were for. */
async function takenBack(
  { store }: Desk,
  { revision }: Edition,
  begun: readonly Delivery[],
): Promise<string[]> {
  const outdated = begun.filter(
    (row) =>
      row.revision < revision &&
      aboutOf(row).correction === undefined &&
      (row.state.kind === 'planned' || (row.state.kind === 'failed' && isOpenLetter(row))),
  );
  await store.unplanDeliveries(outdated.map(({ key }) => key));
  return outdated.map((row) => aboutOf(row).reader);
}

/** Who was brought an edition that did not have this correction yet, and was not told of it. */
async function toBeTold(
  { store }: Desk,
  { date, revision }: Edition,
  { ruling }: Correction,
  begun: readonly Delivery[],
): Promise<string[]> {
  const isIn = async (printed: number) =>
    printed === revision ||
    (await store.edition(date, printed))?.corrections?.made.some((one) => one.ruling === ruling) === true;
  const having = new Map<number, boolean>();
  const part = correctionPart({ ruling });
  const told = new Set(
    begun.flatMap((row) => (aboutOf(row).correction === part ? [aboutOf(row).reader] : [])),
  );
  const readers: string[] = [];
  for (const row of begun) {
    const { reader, correction } = aboutOf(row);
    if (correction !== undefined || row.state.kind !== 'delivered' || told.has(reader)) continue;
    const has = having.get(row.revision) ?? (await isIn(row.revision));
    having.set(row.revision, has);
    if (!has) readers.push(reader);
  }
  return readers;
}

/** Between a correction and the reader in the part of a letter about it: `correction-3.READER`. */
const OF_READER = '.';

/** Whom a letter is for, and what it tells: the edition, or a correction of it. */
export function aboutOf({ date, message }: Delivery): LetterAbout & { reader: string } {
  const [first = '', reader] = (message?.part ?? '').split(OF_READER);
  return reader === undefined ? { date, reader: first } : { date, reader, correction: first };
}

/** Is there still something to do about this letter, by a run or by a person? A refusal is the end of it. */
export function isOpenLetter({ state }: Delivery): boolean {
  return state.kind !== 'delivered' && !(state.kind === 'failed' && !state.retryable && isFinal(state.code));
}

/** About one reader; all other failures are the line's and end when that is mended. */
export function isFinal(code: string): boolean {
  return code === 'mail-bounced' || code === 'mail-refused' || code === 'mail-left';
}
