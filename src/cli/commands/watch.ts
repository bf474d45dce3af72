import { clockTime } from '../../newsroom/calendar.ts';
import { watch } from '../../newsroom/watch.ts';
import { CONFIG_OPTION, readArguments } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';
import { reportLines } from './run.ts';

export const run: CommandRun = async (args, io) => {
  const { values } = readArguments(args, CONFIG_OPTION);
  const zh = io.tongue === 'zh';
  return withNewsroom(io, values.config, async (room) => {
    const { timezone, schedule } = room.config;
    const stamp = () => clockTime(timezone, room.clock());
    await watch(room, {
      stop: io.stop(),
      tell: () => {},
      announce(news) {
        if (news.kind === 'waiting')
          io.out(
            `${stamp()} ${zh ? '下次出刊' : 'next edition'} ${clockTime(timezone, news.editionAt)}（${schedule}，${timezone}）`,
          );
        else if (news.kind === 'collected')
          io.out(
            `${stamp()} ${zh ? '收稿一轮' : 'collected'}${news.failures.length > 0 ? `，${news.failures.length} ✗` : ''}`,
          );
        else if (news.kind === 'edition') io.out(`${stamp()} ${reportLines(news.report, io).join('\n')}`);
        else io.err(`${stamp()} ✗ ${news.message}`);
      },
    });
    io.out(`${stamp()} ${zh ? '已停止' : 'stopped'}`);
    return EXIT.ok;
  });
};
