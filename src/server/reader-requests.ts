import type { IncomingMessage, ServerResponse } from 'node:http';
import { askFor, confirm, leave, readAddress, type SubscriberDesk } from '../newsroom/subscribers.ts';
import { answerPage, readForm } from './answer.ts';
import { askerOf, rateLimit } from './rate-limit.ts';
import {
  askedPage,
  confirmedPage,
  confirmPage,
  expiredPage,
  leavePage,
  leftPage,
  problemPage,
  subscribePage,
} from './reader-pages.ts';

/** From one place, and from everywhere: letters to strangers must not be ordered by the thousand. */
const PER_ASKER = { most: 5, windowMs: 600_000 };
const FROM_EVERYWHERE = { most: 300, windowMs: 3_600_000 };

type Handle = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/**
 * The readers' three pages by path. GET only shows a page with a button, since programs that scan letters open every
 * link; POST does it. Confirming and leaving need no limit: nobody guesses a token, and many readers leave through the
 * few addresses of their mail provider. `asked` is told that a letter to confirm is owed.
 */
export function readerRequests(desk: SubscriberDesk, asked: () => void): ReadonlyMap<string, Handle> {
  const mayAsk = rateLimit(PER_ASKER);
  const mayAll = rateLimit(FROM_EVERYWHERE);

  const subscribe: Handle = async (request, response) => {
    if (request.method !== 'POST') return answerPage(request, response, 200, subscribePage());
    const form = await readForm(request);
    if (form === undefined) return tooLong(request, response);
    const address = readAddress(form.get('address') ?? '');
    if (address === undefined)
      return answerPage(request, response, 400, subscribePage('这不像一个邮箱地址，请再看看。'));
    const now = desk.clock();
    if (!mayAsk(askerOf(request), now) || !mayAll('', now))
      return answerPage(request, response, 429, problemPage('请稍后再试', '刚才试得太多了，过十分钟再来。'), {
        'retry-after': PER_ASKER.windowMs / 1000,
      });
    const isRobot = (form.get('homepage') ?? '') !== '';
    if (!isRobot) {
      await askFor(desk, address);
      asked();
    }
    return answerPage(request, response, 200, askedPage());
  };

  const confirming: Handle = async (request, response, url) => {
    const token = url.searchParams.get('t') ?? '';
    if (request.method !== 'POST') return answerPage(request, response, 200, confirmPage(token));
    if ((await readForm(request)) === undefined) return tooLong(request, response);
    return (await confirm(desk, token)) === 'confirmed'
      ? answerPage(request, response, 200, confirmedPage())
      : answerPage(request, response, 410, expiredPage());
  };

  const leaving: Handle = async (request, response, url) => {
    const token = url.searchParams.get('t') ?? '';
    if (request.method !== 'POST') return answerPage(request, response, 200, leavePage(token));
    if ((await readForm(request)) === undefined) return tooLong(request, response);
    return (await leave(desk, token))
      ? answerPage(request, response, 200, leftPage())
      : answerPage(request, response, 400, problemPage('链接不完整', '请从信里原样打开退订的链接。'));
  };

  return new Map([
    ['/subscribe', subscribe],
    ['/confirm', confirming],
    ['/unsubscribe', leaving],
  ]);
}

function tooLong(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => request.destroy());
  answerPage(request, response, 413, problemPage('内容过长', '这一页不收这么长的内容。'), {
    connection: 'close',
  });
}
