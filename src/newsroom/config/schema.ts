import { Cron } from 'croner';
import { z } from 'zod';
import { feed } from '../../gather/sources/feed.ts';
import { SOURCE_KINDS } from '../../gather/sources/registry.ts';
import type { SourceKind } from '../../gather/sources/source-kind.ts';
import { priceSchema } from '../../llm/prices.ts';
import { PROVIDER_NAMES } from '../../llm/providers.ts';
import { channelKind, channelSchema } from '../../publish/channels/registry.ts';

/** Every field has a default except `sources`; `describe` texts reach the editor's editor through the JSON Schema. */
const share = z.number().min(0).max(1);
const count = z.int().min(0);

const address = z
  .string()
  .regex(/^(https?:\/\/|env:|file:)/, '应以 http://、https://、env: 或 file: 开头')
  .describe('地址；带密钥的写 env:NAME 或 file:PATH / address; env:NAME or file:PATH when it holds a key');

/** The keys every source has; each kind adds its own. */
const sourceKeys = {
  id: z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u,
      '只能用字母、数字、汉字、点、横线 / letters, digits, dots, dashes',
    )
    .describe('唯一、不变的短名 / short unique name that never changes'),
  name: z.string().min(1).describe('读者看到的名字 / the name readers see'),
  publisher: z.string().min(1).exactOptional().describe('同一出版方的几个来源写同一个名字'),
  weight: z.number().min(0).max(5).default(1).describe('信任度，1 为普通 / trust, 1 is normal'),
  fullText: z
    .enum(['page', 'feed'])
    .describe('page：抓取原文页面；feed：只用订阅自带的文字 / where the text comes from'),
};

const knownSource = z.object({ ...sourceKeys, kind: z.string(), url: address });

/** Reads one source of the config: the keys of every source, and under `settings` those of its kind. */
const sourceSchema = z
  .discriminatedUnion(
    'kind',
    [schemaOf(feed), ...SOURCE_KINDS.filter((kind) => kind !== feed).map(schemaOf)],
    {
      error: () => `没有这种来源；可用的有 / known kinds: ${SOURCE_KINDS.map(({ kind }) => kind).join(', ')}`,
    },
  )
  .transform((given) => {
    const own = Object.entries(given).filter(([key]) => !(key in knownSource.shape));
    return { ...knownSource.parse(given), ...(own.length > 0 ? { settings: Object.fromEntries(own) } : {}) };
  });

/** What the config may say of a source of this kind; a source that names no kind is a feed. */
function schemaOf({ kind, home, settings, fullText = 'page' }: SourceKind) {
  return z.strictObject({
    ...sourceKeys,
    kind: kind === feed.kind ? z.literal(kind).default(kind) : z.literal(kind),
    fullText: sourceKeys.fullText.default(fullText),
    url: home === undefined ? address : address.default(home),
    ...settings,
  });
}

/** The keys a source of this kind may have, for «did you mean». */
export function sourceKeysOf(kind: unknown): string[] {
  const known = SOURCE_KINDS.find((one) => one.kind === kind) ?? feed;
  return Object.keys(schemaOf(known).shape);
}

const sectionSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().default(''),
  examples: z
    .array(z.string().min(1))
    .default([])
    .describe(
      '属于这一栏的标题若干，新栏目照此归类 / titles that belong here; a new section is filled by them',
    ),
  maxItems: z.int().min(1).max(100).default(8),
});

const modelSchema = z
  .strictObject({
    provider: z.enum(PROVIDER_NAMES).exactOptional().describe('服务商预设 / a preset'),
    baseUrl: z.url().exactOptional().describe('OpenAI 兼容接口的地址；预设之外的填这里'),
    model: z.string().min(1).exactOptional().describe('第二读者与写稿用的模型'),
    embeddingModel: z.string().min(1).exactOptional(),
    apiKey: z.string().default('').describe('写 env:NAME 或 file:PATH，不要写明文 / env:NAME or file:PATH'),
    timeoutSeconds: z.number().min(1).max(600).default(60),
    maxCalls: z
      .int()
      .min(1)
      .max(1000)
      .default(120)
      .describe('一次运行的每一步最多调用几次 / calls in one step of a run'),
    atOnce: z
      .int()
      .min(1)
      .max(64)
      .exactOptional()
      .describe('同时几个请求；不写则按服务商 / requests at once'),
    perMinute: z
      .int()
      .min(1)
      .exactOptional()
      .describe('每分钟几个请求；不写则按服务商 / requests in a minute'),
    price: priceSchema
      .extend({ embedding: z.number().min(0).exactOptional() })
      .exactOptional()
      .describe(
        '每百万 token 的价格；不写则查 editorial/prices.yaml / price per million tokens, before the bundled list',
      ),
    budget: z
      .strictObject({
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, '应为三个大写字母，如 CNY / three capitals')
          .default('CNY'),
        perEdition: z.number().min(0).exactOptional().describe('每期最多花多少 / most for one edition'),
        perMonth: z.number().min(0).exactOptional().describe('每月最多花多少 / most for one month'),
        rates: z
          .record(z.string().regex(/^[A-Z]{3}$/), z.number().positive())
          .default({})
          .describe('汇率：一单位外币合多少 currency / one unit of another currency in this one'),
      })
      .exactOptional()
      .describe('费用上限，到了就改由摘句写成 / a ceiling of money that is never exceeded'),
    embeddings: z
      .boolean()
      .default(false)
      .describe('归组时加看向量 / embeddings as one more signal in grouping'),
    secondReader: z
      .boolean()
      .default(false)
      .describe('拿不准的交给模型再看 / a model reads what the desk is unsure of'),
    writing: z
      .boolean()
      .default(false)
      .describe(
        '简讯由模型写，核对不过的仍用原文句子 / a model writes the briefs; what fails the check is cut from the articles',
      ),
  })
  .describe('可选的语言模型；不写就不用 / an optional language model');

/** The weekly edition: what `ribao weekly` takes, and when `watch` makes it. */
export const weeklySchema = z.strictObject({
  schedule: z
    .string()
    .refine(isCron, '不是 cron 表达式，例如 "0 9 * * 1" / not a cron expression')
    .default('0 9 * * 1')
    .describe('watch 何时出周报；周一出的是上一周 / when watch makes it; on a Monday the week before'),
  maxItems: z.int().min(3).max(100).default(15),
  minDays: z.int().min(1).max(7).default(3).describe('这一周至少要有几期日报 / dailies it needs'),
});

export const configSchema = z.strictObject({
  timezone: z
    .string()
    .refine(isTimeZone, '不是 IANA 时区名，例如 Asia/Shanghai / not an IANA time zone')
    .default('Asia/Shanghai')
    .describe('日期和时刻表所用的时区 / time zone of dates and schedule'),
  schedule: z
    .string()
    .refine(isCron, '不是 cron 表达式，例如 "0 8 * * *" / not a cron expression')
    .default('0 8 * * *')
    .describe('watch 何时出刊（cron，按 timezone） / when watch makes the edition'),
  collectEveryMinutes: z
    .int()
    .min(5)
    .max(1440)
    .default(60)
    .describe('watch 多久收一次稿 / how often watch collects'),
  quarantineDays: z
    .int()
    .min(0)
    .max(30)
    .default(3)
    .describe('后加的来源先观察几天才见报，0 为不观察 / days before a new source is printed; 0: at once'),
  store: z.string().min(1).default('ribao-data/ribao.db').describe('SQLite 文件 / SQLite file'),
  editorial: z
    .string()
    .min(1)
    .default('editorial')
    .describe(
      '自己的编辑部文件夹：与自带 editorial/ 同名的文件以这里的为准 / your own files in place of the bundled ones',
    ),
  edition: z
    .strictObject({
      name: z.string().min(1).default('AI日报'),
      tagline: z
        .string()
        .default('每天精选最值得读的AI文章，帮你筛掉时代的噪音。以简讯见广度，以深读见洞察。'),
      windowHours: z.int().min(1).max(168).default(36).describe('截稿前多少小时内的文章'),
      lookbackDays: z.int().min(0).max(90).default(14).describe('往前查多少天是否已报道'),
      maxItems: z.int().min(1).max(200).default(30),
      maxPerPublisher: z
        .int()
        .min(1)
        .max(100)
        .default(8)
        .describe('同一家出版方（同一公司的几个账号算一家）最多几条 / items per family of publishers'),
      maxPerCompany: z
        .int()
        .min(1)
        .max(100)
        .default(5)
        .describe('关于同一家公司的最多几条 / items about one company'),
      showPrimary: z
        .boolean()
        .default(false)
        .describe('在阅读原文旁附上论文、代码、模型或官方原文 / link the primary source beside the article'),
      minWorth: z.number().min(0).max(100).default(14).describe('低于此分不入选'),
      sections: z
        .array(sectionSchema)
        .min(1)
        .exactOptional()
        .describe('栏目及其上限；不写则用 editorial/sections.yaml'),
    })
    .prefault({}),
  weekly: weeklySchema
    .exactOptional()
    .describe('周报；写了 watch 才按时出 / weekly edition; watch makes it when given'),
  guard: z
    .strictObject({
      minItems: count.default(5),
      minPublishers: count.default(3),
      maxFailedSources: share.default(0.5),
      minSummaryLength: count.default(30),
      maxShortBriefs: share.default(0.4),
    })
    .prefault({})
    .describe('达不到就扣下不发 / an edition that falls short is held back'),
  network: z
    .strictObject({
      contact: z
        .string()
        .default('')
        .describe('写进 User-Agent 的联系方式 / shown to servers in the User-Agent'),
      perHost: z.int().min(1).max(16).default(2).describe('每台主机同时几个请求'),
      delaySeconds: z
        .number()
        .min(0)
        .max(60)
        .default(0.5)
        .describe('同一主机两次读网页之间的秒数 / between two pages of one host'),
      robots: z
        .boolean()
        .default(true)
        .describe('遵守网站的 robots.txt（只管网页） / obey robots.txt (pages only)'),
      timeoutSeconds: z.number().min(1).max(300).default(20),
      maxPageMegabytes: z.number().min(0.1).max(64).default(8),
      allowHosts: z
        .array(z.string())
        .default([])
        .describe('可以是内网地址的主机或网段（如自建的 RSSHub） / hosts or CIDRs that may be private'),
    })
    .prefault({}),
  model: modelSchema.exactOptional(),
  reading: z.strictObject({ threads: z.int().min(1).max(16).default(2) }).prefault({}),
  channels: z
    .array(channelSchema)
    .min(1, '至少要有一个渠道 / at least one channel')
    .refine(
      (all) => all.filter(({ kind }) => channelKind(kind)?.form === 'letters').length <= 1,
      'email 渠道只能有一个，否则每个订阅者会收到两封 / one channel of kind email, or readers get two letters',
    )
    .prefault([
      { kind: 'markdown', folder: 'editions' },
      { kind: 'page', folder: 'editions' },
    ]),
  alerts: channelSchema
    .refine(
      ({ kind }) => channelKind(kind)?.takesNotices === true,
      '提醒只能发往收消息的渠道，如 feishu、ntfy / a channel of messages',
    )
    .exactOptional()
    .describe('日报被扣下、没送到、来源出问题时告诉哪里，每件事一次 / where to tell of trouble, once each'),
  expiry: z
    .strictObject({
      days: z.int().min(1).max(90).default(14).describe('提前几天提醒 / how many days before'),
      hosts: z
        .array(z.string().regex(/^[\w.-]+(?::\d{1,5})?$/))
        .default([])
        .describe('另外要看证书的主机，可带端口 / more hosts whose certificates are looked at'),
    })
    .prefault({})
    .describe('证书和令牌快到期时提醒 / certificates and tokens that run out'),
  sources: z.array(sourceSchema).min(1, '至少要有一个来源 / at least one source'),
});

export type Config = z.infer<typeof configSchema>;
export type SourceConfig = Config['sources'][number];

/** The config's JSON Schema (draft 2020-12), for editors that complete and check YAML. */
export function configJsonSchema(): Record<string, unknown> {
  return { title: 'ribao.yaml', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isCron(pattern: string): boolean {
  try {
    new Cron(pattern, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}
