// A mail server of its own process for `bench -- letters`: counts what it takes in and throws it away.
import { SMTPServer } from 'smtp-server';

let letters = 0;
let bytes = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    stream.on('end', () => {
      letters += 1;
      done();
    });
  },
});
server.listen(0, '127.0.0.1', () => {
  const bound = server.server.address();
  process.send?.({ port: typeof bound === 'object' ? bound?.port : 0 });
});
process.on('message', () => process.send?.({ letters, bytes }));
