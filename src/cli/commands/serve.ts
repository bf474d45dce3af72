import type { Newsroom } from '../../newsroom/newsroom.ts';
import { subscriberDesk } from '../../newsroom/subscribers.ts';
import { serve } from '../../server/serve.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, say } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, {
    ...CONFIG_OPTION,
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8080' },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw usage(`--port ${values.port} 不是端口号 / not a port`);
  return withNewsroom(io, values.config, async (room) => {
    const folder = siteFolder(room);
    const hasLetters = room.config.channels.some(({ kind }) => kind === 'email');
    if (folder === undefined && !hasLetters)
      throw usage(
        '配置里既没有 site 也没有 email 渠道，没有可以给人看的 / neither a site nor an email channel',
      );
    const serving = await serve({
      host: values.host,
      port,
      ...(folder === undefined ? {} : { folder }),
      ...(hasLetters ? { desk: subscriberDesk(room) } : {}),
      tell: (trouble) => io.err(`✗ ${trouble}`),
    });
    const stop = io.stop();
    io.out(
      say(io, {
        zh: `在 http://${values.host}:${serving.port}/ 上；Ctrl-C 停止`,
        en: `at http://${values.host}:${serving.port}/; Ctrl-C stops it`,
      }),
    );
    await new Promise<void>((stopped) => {
      if (stop.aborted) stopped();
      stop.addEventListener('abort', () => stopped(), { once: true });
    });
    await serving.stop();
    io.out(say(io, { zh: '已停止', en: 'stopped' }));
    return EXIT.ok;
  });
};

/** The folder of the first site in the config. */
function siteFolder(room: Newsroom): string | undefined {
  const folder = room.config.channels.find(({ kind }) => kind === 'site')?.folder;
  return typeof folder === 'string' ? folder : undefined;
}
