import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { StylePair, StyleRule } from '../../domain/house-style.ts';
import type { Proposal } from '../../edit/learn-style.ts';
import { isDate } from '../../newsroom/calendar.ts';
import { keepEditedEdition, proposeRules } from '../../newsroom/house-style.ts';
import type { Newsroom } from '../../newsroom/newsroom.ts';
import { CONFIG_OPTION, readArguments, usage } from '../arguments.ts';
import { EXIT } from '../exit-codes.ts';
import { type CommandRun, type Io, say } from '../io.ts';
import { withNewsroom } from '../with-newsroom.ts';

const MOST_WORDS = 100;

export const run: CommandRun = async (args, io) => {
  const { values, positionals } = readArguments(
    args,
    { ...CONFIG_OPTION, edition: { type: 'string' } },
    { words: MOST_WORDS },
  );
  const [action = 'show', ...words] = positionals;
  if (values.edition !== undefined && !isDate(values.edition))
    throw usage(`--edition ${values.edition} 不是日期，应写成 2026-03-10 这样 / not a date`);
  return withNewsroom(io, values.config, async (room) => {
    switch (action) {
      case 'show':
        io.out((await shownLines(room, io)).join('\n'));
        return EXIT.ok;
      case 'pairs':
        return words[0] === 'add'
          ? addPairs(room, words.slice(1), values.edition, io)
          : listPairs(room, words, io);
      case 'learn':
        io.out(learnLines(await proposeRules(room), io).join('\n'));
        return EXIT.ok;
      case 'accept':
        return accept(room, words[0], io);
      case 'drop': {
        if (!(await room.store.dropStyleRule(Number(words[0]))))
          throw usage(`没有 #${words[0] ?? ''} 这条规则；ribao style 列出现有的 / no such rule`);
        io.out(say(io, { zh: `✓ 已去掉 #${words[0]}`, en: `✓ #${words[0]} is gone` }));
        return EXIT.ok;
      }
      case 'reset':
        await room.store.forgetStyle();
        io.out(say(io, { zh: '✓ 改稿与规则都已忘掉', en: '✓ changed briefs and rules are forgotten' }));
        return EXIT.ok;
      default:
        throw usage(`style 没有 ${action} 这个动作 / no such action`);
    }
  });
};

async function shownLines(room: Newsroom, io: Io): Promise<string[]> {
  const rules = await room.store.styleRules();
  const pairs = await room.store.stylePairs();
  return [
    say(io, {
      zh: `改过的稿子 ${pairs.length} 条（最新 5 条作模型的范例），规则 ${rules.length} 条`,
      en: `${pairs.length} changed briefs (the newest 5 are the model's examples), ${rules.length} rules`,
    }),
    ...rules.map(({ n, rule }) => `  #${n}  ${ruleWords(rule, io)}`),
    say(io, {
      zh: 'ribao style pairs add 文件 收下改稿，ribao style learn 看建议',
      en: '`ribao style pairs add FILE` takes changed briefs, `ribao style learn` proposes rules',
    }),
  ];
}

async function addPairs(
  room: Newsroom,
  files: readonly string[],
  date: string | undefined,
  io: Io,
): Promise<number> {
  if (files.length === 0) throw usage('pairs add 后面要写改过的 Markdown 文件 / a file is missing');
  let refused = 0;
  for (const file of files) {
    const outcome = await keepEditedEdition(room, readText(resolve(io.cwd, file)), date);
    if (outcome.kind === 'refused') {
      refused += 1;
      io.out(`✗ ${file}：${outcome.why}`);
      continue;
    }
    const { date: day, kept, same, unknown } = outcome;
    io.out(
      say(io, {
        zh: `✓ ${day}：收下 ${kept} 条改稿，${same} 条没有改`,
        en: `✓ ${day}: ${kept} kept, ${same} unchanged`,
      }),
    );
    for (const headline of unknown)
      io.out(say(io, { zh: `    没有发布过：${headline}`, en: `    never published: ${headline}` }));
  }
  return refused > 0 ? EXIT.other : EXIT.ok;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw usage(`读不到 ${path}（${error instanceof Error ? error.message : error}）/ cannot be read`);
  }
}

async function listPairs(room: Newsroom, words: readonly string[], io: Io): Promise<number> {
  if (words.length > 0) throw usage(`pairs 没有 ${words[0]} 这个动作 / no such action`);
  const pairs = await room.store.stylePairs();
  io.out(
    pairs.length === 0
      ? say(io, { zh: '还没有改稿', en: 'no changed briefs yet' })
      : pairs.toReversed().flatMap(pairLines).join('\n'),
  );
  return EXIT.ok;
}

function pairLines({ date, storyId, before, after }: StylePair): string[] {
  return [
    `${date}  ${storyId}`,
    `  - ${before.headline}｜${before.summary}`,
    `  + ${after.headline}｜${after.summary}`,
  ];
}

function learnLines(proposals: readonly Proposal[], io: Io): string[] {
  if (proposals.length === 0)
    return [say(io, { zh: '改稿里还看不出习惯', en: 'the changes show no habit yet' })];
  return [
    ...proposals.flatMap(({ rule, kept, of, example }, n) => [
      `${n + 1}. ${ruleWords(rule, io)}${say(io, { zh: `（${of} 条里改了 ${kept} 条）`, en: ` (${kept} of ${of})` })}`,
      `   ${example.date}  - ${example.before}`,
      `               + ${example.after}`,
    ]),
    say(io, { zh: '采纳：ribao style accept 序号', en: 'to accept: ribao style accept N' }),
  ];
}

async function accept(room: Newsroom, word: string | undefined, io: Io): Promise<number> {
  const proposal = (await proposeRules(room))[Number(word) - 1];
  if (proposal === undefined)
    throw usage(`没有第 ${word ?? ''} 条建议；ribao style learn 列出 / no such proposal`);
  const { n, rule } = await room.store.acceptStyleRule(proposal.rule, room.clock());
  io.out(
    say(io, {
      zh: `✓ 规则 #${n}：${ruleWords(rule, io)}。下一次 ribao run 起生效`,
      en: `✓ rule #${n}: ${ruleWords(rule, io)}, from the next ribao run on`,
    }),
  );
  return EXIT.ok;
}

function ruleWords(rule: StyleRule, io: Io): string {
  switch (rule.kind) {
    case 'replace':
      return say(io, {
        zh: `「${rule.from}」改为「${rule.to}」`,
        en: `「${rule.from}」 becomes 「${rule.to}」`,
      });
    case 'drop':
      return say(io, { zh: `去掉「${rule.phrase}」`, en: `「${rule.phrase}」 is left out` });
    case 'length': {
      const what = { headline: { zh: '标题', en: 'headlines' }, summary: { zh: '摘要', en: 'summaries' } };
      return say(io, {
        zh: `${what[rule.of].zh}不超过 ${rule.most} 个字`,
        en: `${what[rule.of].en} of at most ${rule.most} characters`,
      });
    }
  }
}
