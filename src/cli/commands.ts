import { CONFIG_HELP, type Command } from './command.ts';
import { PUBLISHING_COMMANDS } from './publishing-commands.ts';

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'demo',
    summary: {
      zh: '用自带的虚构样例做一期日报，无需联网',
      en: 'make an edition of the bundled invented day, offline',
    },
    usage: 'ribao demo [--day 1|2] [--folder ribao-demo]',
    help: {
      zh: `  --day 1|2          做到第几天（第二天有后续与重复），默认 1
  --folder 文件夹     放在哪里，默认 ribao-demo（每次重新开始）`,
      en: `  --day 1|2          up to which day (the second has follow-ups and repeats), default 1
  --folder FOLDER    where to put it, default ribao-demo (started afresh each time)`,
    },
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'init',
    summary: {
      zh: '写一份带注释的 ribao.yaml，内含精选来源',
      en: 'write a commented ribao.yaml with curated sources',
    },
    usage: 'ribao init [FILE] [--force]',
    help: {
      zh: `  --force            覆盖已有的文件
同时写出 ribao.schema.json，供编辑器补全和检查。`,
      en: `  --force            overwrite an existing file
Also writes ribao.schema.json, for editors that complete and check YAML.`,
    },
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'run',
    summary: {
      zh: '做一期日报：收稿、读稿、归组、评判、撰写、编成、投递',
      en: 'make an edition, from collecting to delivering',
    },
    usage: 'ribao run [--date YYYY-MM-DD] [--dry-run] [--json] [-c FILE]',
    help: {
      zh: `  --date 日期         哪一天的日报，默认今天（按配置的时区）
  --dry-run          只编不发，不留版本
  --json             结束时输出一个 JSON 对象
${CONFIG_HELP.zh}
中断后再运行会从断处接着做；没有新文章时已发的一期保持不变。`,
      en: `  --date DATE         which day's edition, default today in the configured time zone
  --dry-run          compose only: nothing is recorded as an edition or delivered
  --json             print one JSON object at the end
${CONFIG_HELP.en}
An interrupted run is continued by the next; with nothing new, the published edition stays as it is.`,
    },
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'weekly',
    summary: {
      zh: '从一周的日报编成周报并投递',
      en: "make the week's edition from its dailies and deliver it",
    },
    usage: 'ribao weekly [--week YYYY-Www] [-c FILE]',
    help: {
      zh: `  --week 周          哪一周，如 2026-W11，默认最近过完的一周（星期天算过完）
${CONFIG_HELP.zh}
同一件事只登一次，附本周经过；带上本周的深读。再运行不会重复投递；日报太少则扣下。`,
      en: `  --week WEEK        which ISO week, as 2026-W11; default the latest that is over (on Sundays: this one)
${CONFIG_HELP.en}
Every story once, with its course over the week, and the week's deep reads. Nothing is delivered twice; held when hollow.`,
    },
    load: () => import('./commands/weekly.ts'),
  },
  {
    name: 'watch',
    summary: {
      zh: '一直运行：白天收稿，按时出刊',
      en: 'stay up: collect through the day, make each edition on time',
    },
    usage: 'ribao watch [-c FILE]',
    help: {
      zh: `按 schedule（cron）和 timezone 出刊，有 weekly 则也出周报；睡过头的一次补做一次；同时只能有一个在跑。
${CONFIG_HELP.zh}`,
      en: `Makes editions by \`schedule\` (cron) and \`timezone\`, weekly ones where the config has \`weekly\`; a time missed while asleep is caught up once; one at a time.
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'sources',
    summary: {
      zh: '来源：列出、添加、导入、导出、检查、放行',
      en: 'sources: list, add, import, export, check, admit',
    },
    usage:
      'ribao sources list|add URL|import FILE.opml|export [FILE.opml]|check [ID]|admit ID|quarantine ID [-c FILE]',
    help: {
      zh: `  list               每个来源上次的结果
  add URL [--yes] [--name 名字] [--id 短名]
                     找到订阅、列出最近几条、问过再加进配置（保留注释）；--yes 不问
  import FILE.opml   从 OPML 2.0 加进配置，已有的跳过
  export [FILE]      写成 OPML 2.0，不给文件则输出
  check [ID]         现在就逐个问一遍（不存稿）
  admit ID           新来源提前结束观察期
  quarantine ID      退回观察期：收稿、评判，但不见报
${CONFIG_HELP.zh}`,
      en: `  list               each source with its last outcome
  add URL [--yes] [--name NAME] [--id ID]
                     finds the feed, shows what it lists, asks, then adds it (comments kept); --yes: unasked
  import FILE.opml   from OPML 2.0 into the config, known ones skipped
  export [FILE]      as OPML 2.0, to standard output without a file
  check [ID]         ask each one now (keeps no articles)
  admit ID           ends a new source's trial early
  quarantine ID      back on trial: collected and judged, not printed
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/sources.ts'),
  },
  {
    name: 'show',
    summary: {
      zh: '看一期、一个故事（附理由）或一个来源',
      en: 'show an edition, a story with its reasons, or a source',
    },
    usage:
      'ribao show [DATE | story ID | source ID] [--markdown] [--left-out] [--ledger [--json]] [--revision N] [-c FILE]',
    help: {
      zh: `  --markdown         原样输出这一期的 Markdown
  --left-out         列出未入选的及其原因
  --ledger           当天的账：每个候选的栏目、噪音、价值及其组成、结果；--json 每行一个对象
  --revision N       第几版，默认最新
${CONFIG_HELP.zh}
不给日期则看最近一期。故事编号可从 show DATE 得到，也可以给文章编号或网址。`,
      en: `  --markdown         the edition's Markdown, byte for byte
  --left-out         what was left out, and why
  --ledger           the day's ledger: section, noise, worth with its parts, fate; --json for lines of JSON
  --revision N       which revision, default the newest
${CONFIG_HELP.en}
Without a date: the latest edition. Story ids stand in \`show DATE\`; an article's URL works too.`,
    },
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'why',
    summary: { zh: '一篇文章为什么入选或没有入选', en: 'why an article is in the edition, or is not' },
    usage: 'ribao why URL|ARTICLE|STORY [-c FILE]',
    help: {
      zh: `哪里见到、读到什么、归到哪个故事、凭什么、怎样评判、结果如何。
${CONFIG_HELP.zh}`,
      en: `Where it was seen, what was read, which story it joined and why, how it was judged, what came of it.
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/why.ts'),
  },
  {
    name: 'rule',
    summary: {
      zh: '编辑的裁定：选用、不要、移栏、合并、拆分',
      en: "an editor's rulings: accept, reject, move, merge, split",
    },
    usage:
      'ribao rule accept|reject STORY | move STORY SECTION | merge STORY OTHER | split STORY ARTICLE... | list | undo N [--note TEXT] [-c FILE]',
    help: {
      zh: `  accept STORY       下一次编成时一定选用
  reject STORY       一定不要
  move STORY 栏目    放到这一栏
  merge STORY OTHER  是同一件事，合成一个故事
  split STORY 文章…  不是同一件事，把这些文章拆出去，以后不再并回
  list / undo N      列出、撤销（撤销合并或拆分只影响学习，故事请再拆或再并）
  --note 文字        理由，会写进“未入选”页
${CONFIG_HELP.zh}
故事可写编号、文章编号或网址。裁定盖在机器的评判之上，ribao 也从中学习（见 ribao taste）。`,
      en: `  accept STORY       certainly in the next revision
  reject STORY       certainly not
  move STORY SECTION into this section
  merge STORY OTHER  one event: one story from now on
  split STORY ARTICLE...  another event: out, and never back
  list / undo N      list, take back (of a merge or split only what was learned; split or merge again)
  --note TEXT        the reason, shown on the page of what was left out
${CONFIG_HELP.en}
Stories are named by id, article id or URL. Rulings lie over what the machine judged, and it learns from them.`,
    },
    load: () => import('./commands/rule.ts'),
  },
  {
    name: 'correct',
    summary: { zh: '见报后更正或撤回一条', en: 'correct or withdraw an item after publication' },
    usage:
      'ribao correct STORY [--headline TEXT] [--summary TEXT] --note TEXT | STORY --withdraw --note TEXT | undo N [--date YYYY-MM-DD] [--dry-run] [-c FILE]',
    help: {
      zh: `  STORY              故事编号、文章编号或网址，见 ribao show 日期
  --headline 文字     新的标题
  --summary 文字      新的摘要
  --withdraw         撤回这一条
  --note 文字         错在哪里，读者看得到；必填
  --date 日期         哪一期，默认最近 31 天里最后登过它的一期
  --dry-run          只看核对结果和改后的样子
  undo N             撤销更正 #N（编号见 ribao rule list）
${CONFIG_HELP.zh}
新的一版写明更正；文件与网站重做，能改的消息就地改，不能改的按渠道的 corrections 另发一条，各一次。
与原文核对不上、长短不合的只提醒，不阻拦：编辑说了算。`,
      en: `  STORY              id of a story or article, or an address; see ribao show DATE
  --headline TEXT    the new headline
  --summary TEXT     the new summary
  --withdraw         take the item back
  --note TEXT        what was wrong: readers see it; always needed
  --date DATE        which edition, default the latest of 31 days that has it
  --dry-run          only look: what the fact check says and how it would read
  undo N             takes correction #N back (numbers: ribao rule list)
${CONFIG_HELP.en}
A new revision says so; files and the site are made anew, messages are edited where they can be, and told of by one
message where they cannot and the channel's \`corrections\` wants that. What the articles do not bear out, or is too
long, is pointed out and stands: the editor's word holds.`,
    },
    load: () => import('./commands/correct.ts'),
  },
  {
    name: 'taste',
    summary: { zh: '从编辑的裁定学到了什么', en: "what was learned from the editor's rulings" },
    usage: 'ribao taste [reset] [-c FILE]',
    help: {
      zh: `  reset              忘掉学到的（裁定本身仍在）
${CONFIG_HELP.zh}`,
      en: `  reset              forget what was learned (the rulings stand)
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/taste.ts'),
  },
  {
    name: 'style',
    summary: { zh: '从编辑的改稿学写法，人来采纳', en: "learn the house style from an editor's changes" },
    usage:
      'ribao style [pairs [add FILE.md...] | learn | accept N | drop N | reset] [--edition DATE] [-c FILE]',
    help: {
      zh: `  （无）             采纳了哪些规则
  pairs add 文件…    收下改过的一期（Markdown），每条与发布的对照；--edition 指明哪一期
  pairs              列出收下的改稿
  learn              从改稿看出的习惯，带序号和例子
  accept 序号        采纳这一条
  drop N             去掉一条规则
  reset              忘掉所有改稿与规则
${CONFIG_HELP.zh}
规则用于摘句和模型写的简讯，不动数字与名称，改后再核对一遍；改稿从第二天起作模型的范例。`,
      en: `  (nothing)          which rules were accepted
  pairs add FILE...  takes an edition you changed (Markdown), each item beside the published; --edition: which
  pairs              lists the changed briefs
  learn              habits the changes show, numbered, with an example each
  accept N           accepts one
  drop N             takes a rule away
  reset              forgets all changed briefs and rules
${CONFIG_HELP.en}
Rules hold for extracted and model-written briefs, touch no number and no name, and are checked afterwards; changed briefs are the model's examples from the next day on.`,
    },
    load: () => import('./commands/style.ts'),
  },
  {
    name: 'costs',
    summary: {
      zh: '模型花了多少：每期、每月、每种用途',
      en: 'what the model cost: by edition, month, purpose',
    },
    usage: 'ribao costs [--month YYYY-MM] [--estimate] [--json] [-c FILE]',
    help: {
      zh: `  --month 月份        默认本月
  --estimate         下一期大约要花多少
  --json             输出一个 JSON 对象
${CONFIG_HELP.zh}
每次调用都记账：用途、模型、token、费用、缓存、返工。价格在 editorial/prices.yaml，或配置的 model.price。`,
      en: `  --month MONTH       default this month
  --estimate         what the next edition is likely to cost
  --json             print one JSON object
${CONFIG_HELP.en}
Every call stands in the ledger: purpose, model, tokens, cost, cached, repaired. Prices: editorial/prices.yaml, model.price.`,
    },
    load: () => import('./commands/costs.ts'),
  },
  {
    name: 'import',
    summary: {
      zh: '把别处做的日报（Markdown）收进档案',
      en: 'take editions made elsewhere (Markdown) into the archive',
    },
    usage: 'ribao import FILE.md|FOLDER... [--replace] [-c FILE]',
    help: {
      zh: `  FILE.md、FOLDER    front matter 里有 date 与 title，「## 栏目」「### 标题」、段末链接；文件夹则收其中所有 .md
  --replace          这一天已有日报时，作为新的一版
${CONFIG_HELP.zh}
收进来的日报算作“报过”，进档案与网站，不会自动发往任何渠道；ribao show 日期 --markdown 原样给出。`,
      en: `  FILE.md, FOLDER    with date and title in the front matter, ## sections, ### headlines, a link at each end
  --replace          as a new revision where that day has an edition already
${CONFIG_HELP.en}
They count as told and stand in archive and site, are sent nowhere by themselves, and show DATE --markdown gives them back.`,
    },
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'check',
    summary: { zh: '核对一条简讯与原文是否相符', en: 'check a brief against its article, fact by fact' },
    usage: 'ribao check BRIEF ARTICLE [--published YYYY-MM-DD] [--json]',
    help: {
      zh: `  BRIEF、ARTICLE     文本或 Markdown 文件，其中一个可以是 -（标准输入）
                     简讯的第一行是标题，其余是正文
  --published 日期   原文哪天发布，「昨天」「周三」由此算起
  --json             输出一个 JSON 对象
逐句列出所依据的原文，或与原文不符之处：数字、单位、日期、名称、版本、否定、语气、方向、当事方、引文。
全部相符时退出码为 0，有一句不符为 1。不需要配置文件，不用模型，不联网。`,
      en: `  BRIEF, ARTICLE     text or Markdown files; one of them may be - (standard input)
                     the brief's first line is its headline, the rest its summary
  --published DATE   when the article was published: what "yesterday" and "Wednesday" count from
  --json             print one JSON object
Prints for each claim the sentence it rests on, or what is wrong: number, unit, date, name, version, negation,
modality, direction, parties, quotation. Exit code 0 when all hold, 1 when one does not. No config, model or network.`,
    },
    load: () => import('./commands/check.ts'),
  },
  ...PUBLISHING_COMMANDS,
  {
    name: 'status',
    summary: { zh: '最近的运行、各期、各来源的健康', en: 'latest runs, editions, deliveries and sources' },
    usage: 'ribao status [-c FILE]',
    help: CONFIG_HELP,
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'doctor',
    summary: {
      zh: '检查 Node、配置、数据库、网络、时钟、磁盘，并说该怎么办',
      en: 'check Node, config, store, network, clock, disk; say what to do',
    },
    usage: 'ribao doctor [-c FILE]',
    help: CONFIG_HELP,
    load: () => import('./commands/doctor.ts'),
  },
];
