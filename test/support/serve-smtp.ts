import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { TestContext } from 'node:test';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/tls/loopback.${name}`, import.meta.url), 'utf8');
/** What a client has to trust to believe this server. */
export const LOOPBACK_CA = fixture('crt');

export type TakenLetter = { from: string; to: string; raw: string; at: number };

type Manners = {
  encryption?: 'tls' | 'starttls' | 'none';
  /** Who may send, and with what. */
  login?: { user: string; password: string };
  /** The answer to RCPT TO, MAIL FROM or the letter itself; undefined takes it. `times`: how often this was asked. */
  recipient?: (address: string, times: number) => string | undefined;
  sender?: (address: string) => string | undefined;
  letter?: (to: string, times: number) => string | undefined;
  /** Takes the letter in, then cuts the line instead of saying so. */
  cutAfter?: (to: string) => boolean;
  /** Cuts the line at RCPT TO. */
  cutBefore?: (to: string, times: number) => boolean;
  /** How long it thinks over each letter, in ms. */
  slowMs?: () => number;
};

/** A mail server on 127.0.0.1 until the test ends: it keeps what it took in. */
export async function serveSmtp(t: Pick<TestContext, 'after'>, manners: Manners = {}) {
  const { encryption = 'none', login, slowMs = () => 0 } = manners;
  const taken: TakenLetter[] = [];
  const sockets = new Set<Socket>();
  const asked = new Map<string, number>();
  let conversations = 0;
  const times = (what: string) => {
    asked.set(what, (asked.get(what) ?? 0) + 1);
    return asked.get(what) ?? 1;
  };
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    secure: encryption === 'tls',
    key: fixture('key'),
    cert: fixture('crt'),
    disabledCommands: [
      ...(encryption === 'starttls' ? [] : ['STARTTLS']),
      ...(login === undefined ? ['AUTH'] : []),
    ],
    authOptional: login === undefined,
    disableReverseLookup: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.password) done(null, { user: username });
      else done(refusal('535 5.7.8 Authentication credentials invalid'));
    },
    onMailFrom({ address }, _session, done) {
      done(refusalOrNone(manners.sender?.(address)));
    },
    onRcptTo({ address }, _session, done) {
      const nth = times(`rcpt ${address}`);
      if (manners.cutBefore?.(address, nth)) return cut();
      return done(refusalOrNone(manners.recipient?.(address, nth)));
    },
    onData(stream, session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const refused = manners.letter?.(to, times(`data ${to}`));
        if (refused !== undefined) return done(refusal(refused));
        taken.push({ from, to, raw: Buffer.concat(pieces).toString('utf8'), at: Date.now() });
        if (manners.cutAfter?.(to)) return cut();
        setTimeout(() => done(), slowMs()).unref();
        return undefined;
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    conversations += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    cut();
    server.server.close();
  });
  const bound = server.server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    port: bound.port,
    taken,
    conversations: () => conversations,
    to: (address: string) => taken.filter((letter) => letter.to === address),
    cut,
  };
}

/** `550 5.1.1 words` as the error that the server turns into that answer. */
function refusal(answer: string): Error {
  return Object.assign(new Error(answer.slice(4)), { responseCode: Number(answer.slice(0, 3)) });
}

function refusalOrNone(answer: string | undefined): Error | null {
  return answer === undefined ? null : refusal(answer);
}

/** A letter as a mail program reads it. */
export function openLetter(letter: TakenLetter | undefined): Promise<Email> {
  if (letter === undefined) throw new Error('no such letter');
  return PostalMime.parse(letter.raw);
}

/** One header of a letter, unfolded; empty when it has none. */
export function headerOf(letter: TakenLetter | undefined, name: string): string {
  const head = (letter?.raw ?? '').split('\r\n\r\n')[0] ?? '';
  const found = new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(head)?.[1] ?? '';
  return found.replace(/\r\n[ \t]+/g, ' ');
}
