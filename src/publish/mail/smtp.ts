import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';

/** How to reach a mail server, and as whom. */
export type SmtpServer = {
  host: string;
  port: number;
  /** `tls`: from the first byte; `starttls`: before anything is said; `none`: only ever on this machine. */
  encryption: 'tls' | 'starttls' | 'none';
  user: string;
  password: string;
  /** Certificates to trust besides the usual ones (PEM). */
  ca?: string;
  /** For one answer of the server, in ms. */
  patienceMs?: number;
};

/** What the server said to one letter. `code` is its three digits, `status` the enhanced one (RFC 3463) where given. */
export type SmtpAnswer =
  | { kind: 'taken' }
  | { kind: 'refused'; what: 'sender' | 'recipient' | 'letter'; code: number; status?: string; words: string }
  /** It ended the conversation before taking the letter: the letter is surely not there. */
  | { kind: 'closing'; code: number; words: string }
  /** Cut off; `sent`: when the letter was already under way, so that it may have arrived. */
  | { kind: 'cut'; sent: boolean; words: string };

/** Why no conversation came about. */
export type SmtpTrouble = {
  why: 'unreachable' | 'tls' | 'login' | 'busy' | 'refused';
  words: string;
};

/** One conversation with a mail server after another, for many letters. Nothing here throws for what a server does. */
export type SmtpLine = {
  /** Connects and logs in unless that is done. */
  ready(): Promise<SmtpTrouble | undefined>;
  /** Hands over one letter; call `ready` before. */
  send(envelope: { from: string; to: string }, letter: Buffer): Promise<SmtpAnswer>;
  close(): Promise<void>;
};

/** Servers end long conversations by themselves; after so many letters a new one is begun. */
const LETTERS_A_CONVERSATION = 100;
/** RFC 5321 4.5.3.2 allows minutes; a server that needs more than this for one answer is as good as gone. */
const PATIENCE_MS = 60_000;

export function openSmtp(server: SmtpServer): SmtpLine {
  let connection: SMTPConnection | undefined;
  let letters = 0;

  async function connect(): Promise<SmtpTrouble | undefined> {
    const patience = server.patienceMs ?? PATIENCE_MS;
    const made = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.encryption === 'tls',
      requireTLS: server.encryption === 'starttls',
      ignoreTLS: server.encryption === 'none',
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      ...(server.ca === undefined ? {} : { tls: { ca: server.ca } }),
    });
    const failed = await new Promise<unknown>((settle) => {
      made.on('error', settle);
      made.connect((error) => {
        if (error || server.user === '') settle(error ?? undefined);
        else
          made.login({ user: server.user, pass: server.password }, (refused) => settle(refused ?? undefined));
      });
    });
    if (failed !== undefined) {
      made.close();
      return troubleOf(failed);
    }
    // From now on a broken line is told by the letter it breaks.
    made.on('error', () => {});
    [connection, letters] = [made, 0];
    return undefined;
  }

  function hangUp(): void {
    connection?.quit();
    connection = undefined;
  }

  return {
    async ready() {
      if (connection?.destroyed === true) connection = undefined;
      if (letters >= LETTERS_A_CONVERSATION) hangUp();
      return connection === undefined ? connect() : undefined;
    },

    async send({ from, to }, letter) {
      const line = connection;
      if (line === undefined) return { kind: 'cut', sent: false, words: 'no line' };
      let sent = false;
      // Read only once the server has said that it takes the letter.
      const content = new Readable({
        read() {
          sent = true;
          this.push(letter);
          this.push(null);
        },
      });
      const answer = await new Promise<SmtpAnswer>((settle) => {
        line.send({ from, to: [to], size: letter.length }, content, (error) =>
          settle(error ? answerOf(error, sent) : { kind: 'taken' }),
        );
      });
      letters += 1;
      if (answer.kind === 'cut' || answer.kind === 'closing') {
        line.close();
        connection = undefined;
      } else if (answer.kind === 'refused')
        // The next letter begins afresh, whatever the server remembers of this one.
        await new Promise<void>((done) => line.reset(() => done()));
      return answer;
    },

    async close() {
      hangUp();
    },
  };
}

/** What nodemailer says of an error. */
const errorSchema = z.object({
  message: z.string().catch(''),
  code: z.string().catch(''),
  originalCode: z.string().catch(''),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().catch(''),
  command: z.string().catch(''),
});

function read(error: unknown) {
  return errorSchema.parse(error instanceof Error ? { ...error, message: error.message } : {});
}

/** Service closing: the conversation is over, whatever it was about (RFC 5321 4.2.3). */
const CLOSING = 421;

function answerOf(error: unknown, sent: boolean): SmtpAnswer {
  const { message, code, responseCode, response, command } = read(error);
  const words = wordsOf(response || message);
  // A reply, even a 421, to the letter itself says that it was not taken.
  if (responseCode === CLOSING) return { kind: 'closing', code: CLOSING, words };
  if (responseCode !== undefined) {
    const what = command === 'MAIL FROM' ? 'sender' : command === 'RCPT TO' ? 'recipient' : 'letter';
    const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
    return { kind: 'refused', what, code: responseCode, words, ...(status ? { status } : {}) };
  }
  // Refused by nodemailer itself before a word was said: longer than the server's SIZE, no valid address.
  if (code === 'EMESSAGE' && command === 'MAIL FROM')
    return { kind: 'refused', what: 'letter', code: 552, words };
  if (code === 'EENVELOPE') return { kind: 'refused', what: 'recipient', code: 553, words };
  return { kind: 'cut', sent, words };
}

function troubleOf(error: unknown): SmtpTrouble {
  const { message, code, originalCode, responseCode, response, command } = read(error);
  const words = wordsOf(response || `${message}${originalCode ? ` ${originalCode}` : ''}`);
  if (code === 'ETLS' || command === 'STARTTLS' || /certificate|self.signed|SSL|TLS/i.test(message))
    return { why: 'tls', words };
  if (responseCode !== undefined && responseCode < 500) return { why: 'busy', words };
  if (code === 'EAUTH') return { why: 'login', words };
  return { why: responseCode === undefined ? 'unreachable' : 'refused', words };
}

/** The server's words on one line, without the addresses in them. */
function wordsOf(text: string): string {
  return text
    .replace(/[^\s<>"(),;:]+@[^\s<>"(),;:]+/g, '***')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

/** Loopback by its own look: a password said to it without encryption leaves no machine. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
