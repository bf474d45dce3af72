import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const chatSchema = z.looseObject({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });

/** What the served model does with one request. */
export type Act =
  | { do: 'say'; content: string; finish?: string; afterMs?: number }
  | { do: 'status'; status: number; body: string }
  /** Never answers. */
  | { do: 'hang' }
  /** Answers a letter at a time and never ends. */
  | { do: 'drip' };

/** One request: what it says in all, without the instructions, and whether it is a second attempt. */
export type Asked = { instructions: string; prompt: string; again: boolean; n: number };

/** For tests: a model behind the OpenAI protocol on 127.0.0.1 that does with each request what `act` says. */
export async function serveModel(act: (asked: Asked) => Act) {
  const asked: Asked[] = [];
  const drips = new Set<NodeJS.Timeout>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { messages } = chatSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    const ofRole = (role: string) =>
      messages.filter((one) => one.role === role).map(({ content }) => content);
    const prompt = ofRole('user').join('\n');
    const one: Asked = {
      instructions: ofRole('system').join('\n'),
      prompt,
      again: prompt.includes('你上一次的回答：'),
      n: asked.length,
    };
    asked.push(one);
    const what = act(one);
    if (what.do === 'say' && what.afterMs !== undefined) await sleep(what.afterMs);
    perform(what, response);
  });
  const perform = (what: Act, response: ServerResponse) => {
    if (what.do === 'hang') return;
    if (what.do === 'drip') {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      drips.add(timer);
      response.on('close', () => clearInterval(timer));
      return;
    }
    const [status, body] = what.do === 'status' ? [what.status, what.body] : [200, completion(what)];
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    baseUrl: `http://127.0.0.1:${bound.port}/v1`,
    asked,
    close: () =>
      new Promise<void>((done) => {
        for (const timer of drips) clearInterval(timer);
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function completion({ content, finish = 'stop' }: { content: string; finish?: string }): string {
  return JSON.stringify({
    id: 'served-1',
    object: 'chat.completion',
    created: 1,
    model: 'served',
    choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 900, completion_tokens: 150, total_tokens: 1050 },
  });
}
