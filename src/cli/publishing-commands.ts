import { CONFIG_HELP, type Command } from './command.ts';

/** The commands that bring editions to readers, and look after who they are. */
export const PUBLISHING_COMMANDS: readonly Command[] = [
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
];
