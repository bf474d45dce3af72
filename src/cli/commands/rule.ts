import type { Newsroom } from '../../newsroom/newsroom.ts';
import { ruleOn, type StoryDecision } from '../../newsroom/rulings.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { findArticle, findStory } from '../find-story.ts';
import type { CommandRun } from '../io.ts';
import { rulingLine } from '../story-report.ts';
import { withNewsroom } from '../with-newsroom.ts';

const MOST_WORDS = 100;

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { ...CONFIG_OPTION, note: { type: 'string', default: '' } },
    { words: MOST_WORDS },
  );
  const [action = '', ...words] = positionals;
  return withNewsroom(io, values.config, async (room) => {
    const zone = room.config.timezone;
    if (action === 'list') {
      const all = await room.store.rulings();
      io.out(
        all.length === 0 ? '还没有裁定 / no rulings yet' : all.map((one) => rulingLine(one, zone)).join('\n'),
      );
      return EXIT.ok;
    }
    if (action === 'undo') {
      const n = Number(words[0]);
      const ruling = (await room.store.rulings()).find((one) => one.n === n);
      if (ruling !== undefined && 'date' in ruling.decision)
        throw usage(`#${n} 是见报后的更正，请用 ribao correct undo ${n} / that one is a correction`);
      if (!(await room.store.undoRuling(n, room.clock()))) throw usage(`没有可撤销的裁定 #${words[0] ?? ''}`);
      io.out(`已撤销 #${n}，下一次 ribao run 起生效 / undone`);
      return EXIT.ok;
    }
    const ruling = await ruleOn(room, await decisionOf(room, action, words), values.note);
    io.out(
      `${rulingLine(ruling, zone)}\n下一次 ribao run 会把它盖在这一期上 / the next run lays it over the edition`,
    );
    return EXIT.ok;
  });
};

async function decisionOf(room: Newsroom, action: string, words: string[]): Promise<StoryDecision> {
  const [name, second, ...more] = words;
  if (name === undefined) throw usage('rule 后面要写动作和故事 / an action and a story are missing');
  const storyId = (await findStory(room, name)).story.id;
  switch (action) {
    case 'accept':
    case 'reject':
      return { kind: action, storyId };
    case 'move':
      if (second === undefined) throw usage('move 后面要写栏目 / a section is missing');
      return { kind: 'move', storyId, section: second };
    case 'merge':
      if (second === undefined) throw usage('merge 后面要写另一个故事 / the other story is missing');
      return { kind: 'merge', storyId, otherId: (await findStory(room, second)).story.id };
    case 'split': {
      if (second === undefined) throw usage('split 后面要写文章 / articles are missing');
      const articles = await Promise.all([second, ...more].map((one) => findArticle(room, one)));
      return { kind: 'split', storyId, articleIds: articles.flatMap((article) => article?.id ?? []) };
    }
    default:
      throw usage(`rule 没有 ${action} 这个动作 / no such action`);
  }
}
