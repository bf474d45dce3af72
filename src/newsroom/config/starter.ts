import { stringify } from 'yaml';

export type StarterSource = {
  id: string;
  name: string;
  url: string;
  publisher?: string;
  weight: number;
  fullText: 'page' | 'feed';
  why: string;
};

/** The commented `ribao.yaml` that `ribao init` writes. Every value shown is the default. */
export function starterConfig(sources: readonly StarterSource[]): string {
  return `${HEAD}\nsources:\n${sources.map(sourceLines).join('')}`;
}

const HEAD = `# yaml-language-server: $schema=./ribao.schema.json
# ribao 的全部配置。写出的值都是默认值，不需要的行可以删去。
# All of ribao's config. The values shown are the defaults.
# 密钥不写在这里：写 env:名字（环境变量）或 file:路径。 Secrets: env:NAME or file:PATH, never here.

# 日期和时刻表所用的时区 / time zone of dates and schedule
timezone: Asia/Shanghai
# watch 何时出刊（cron：分 时 日 月 星期） / when \`ribao watch\` makes the edition
schedule: "0 8 * * *"
# watch 多久收一次稿（分钟） / how often it collects
collectEveryMinutes: 60
# 后加的来源先观察几天才见报 / days on trial before a new source is printed; 0: at once
quarantineDays: 3
# SQLite 数据库，相对于本文件 / the database, relative to this file
store: ribao-data/ribao.db
# 想改文风、名称、提示词或价格，把自带 editorial/ 里的那个文件抄到这个文件夹再改 / your own style, names, prompts, prices
editorial: editorial

edition:
  name: AI日报
  tagline: 每天精选最值得读的AI文章，帮你筛掉时代的噪音。以简讯见广度，以深读见洞察。
  # 截稿前多少小时内的文章可入选 / how far back articles may be
  windowHours: 36
  # 往前查多少天：报道过的事没有新进展就不再登 / told stories come back only with news
  lookbackDays: 14
  maxItems: 30
  # 同一家媒体最多几条 / at most this many links to one publisher
  maxPerPublisher: 8
  # 关于同一家公司的最多几条 / items about one company
  maxPerCompany: 5
  # 在阅读原文旁附上论文、代码、模型或官方原文 / link the primary source beside the article
  showPrimary: false
  # 价值低于此分（0-100）不入选 / items worth less are left out
  minWorth: 14
  # 栏目与上限；不写则用自带的五个 / sections; the bundled five when left out
  # sections:
  #   - { name: 新闻资讯, description: 公司、行业、政策、人物、融资, maxItems: 10 }

# 周报：写了 watch 才按时出；随时可用 ribao weekly / weekly edition, made by watch when given
# weekly: { schedule: "0 9 * * 1", maxItems: 15, minDays: 3 }

# 达不到就扣下不发（退出码 3） / an edition that falls short is held back
guard:
  minItems: 5
  minPublishers: 3
  # 失败的来源超过这个比例 / share of sources that may fail
  maxFailedSources: 0.5
  minSummaryLength: 30
  # 过短的摘要超过这个比例 / share of summaries that may be shorter
  maxShortBriefs: 0.4

network:
  # 写进 User-Agent 的联系方式，方便站长找到你 / so that a server's owner can reach you
  contact: ""
  perHost: 2
  # 同一主机两次读网页之间的秒数；遵守 robots.txt（只管网页） / between two pages of a host; pages only
  delaySeconds: 0.5
  robots: true
  timeoutSeconds: 20
  maxPageMegabytes: 8
  # 可以访问的内网主机或网段，例如自建的 RSSHub / private hosts that may be asked
  allowHosts: []

reading:
  threads: 2

# 发到哪里：文件（markdown、page、site、feeds、cover）、把文件推到仓库（git）、消息（feishu、dingtalk、wecom、telegram、
# slack、discord、webhook、ntfy、bark、mailbox、wechat 公众号草稿、juejin）和寄给订阅者的信（email），见 docs/channels.md。
# Where it goes: files, messages, letters.
channels:
  - { kind: markdown, folder: editions }
  - { kind: page, folder: editions }

# 日报被扣下、没送到、来源出问题时告诉哪里 / where to tell of trouble
# alerts: { kind: ntfy, topic: "env:NTFY_TOPIC" }
# 网站证书、会到期的令牌，提前几天提醒 / certificates and tokens that run out
expiry:
  days: 14
  hosts: []

# 可选的语言模型：归组、第二读者、写简讯 / an optional language model
# 费用到了上限，简讯改由摘句写成；ribao costs 看账 / a ceiling of money that is never exceeded; see \`ribao costs\`
# model: { provider: deepseek, apiKey: "env:DEEPSEEK_KEY", writing: true, budget: { currency: CNY, perEdition: 1, perMonth: 20 } }

# 来源。id 一经使用不要再改。fullText: feed 表示只用订阅自带的文字，不抓原文。
# 微信公众号：填任一桥接服务给出的订阅地址。 WeChat accounts: any bridge's feed address.`;

function sourceLines({ id, name, url, publisher, weight, fullText, why }: StarterSource): string {
  const shown = {
    id,
    name,
    url,
    ...(publisher === undefined ? {} : { publisher }),
    ...(weight === 1 ? {} : { weight }),
    ...(fullText === 'page' ? {} : { fullText }),
  };
  const [first, ...rest] = stringify(shown, { lineWidth: 0 }).trimEnd().split('\n');
  return [`  # ${why.replace(/\s+/g, ' ')}`, `  - ${first}`, ...rest.map((line) => `    ${line}`), ''].join(
    '\n',
  );
}
