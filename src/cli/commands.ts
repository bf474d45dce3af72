import type { CommandRun } from './io.ts';
import type { Words } from './language.ts';

/** A command as `--help` shows it. Its code is loaded only when it is called, so that help is quick. */
export type Command = {
  name: string;
  summary: Words;
  usage: string;
  help: Words;
  load: () => Promise<{ run: CommandRun }>;
};

const CONFIG_HELP: Words = {
  zh: '  -c, --config 文件   配置文件，默认 ribao.yaml',
  en: '  -c, --config FILE   the config, default ribao.yaml',
};

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
    name: 'watch',
    summary: {
      zh: '一直运行：白天收稿，按时出刊',
      en: 'stay up: collect through the day, make each edition on time',
    },
    usage: 'ribao watch [-c FILE]',
    help: {
      zh: `按 schedule（cron）和 timezone 出刊；睡过头的一次补做一次；同时只能有一个在跑。
${CONFIG_HELP.zh}`,
      en: `Makes editions by \`schedule\` (cron) and \`timezone\`; a time missed while asleep is caught up once; one at a time.
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
  {
    name: 'publish',
    summary: {
      zh: '把编好的一期送到还没送到的渠道',
      en: 'bring an edition to the channels that do not have it yet',
    },
    usage: 'ribao publish [--date YYYY-MM-DD] [--channel NAME] [--dry-run] [-c FILE]',
    help: {
      zh: `  --date 日期         哪一期，默认最近一期
  --channel 渠道      只送这一个
  --dry-run          只显示要发的原样字节，不发送
${CONFIG_HELP.zh}
已送达的不会再送；不知道到没到的也不会自动重发，见 ribao deliveries。`,
      en: `  --date DATE         which edition, default the latest
  --channel NAME     only this one
  --dry-run          show the very bytes, send nothing
${CONFIG_HELP.en}
What was delivered is never sent again, and neither is what may have arrived: see ribao deliveries.`,
    },
    load: () => import('./commands/publish.ts'),
  },
  {
    name: 'deliveries',
    summary: {
      zh: '每次投递到了哪里；说明一次未定的投递',
      en: 'where every delivery stands; settle an unclear one',
    },
    usage: 'ribao deliveries [--date YYYY-MM-DD] [--open] [--json] [--sent KEY | --again KEY] [-c FILE]',
    help: {
      zh: `  --date 日期         只看这一期，默认最近 7 天
  --open             只看没有送达的
  --json             输出 JSON
  --sent KEY         看过了，它已经送到
  --again KEY        看过了，它没有送到，请重发
${CONFIG_HELP.zh}`,
      en: `  --date DATE         of this edition, default the last 7 days
  --open             only what is not delivered
  --json             as JSON
  --sent KEY         you looked: it is there
  --again KEY        you looked: it is not, send it again
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/deliveries.ts'),
  },
  {
    name: 'subscribers',
    summary: {
      zh: '邮件订阅者：列出、添加、导入、删去、导出、看退信',
      en: 'readers by letter: list, add, import, remove, export, bounces',
    },
    usage:
      'ribao subscribers list|add ADDRESS|import FILE|remove ADDRESS|export [FILE]|bounces [--confirmed] [-c FILE]',
    help: {
      zh: `  list               每个订阅者的情形，地址遮去一半
  add ADDRESS        登记一个地址，寄去确认信
  import FILE        同上，一行一个地址，或表格的任一列
  --confirmed        （add、import）本人早已同意，不再寄确认信
  remove ADDRESS     删去；以后只有本人能再订
  export [FILE]      写成 CSV，含完整地址
  bounces            看一遍退信邮箱，屡次退信的停寄
${CONFIG_HELP.zh}`,
      en: `  list               how each stands, addresses half hidden
  add ADDRESS        takes an address and sends it a letter to confirm
  import FILE        the same: one address a line, or any column of a table
  --confirmed        (add, import) their owners agreed before: no letter to confirm
  remove ADDRESS     takes it off; from then on only its owner can ask again
  export [FILE]      as CSV, with whole addresses
  bounces            reads the mailbox of returned letters; what comes back again and again gets none
${CONFIG_HELP.en}`,
    },
    load: () => import('./commands/subscribers.ts'),
  },
  {
    name: 'serve',
    summary: {
      zh: '把读者网站放到 HTTP 上，连同邮件的订阅、确认、退订',
      en: "serve the reader's site over HTTP, with subscribing and leaving by letter",
    },
    usage: 'ribao serve [--host 127.0.0.1] [--port 8080] [-c FILE]',
    help: {
      zh: `  --host 地址        在哪个地址上听，默认只在本机
  --port 端口        默认 8080；0 为任选一个空的
${CONFIG_HELP.zh}
site 渠道的文件夹，加上 /subscribe、/confirm、/unsubscribe。前面放一个做 TLS 的反向代理。`,
      en: `  --host ADDRESS     where to listen, default this machine only
  --port PORT        default 8080; 0: any that is free
${CONFIG_HELP.en}
The folder of the site channel, and /subscribe, /confirm, /unsubscribe. Put a proxy that speaks TLS before it.`,
    },
    load: () => import('./commands/serve.ts'),
  },
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
