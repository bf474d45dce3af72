import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from './listen.ts';

export type Outlets =
  | 'feishu'
  | 'dingtalk'
  | 'wecom'
  | 'telegram'
  | 'slack'
  | 'discord'
  | 'webhook'
  | 'ntfy'
  | 'bark';

/** What the doubles took in, as a member of the group sees it: one text for each message, by outlet. */
export type ChatDouble = {
  url: string;
  seen: { outlet: Outlets; text: string; id: string }[];
  /** The next answers of an outlet, instead of its own judgement: a status, and what it says. */
  sabotage(
    outlet: Outlets,
    ...answers: { status: number; body: string; headers?: Record<string, string> }[]
  ): void;
};

export const SECRETS = {
  feishu: 'demo',
  dingtalk: 'SECdemo',
  webhook: `whsec_${Buffer.from('0123456789abcdef01234567').toString('base64')}`,
};

/**
 * The bots' servers of all chat channels on one loopback port, `/OUTLET/...`: each takes what the real one takes, and
 * refuses with the real one's words what is unsigned, too long, malformed or would call everybody. What it takes in it
 * answers up to `slowMs` later.
 */
export async function serveChats(t: TestContext, slowMs = 0): Promise<ChatDouble> {
  const seen: ChatDouble['seen'] = [];
  const planned = new Map<string, { status: number; body: string; headers?: Record<string, string> }[]>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const outlet = outletOf(request.url ?? '');
      const spoiled = outlet && planned.get(outlet)?.shift();
      const answer = spoiled ?? judged(outlet, request, Buffer.concat(pieces), seen);
      setTimeout(
        () => response.writeHead(answer.status, answer.headers).end(answer.body),
        Math.random() * slowMs,
      );
    });
  });
  const port = await listen(t, server);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    sabotage: (outlet, ...answers) => void planned.set(outlet, answers),
  };
}

function outletOf(path: string): Outlets | undefined {
  const name = path.split(/[/?]/)[1];
  return NAMES.find((one) => one === name);
}
const NAMES: readonly Outlets[] = [
  'feishu',
  'dingtalk',
  'wecom',
  'telegram',
  'slack',
  'discord',
  'webhook',
  'ntfy',
  'bark',
];

type Answer = { status: number; body: string; headers?: Record<string, string> };
const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });

function judged(
  outlet: Outlets | undefined,
  request: IncomingMessage,
  bytes: Buffer,
  seen: ChatDouble['seen'],
): Answer {
  if (outlet === undefined) return { status: 404, body: 'no such path' };
  const url = new URL(request.url ?? '', 'http://double.invalid');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  // A double reads what it is sent; a test fails on what it cannot read.
  const body = JSON.parse(text);
  const keep = (shown: string, id = String(seen.length + 1)) => void seen.push({ outlet, text: shown, id });
  switch (outlet) {
    case 'feishu': {
      const expected = createHmac('sha256', `${body.timestamp}\n${SECRETS.feishu}`).digest('base64');
      if (bytes.length > 20 * 1024) return json({ code: 9499, msg: 'Bad Request: too large' });
      if (body.sign !== expected || Math.abs(Date.now() / 1000 - Number(body.timestamp)) > 3600)
        return json({
          code: 19021,
          msg: 'sign match fail or timestamp is not within one hour from current time',
        });
      const { card } = body;
      const known = JSON.stringify([
        Object.keys(card),
        Object.keys(card.body),
        card.body.elements.map(Object.keys),
      ]);
      if (known !== '[["schema","config","header","body"],["direction","elements"],[["tag","content"]]]')
        return json({ code: 9499, msg: `unknown attribute in ${known}` }, 400);
      if (/<at /.test(card.body.elements[0].content)) return json({ code: 9499, msg: 'calls everybody' });
      keep(`${card.header.title.content}\n\n${card.body.elements[0].content}`);
      return json({ code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' });
    }
    case 'dingtalk': {
      const time = url.searchParams.get('timestamp') ?? '';
      const expected = createHmac('sha256', SECRETS.dingtalk)
        .update(`${time}\n${SECRETS.dingtalk}`)
        .digest('base64');
      if (url.searchParams.get('sign') !== expected)
        return json({ errcode: 310000, errmsg: 'sign not match' });
      if (bytes.length > 20_000) return json({ errcode: 460101, errmsg: 'message too long' });
      if (!body.markdown.title) return json({ errcode: 400, errmsg: 'miss param : markdown->title' });
      if (body.at?.isAtAll) return json({ errcode: 400, errmsg: 'calls everybody' });
      keep(body.markdown.text);
      return json({ errcode: 0, errmsg: 'ok' });
    }
    case 'wecom': {
      const { content } = body.markdown;
      if (Buffer.byteLength(content) > 4096)
        return json({ errcode: 40058, errmsg: 'markdown.content exceed max length 4096' });
      if (/<@/.test(content)) return json({ errcode: 40058, errmsg: 'calls somebody' });
      keep(content);
      return json({ errcode: 0, errmsg: 'ok' });
    }
    case 'telegram': {
      const error = telegramError(body.text);
      if (error !== undefined)
        return json({ ok: false, error_code: 400, description: `Bad Request: ${error}` }, 400);
      const edited = url.pathname.endsWith('editMessageText') ? String(body.message_id) : undefined;
      if (edited === undefined) keep(body.text);
      else for (const one of seen) if (one.outlet === 'telegram' && one.id === edited) one.text = body.text;
      return json({ ok: true, result: { message_id: Number(edited ?? seen.at(-1)?.id), text: '' } });
    }
    case 'slack': {
      const blocks: { type: string; text: { text: string } }[] = body.blocks;
      const long = blocks.some(
        ({ type, text: { text: words } }) => words.length > (type === 'header' ? 150 : 3000),
      );
      if (blocks.length > 50 || long) return { status: 400, body: 'invalid_blocks' };
      if (JSON.stringify(blocks).length > 13_200) return { status: 400, body: 'msg_blocks_too_long' };
      if (blocks.some(({ text: { text: words } }) => /<[!@#]/.test(words)))
        return { status: 400, body: 'calls_everybody' };
      const shown = blocks.map(({ text: { text: words } }) => words).join('\n\n');
      if (!url.pathname.startsWith('/slack/api/')) {
        keep(shown);
        return { status: 200, body: 'ok' };
      }
      if (request.headers.authorization !== 'Bearer xoxb-1')
        return json({ ok: false, error: 'invalid_auth' });
      if (body.channel !== 'C1') return json({ ok: false, error: 'channel_not_found' });
      if (url.pathname.endsWith('chat.update')) {
        const known = seen.find((one) => one.outlet === 'slack' && one.id === body.ts);
        if (known === undefined) return json({ ok: false, error: 'message_not_found' });
        known.text = shown;
      } else keep(shown);
      return json({ ok: true, channel: 'C1', ts: body.ts ?? seen.at(-1)?.id });
    }
    case 'discord': {
      const [embed, ...more] = body.embeds;
      const size = embed.title.length + embed.description.length;
      if (more.length > 9 || embed.title.length > 256 || embed.description.length > 4096 || size > 6000)
        return json({ message: 'Invalid Form Body', code: 50035 }, 400);
      if (JSON.stringify(body.allowed_mentions) !== '{"parse":[]}')
        return json({ message: 'calls everybody' }, 400);
      const shown = `${embed.title}\n\n${embed.description}`;
      if (request.method === 'PATCH') {
        const id = url.pathname.split('/').at(-1);
        for (const one of seen) if (one.outlet === 'discord' && one.id === id) one.text = shown;
        return json({ id });
      }
      if (url.searchParams.get('wait') !== 'true') return { status: 204, body: '' };
      keep(shown);
      return json({ id: seen.at(-1)?.id });
    }
    case 'webhook': {
      const [id, time] = [
        String(request.headers['webhook-id']),
        String(request.headers['webhook-timestamp']),
      ];
      const key = Buffer.from(SECRETS.webhook.slice('whsec_'.length), 'base64');
      const expected = `v1,${createHmac('sha256', key).update(`${id}.${time}.${text}`).digest('base64')}`;
      if (request.headers['webhook-signature'] !== expected) return { status: 401, body: 'bad signature' };
      if (bytes.length > 20_000) return { status: 413, body: 'too large' };
      if (!seen.some((one) => one.outlet === 'webhook' && one.id === id)) keep(text, id);
      return { status: 204, body: '' };
    }
    case 'ntfy': {
      if (Buffer.byteLength(body.message) > 4096) return json({ error: 'message too large' }, 413);
      keep(`${body.title}\n\n${body.message}`);
      return json({ id: `n${seen.length}`, event: 'message' });
    }
    case 'bark': {
      if (bytes.length > 4096) return json({ code: 400, message: 'payload too large' }, 400);
      if (body.device_key !== 'devicekey') return json({ code: 400, message: 'device token invalid' });
      keep(`${body.title}\n\n${body.body}`);
      return json({ code: 200, message: 'success' });
    }
  }
}

/** Telegram's own checks: known tags only, all of them closed, 4,096 units of shown text, a hundred entities. */
function telegramError(text: string): string | undefined {
  const open: string[] = [];
  for (const [tag, slash, name = ''] of text.matchAll(/<(\/?)([^\s>]*)[^>]*>/g)) {
    if (!/^<(?:\/?(?:b|i)|\/a|a href="https?:\/\/[^"<>\s]+")>$/.test(tag))
      return `can't parse entities: ${tag}`;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return "can't parse entities: unclosed";
  }
  if (open.length > 0 || /&(?!(?:amp|lt|gt|quot);)/.test(text)) return "can't parse entities";
  const shown = text.replace(/<[^>]*>/g, '').replace(/&\w+;/g, '&');
  if ((text.match(/<[abi][ >]/g)?.length ?? 0) > 100) return 'too many entities';
  return shown.length > 4096 ? 'message is too long' : undefined;
}
