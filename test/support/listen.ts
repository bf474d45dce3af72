import type { Server } from 'node:net';
import type { TestContext } from 'node:test';

/** Lets a server listen on 127.0.0.1 until the test ends, and gives its port. */
export async function listen(
  t: TestContext,
  server: Server & { closeAllConnections(): void },
): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}
