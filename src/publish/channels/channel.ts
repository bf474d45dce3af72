import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import type { Correction, Edition } from '../../domain/edition.ts';
import type { Post } from '../../net/post.ts';
import type { Archive } from '../archive.ts';
import { monthAndDay } from '../render/dates.ts';

/** What became of one attempt. `code` stands in docs/errors.md; messages are for an editor and hold no secret. */
export type DeliveryOutcome =
  /** `ref`: the outlet's own name for it, by which it can be edited later. */
  | { kind: 'delivered'; where: string; ref?: string }
  /** It is surely not there. `retryable`: trying again can help, not before `retryAfterMs` when that is given. */
  | { kind: 'failed'; code: string; message: string; retryable: boolean; retryAfterMs?: number }
  /** Nobody answered in time: it may be there or not. */
  | { kind: 'unclear'; code: string; message: string };

/** What became of one that did not come there, or perhaps not. */
export type Trouble = Exclude<DeliveryOutcome, { kind: 'delivered' }>;

/** One message, or one recipient's copy. The body is planned once and sent as it was planned. */
export type Part = {
  /** Unique within the edition's revision and channel: `1`, `2` ... or a recipient's hash. */
  id: string;
  /** What goes out, word for word, apart from signatures and times that are made when it is sent. */
  body: string;
};

/** What a channel may use of the world. */
export type Outside = {
  post: Post;
  now(): Instant;
  /** The delivery's own key, the same at every attempt: for outlets that drop what they have seen. */
  key: string;
};

/** What an outlet of files may use of the world. */
export type Around = {
  /** Every edition so far, for outlets that show more than one. */
  archive: Archive;
  /** A moment in the newsroom's time zone, as ISO 8601 with its offset. */
  localTime(at: Instant): string;
  /** For outlets that tell others of their files; absent when nothing may leave the house. */
  post?: Post;
};

type Common<Schema extends z.ZodType> = {
  kind: string;
  /** Strict; `kind` is a literal. Addresses and keys that are secret may be written `env:NAME` or `file:PATH`. */
  schema: Schema;
  /** Keys of the config that must never be shown: tokens, signing keys, addresses that hold one. */
  secrets: readonly (keyof z.infer<Schema> & string)[];
  /** Keys of the config that are paths, relative to the config's folder. */
  paths: readonly (keyof z.infer<Schema> & string)[];
};

/** An outlet of files: bringing the same edition twice leaves the same files. */
export type FileChannel<Schema extends z.ZodType> = Common<Schema> & {
  /** Carries on what other outlets of files have written: goes after them, and not at all when one of them failed. */
  follows?: true;
  deliver(edition: Edition, config: z.infer<Schema>, around: Around): Promise<DeliveryOutcome>;
};

/** An outlet of messages. None of its functions throws for the outlet's misbehaviour. */
export type MessageChannel<Schema extends z.ZodType> = Common<Schema> & {
  /** The least time between two parts, in ms: what the outlet allows. */
  gapMs: number;
  /** Sending the same part twice leaves one there. Others are never sent again when it is unclear whether they came. */
  repeatable: boolean;
  /** Pure: the messages of this edition in order, each within the outlet's limits, nothing of the edition lost. */
  compose(edition: Edition, config: z.infer<Schema>): Part[];
  send(part: Part, config: z.infer<Schema>, outside: Outside): Promise<DeliveryOutcome>;
  /** A short message of the newsroom's own, for alerts: one part, cut to the outlet's limits. Absent where none can be. */
  notice?(title: string, lines: readonly string[], config: z.infer<Schema>): Part;
  /** Tells readers of one correction where they cannot be shown it in its place; without it a notice does. */
  correct?(edition: Edition, correction: Correction, config: z.infer<Schema>): Part;
  /** Looks whether a part whose sending was unclear is there. */
  find?(part: Part, config: z.infer<Schema>, outside: Outside): Promise<'there' | 'absent' | 'unknown'>;
  /** Puts `part` in the place of the message sent before as `ref`. */
  edit?(ref: string, part: Part, config: z.infer<Schema>, outside: Outside): Promise<DeliveryOutcome>;
};

/** Somebody a letter goes to. The id stands for the reader in deliveries, tokens and returned letters. */
export type Recipient = { id: string; address: string };

/** What a letter tells: the edition of this date, or one correction of it, by its part (`correction-3`). */
export type LetterAbout = { date: string; correction?: string };

/** An edition in a letter's mark, which holds small letters and digits only. */
export function editionMark(date: string): string {
  return date.replaceAll('-', '').toLowerCase();
}

/** What became of one letter. */
export type LetterOutcome = DeliveryOutcome & {
  /** `down`: nothing more can be sent now, whoever it is for. */
  line: 'up' | 'down';
  /** The address itself is no good, by this status (RFC 3463). */
  bounce?: string;
};

/** A conversation with a mail server, for many letters. Nothing here throws for what the server does. */
export type PostLine = {
  /** Connects where that is not done; what keeps it from there. */
  ready(): Promise<Extract<DeliveryOutcome, { kind: 'failed' }> | undefined>;
  /** One reader's copy of the edition, or of a correction of it: `body` is what `compose` or `correct` gave. */
  sendEdition(to: Recipient, body: string, about: LetterAbout, at: Instant): Promise<LetterOutcome>;
  /** Asks the owner of the address whether they want it. */
  sendConfirmation(to: Recipient, askedAt: Instant, at: Instant): Promise<LetterOutcome>;
  close(): Promise<void>;
};

/** Where letters come back to: a folder of this machine or an IMAP mailbox. */
export type ReturnBox = {
  folder?: string;
  host?: string;
  port: number;
  secure: boolean;
  user: string;
  password: string;
  mailbox: string;
};

/** What the readers' side of an outlet of letters can do: the outbox and the server use it. */
export type LetterOutlet = {
  form: 'letters';
  /** The least time between two letters, in ms. */
  gapMs: number;
  /** Pure: the edition's letter, the same for all. */
  compose(edition: Edition): string;
  /** Pure: the letter that tells of one correction; absent where the config does not want that. */
  correct?(edition: Edition, correction: Correction): string;
  /** That letter as a reader without name would get it, for a rehearsal. */
  show(body: string): string;
  dial(): PostLine;
  /** Whom a token names, and what it says of them; undefined when it was not made here for this purpose. */
  openToken(
    purpose: 'leave' | 'confirm' | 'letter',
    token: string,
  ): { id: string; about: string } | undefined;
  returns: ReturnBox | undefined;
};

/** An outlet of letters: one copy for each reader, whose addresses the newsroom keeps. */
export type LetterChannel<Schema extends z.ZodType> = Common<Schema> & {
  letters(config: z.infer<Schema>): LetterOutlet;
};

/** One outlet: a file in this folder and a line in `registry.ts`. */
export type Channel<Schema extends z.ZodType> =
  | FileChannel<Schema>
  | MessageChannel<Schema>
  | LetterChannel<Schema>;

/** A channel with its config: all that the outbox needs to know of it. */
export type Outlet =
  | {
      form: 'files';
      follows: boolean;
      deliver(edition: Edition, around: Around): Promise<DeliveryOutcome>;
    }
  | {
      form: 'messages';
      gapMs: number;
      repeatable: boolean;
      compose(edition: Edition): Part[];
      send(part: Part, outside: Outside): Promise<DeliveryOutcome>;
      notice?(title: string, lines: readonly string[]): Part;
      /** Tells of one correction; absent where the config does not want that. */
      correct?(edition: Edition, correction: Correction): Part;
      find?(part: Part, outside: Outside): Promise<'there' | 'absent' | 'unknown'>;
      edit?(ref: string, part: Part, outside: Outside): Promise<DeliveryOutcome>;
    }
  | LetterOutlet;

/** A channel as the registry lists it, its schema's type hidden inside. */
export type ChannelKind = {
  kind: string;
  form: Outlet['form'];
  /** Whether it can carry a short notice of the newsroom's own. */
  takesNotices: boolean;
  schema: z.ZodObject;
  secrets: readonly string[];
  paths: readonly string[];
  /** @throws ZodError when the config was not read by `schema`: a bug */
  open(config: unknown): Outlet;
};

/** Closes a channel over its config, so that all kinds can stand in one list. */
export function defineChannel<Schema extends z.ZodObject>(channel: Channel<Schema>): ChannelKind {
  const { kind, schema, secrets, paths } = channel;
  return {
    kind,
    form: 'deliver' in channel ? 'files' : 'letters' in channel ? 'letters' : 'messages',
    takesNotices: 'compose' in channel && channel.notice !== undefined,
    schema,
    secrets,
    paths,
    open(given) {
      const config = schema.parse(given);
      if ('deliver' in channel)
        return {
          form: 'files',
          follows: channel.follows ?? false,
          deliver: (edition, around) => channel.deliver(edition, config, around),
        };
      if ('letters' in channel) return channel.letters(config);
      const { gapMs, repeatable, notice, find, edit } = channel;
      return {
        form: 'messages',
        gapMs,
        repeatable,
        compose: (edition) => channel.compose(edition, config),
        send: (part, outside) => channel.send(part, config, outside),
        ...(notice ? { notice: (title, lines) => notice(title, lines, config) } : {}),
        ...(wantsCorrections(config) ? correctionsBy(channel, config) : {}),
        ...(find ? { find: (part, outside) => find(part, config, outside) } : {}),
        ...(edit ? { edit: (ref, part, outside) => edit(ref, part, config, outside) } : {}),
      };
    },
  };
}

/** For the schema of a channel that can tell of corrections. */
export const correctionsField = z
  .boolean()
  .default(false)
  .describe('见报后有更正而这里改不了原消息时，另发一条 / send corrections that cannot be made in place');

function wantsCorrections(config: object): boolean {
  return 'corrections' in config && config.corrections === true;
}

function correctionsBy<Schema extends z.ZodObject>(
  { correct, notice }: MessageChannel<Schema>,
  config: z.infer<Schema>,
): { correct?: (edition: Edition, correction: Correction) => Part } {
  if (correct) return { correct: (edition, correction) => correct(edition, correction, config) };
  if (!notice) return {};
  return {
    correct(edition, correction) {
      const { title, lines } = correctionNotice(edition, correction);
      return { ...notice(title, lines, config), id: correctionPart(correction) };
    },
  };
}

/** The part that tells of a correction: one for each ruling, whatever the revision. */
export function correctionPart({ ruling }: Pick<Correction, 'ruling'>): string {
  return `correction-${ruling}`;
}

/** A correction in the words of a short message. */
export function correctionNotice(
  edition: Edition,
  correction: Correction,
): { title: string; lines: string[] } {
  const { kind, headline, note, storyId } = correction;
  const item = edition.sections.flatMap(({ items }) => items).find((one) => one.brief.storyId === storyId);
  const word = kind === 'withdrawn' ? '撤回' : '更正';
  return {
    title: `${word}：${monthAndDay(edition.date)}《${headline}》`,
    lines: [note, ...(kind === 'corrected' && item ? [`现在是：${item.brief.summary}`, item.brief.url] : [])],
  };
}
