import { learnTaste, type Taste } from '../../edit/taste.ts';
import { ruleOn } from '../../newsroom/rulings.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandRun } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(args, CONFIG_OPTION, { words: 1 });
  const [action] = positionals;
  if (action !== undefined && action !== 'reset') throw usage(`taste 没有 ${action} / no such action`);
  return withNewsroom(io, values.config, async (room) => {
    if (action === 'reset') {
      await ruleOn(room, { kind: 'forget' }, '');
      io.out('已忘掉以前学到的 / forgotten');
    } else io.out(tasteLines(learnTaste(await room.store.rulings())).join('\n'));
    return EXIT.ok;
  });
};

function tasteLines({ worth, sections, grouping, learned }: Taste): string[] {
  const traits = [...worth].toSorted(([, one], [, other]) => Math.abs(other.weight) - Math.abs(one.weight));
  const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
  return [
    `学自 ${learned} 次选用与不要（满 3 次起作用，单个故事最多加减 12 分） / learned from ${learned} rulings`,
    ...traits.map(([trait, { weight, seen }]) => `  ${signed(weight)}  ${trait}（${seen} 次）`),
    ...[...sections].flatMap(([section, weights]) =>
      [...weights].map(([trait, weight]) => `  ${signed(weight)}  ${trait} → 栏目 ${section}`),
    ),
    `  ${signed(grouping)}  归组（正：更容易并为一个故事） / grouping`,
  ];
}
