import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';

/** How a mailbox misbehaves. */
export type Misbehaviour = {
  /** Greets, then never says another word. */
  mute?: boolean;
  /** Lists a letter it cannot give any more (deleted meanwhile). */
  lost?: number;
};

/**
 * A mailbox that speaks as much IMAP4rev1 (RFC 3501) as reading takes, and writes down what it was told. It offers no
 * STARTTLS. Listens on 127.0.0.1, or on every address for tests of what may be said to another machine.
 */
export async function serveMailbox(
  t: TestContext,
  letters: Map<number, string>,
  { password = 'invented', everywhere = false, mute = false, lost }: Misbehaviour & ServeOptions = {},
) {
  const told: string[] = [];
  const sockets = new Set<Socket>();
  let uidValidity = 7;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    let pending = '';
    socket.on('data', (data) => {
      pending += data;
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        told.push(command);
        if (!mute) reply(socket, tag, command);
      }
    });
  });

  function reply(socket: Socket, tag: string, command: string): void {
    const done = (text = 'done') => socket.write(`${tag} OK ${text}\r\n`);
    const uids = [...letters.keys(), ...(lost === undefined ? [] : [lost])];
    if (/^CAPABILITY/i.test(command)) {
      socket.write('* CAPABILITY IMAP4rev1\r\n');
      done();
    } else if (/^LOGIN/i.test(command)) {
      if (command.includes(password)) done();
      else socket.write(`${tag} NO [AUTHENTICATIONFAILED] wrong password\r\n`);
    } else if (/^LIST|^LSUB/i.test(command)) {
      if (/INBOX/i.test(command)) socket.write('* LIST (\\HasNoChildren) "/" INBOX\r\n');
      done();
    } else if (/^(EXAMINE|SELECT) "?Nowhere/i.test(command)) {
      socket.write(`${tag} NO [NONEXISTENT] no such mailbox\r\n`);
    } else if (/^(EXAMINE|SELECT)/i.test(command)) {
      socket.write(
        `* ${uids.length} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY ${uidValidity}] v\r\n* OK [UIDNEXT ${Math.max(0, ...uids) + 1}] n\r\n`,
      );
      done('[READ-ONLY] done');
    } else if (/^UID SEARCH/i.test(command)) {
      const [, from] = /UID (\d+):\*/i.exec(command) ?? [];
      const found = uids.filter((uid) => from === undefined || uid >= Number(from));
      // RFC 3501 6.4.8: `n:*` names the last letter even when its UID is smaller than n.
      socket.write(`* SEARCH ${(found.length > 0 ? found : uids.slice(-1)).join(' ')}\r\n`);
      done();
    } else if (/^UID FETCH/i.test(command)) {
      const [, set = ''] = /^UID FETCH (\S+)/i.exec(command) ?? [];
      for (const [n, uid] of uids.entries()) {
        const given = letters.get(uid);
        if (given === undefined || !set.split(',').some((part) => within(uid, part))) continue;
        const raw = Buffer.from(given);
        socket.write(`* ${n + 1} FETCH (UID ${uid} BODY[]<0> {${raw.length}}\r\n`);
        socket.write(raw);
        socket.write(')\r\n');
      }
      done();
    } else if (/^LOGOUT/i.test(command)) {
      socket.write('* BYE\r\n');
      done();
      socket.end();
    } else done();
  }

  await new Promise<void>((ready) => server.listen(0, everywhere ? '0.0.0.0' : '127.0.0.1', ready));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const settings = { host: '127.0.0.1', port: bound.port, secure: false, user: 'desk', password };
  return {
    settings,
    told,
    dealAnew: () => {
      uidValidity += 1;
    },
  };
}

type ServeOptions = { password?: string; everywhere?: boolean };

function within(uid: number, part: string): boolean {
  const [from = '', to = from] = part.split(':');
  return uid >= Number(from) && (to === '*' || uid <= Number(to));
}
