import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Problem } from '../domain/problem.ts';
import { type SubscriberDesk, sendConfirmations } from '../newsroom/subscribers.ts';
import { answer, answerPage } from './answer.ts';
import { problemPage } from './reader-pages.ts';
import { readerRequests } from './reader-requests.ts';
import { serveFile } from './static-files.ts';

export type Serving = {
  port: number;
  /** Takes no more requests, lets those under way end (within ten seconds), and sends no more letters. */
  stop(): Promise<void>;
};

export type ServeOptions = {
  host: string;
  port: number;
  /** The reader's site; without it only the readers' pages are there. */
  folder?: string;
  /** Subscriptions by letter; without it only the site is there. */
  desk?: SubscriberDesk;
  /** Something went wrong that no reader sees; holds no address. */
  tell: (trouble: string) => void;
  timeouts?: typeof TIMEOUTS;
};

/** A request that dawdles is cut: head within 10 s, the whole within 20 s, an idle connection after 5 s; looked at each second. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000,
};
const MOST_CONNECTIONS = 1000;
const STOP_MS = 10_000;
/** Letters to confirm that could not go out are tried again so often. */
const AGAIN_MS = 60_000;

/**
 * The reader's site and the readers' pages over HTTP, for a proxy that speaks TLS to stand before it.
 * @throws Problem serve-port when the port cannot be had
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { host, port, folder, desk, tell, timeouts = TIMEOUTS } = options;
  const mailer = desk === undefined ? undefined : startMailer(desk, tell);
  const pages = desk === undefined ? new Map() : readerRequests(desk, () => mailer?.wake());

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://here.invalid');
    if (url === null) return answer(request, response, 400, {});
    const page = pages.get(url.pathname);
    const methods = page === undefined ? ['GET', 'HEAD'] : ['GET', 'HEAD', 'POST'];
    if (!methods.includes(request.method ?? ''))
      return answer(request, response, 405, { allow: methods.join(', '), connection: 'close' });
    if (page !== undefined) return page(request, response, url);
    if (folder !== undefined) return serveFile(folder, url.pathname, request, response);
    return answerPage(request, response, 404, problemPage('没有这一页', '没有这一页。'));
  }

  const server = createServer({ ...timeouts, maxHeaderSize: 16_384 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (isGone(error)) return;
      tell(`${request.method} ${pathOf(request)}：${error instanceof Error ? error.message : error}`);
      if (response.headersSent) response.destroy();
      else answerPage(request, response, 500, problemPage('出了点问题', '请过一会儿再试。'));
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  const bound = await listening(server, host, port);

  return {
    port: bound,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      const cut = setTimeout(() => server.closeAllConnections(), STOP_MS);
      server.closeIdleConnections();
      await Promise.all([closed, mailer?.stop()]);
      clearTimeout(cut);
    },
  };
}

/** Without what follows the path: that holds tokens. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

/** A reader who went away in the middle of a request is nobody's trouble. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

function listening(server: ReturnType<typeof createServer>, host: string, port: number): Promise<number> {
  return new Promise((ready, failed) => {
    server.once('error', (error) =>
      failed(
        new Problem({
          code: 'serve-port',
          message: `${host}:${port} 用不了（${error.message}）。 The port cannot be had.`,
          fix: '换一个 --port，或停掉占用它的程序。 Choose another --port, or stop what holds it.',
          cause: error,
        }),
      ),
    );
    server.listen(port, host, () => {
      const bound = server.address();
      ready(bound === null || typeof bound === 'string' ? port : bound.port);
    });
  });
}

/** Sends the letters to confirm that are owed: at once when woken, and what is left over every minute. */
function startMailer(desk: SubscriberDesk, tell: ServeOptions['tell']) {
  let work: Promise<void> | undefined;
  let again = false;
  async function round(): Promise<void> {
    do {
      again = false;
      try {
        const { failure } = await sendConfirmations(desk);
        if (failure !== undefined) tell(`确认信：${failure.code}：${failure.message}`);
      } catch (error) {
        tell(`确认信：${error instanceof Error ? error.message : error}`);
      }
    } while (again);
  }
  function wake(): void {
    again = true;
    work ??= round().finally(() => {
      work = undefined;
    });
  }
  const timer = setInterval(wake, AGAIN_MS);
  wake();
  return {
    wake,
    async stop() {
      clearInterval(timer);
      await work;
    },
  };
}
