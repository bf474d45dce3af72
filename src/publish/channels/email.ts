import { z } from 'zod';
import type { Instant } from '../../domain/article.ts';
import { letterOutcome, troubleOutcome } from '../mail/letter-outcome.ts';
import { openSmtp } from '../mail/smtp.ts';
import { domainOf, SMTP_KEYS, senderOf, serverOf } from '../mail/smtp-keys.ts';
import { openToken, sealToken } from '../mail/tokens.ts';
import { writeLetter } from '../mail/write-letter.ts';
import {
  noteLetter,
  personalLines,
  renderLetter,
  renderNote,
  withPersonal,
} from '../render/render-letter.ts';
import { editionPath, publicUrl } from '../site/paths.ts';
import {
  correctionNotice,
  correctionsField,
  editionMark,
  type LetterChannel,
  type LetterOutcome,
  type PostLine,
  type Recipient,
  type ReturnBox,
} from './channel.ts';

const schema = z.strictObject({
  kind: z.literal('email'),
  ...SMTP_KEYS,
  url: z
    .url({ protocol: /^https?$/ })
    .describe('ribao serve 的公开地址，确认和退订的链接由此来 / public address of `ribao serve`'),
  secret: z
    .string()
    .regex(/^(?:env:|file:)|^.{16}/s, '至少 16 个字符 / at least 16 characters')
    .describe('封印链接的密钥，写 env:NAME 或 file:PATH；换了它，旧信里的退订链接就失效 / seals the links'),
  site: z
    .url({ protocol: /^https?$/ })
    .exactOptional()
    .describe('读者网站的公开地址，信里链到网页版 / public address of the site'),
  corrections: correctionsField,
  perMinute: z.int().min(1).max(6000).default(300).describe('一分钟最多寄几封 / letters a minute'),
  returnTo: z
    .string()
    .regex(/^[^\s<>"@*]+\*?[^\s<>"@*]*@[^\s<>"@*]+$/, '应写成 bounces@b.example 或 bounces+*@b.example')
    .exactOptional()
    .describe(
      '退信回到哪个地址，* 换成每封信的记号；不写则用 from / where letters come back, * is their mark',
    ),
  returnFolder: z.string().min(1).exactOptional().describe('退信所在的 maildir 或 .eml 文件夹 / a maildir'),
  returnHost: z.string().min(1).exactOptional().describe('或退信所在的 IMAP 服务器 / or an IMAP server'),
  returnPort: z.int().min(1).max(65_535).default(993),
  returnSecure: z.boolean().default(true),
  returnUser: z.string().default(''),
  returnPassword: z.string().default('').describe('写 env:NAME 或 file:PATH / env:NAME or file:PATH'),
  returnMailbox: z.string().default('INBOX'),
});
type EmailConfig = z.infer<typeof schema>;

const bodySchema = z.object({
  subject: z.string(),
  text: z.tuple([z.string(), z.string()]),
  html: z.tuple([z.string(), z.string()]),
});

/** How long a confirmation can be pressed: long enough for a weekend. */
export const CONFIRM_DAYS = 7;

/**
 * Letters to subscribers by SMTP: one copy for each reader, who confirmed the address and can leave with one press
 * (RFC 8058). The text is kept once; the way out, Message-ID and date are each reader's own.
 */
export const email: LetterChannel<typeof schema> = {
  kind: 'email',
  schema,
  secrets: ['password', 'secret', 'returnPassword'],
  paths: ['returnFolder'],
  letters: (config) => ({
    form: 'letters',
    gapMs: Math.floor(60_000 / config.perMinute),
    compose(edition) {
      const page = publicUrl(config.site, editionPath(edition.date));
      return JSON.stringify(renderLetter(edition, page === undefined ? {} : { page }));
    },
    ...(config.corrections
      ? {
          correct: (edition, correction) => JSON.stringify(noteLetter(correctionNotice(edition, correction))),
        }
      : {}),
    show(body) {
      const { subject, text, html } = personal(body, config, '0');
      return `Subject: ${subject}\n\n${text}\n${html}`;
    },
    dial: () => dial(config),
    openToken(purpose, token) {
      const [id, about = ''] = openToken(config.secret, purpose, token) ?? [];
      return id === undefined ? undefined : { id, about };
    },
    returns: returnsOf(config),
  }),
};

function returnsOf(config: EmailConfig): ReturnBox | undefined {
  const { returnFolder: folder, returnHost: host } = config;
  if (folder === undefined && host === undefined) return undefined;
  return {
    ...(folder === undefined ? {} : { folder }),
    ...(host === undefined ? {} : { host }),
    port: config.returnPort,
    secure: config.returnSecure,
    user: config.returnUser,
    password: config.returnPassword,
    mailbox: config.returnMailbox,
  };
}

/** An address of the readers' pages. */
function pageAt({ url }: EmailConfig, page: 'confirm' | 'unsubscribe', token: string): string {
  return `${url.replace(/\/+$/, '')}/${page}?t=${token}`;
}

function leaveToken({ secret }: EmailConfig, id: string): string {
  return sealToken(secret, 'leave', [id]);
}

function personal(body: string, config: EmailConfig, id: string) {
  const leave = pageAt(config, 'unsubscribe', leaveToken(config, id));
  return withPersonal(bodySchema.parse(JSON.parse(body)), personalLines(leave));
}

function dial(config: EmailConfig): PostLine {
  const line = openSmtp(serverOf(config));
  const from = senderOf(config.from);
  const { returnTo = from.address } = config;

  async function send(
    to: Recipient,
    letter: Parameters<typeof writeLetter>[0],
    mark: string,
  ): Promise<LetterOutcome> {
    const envelope = { from: returnTo.replace('*', mark), to: to.address };
    const written = await writeLetter(letter);
    const first = await line.send(envelope, written);
    const isThere = first.kind !== 'closing' && (first.kind !== 'cut' || first.sent);
    // Servers end a conversation as they like; the letter is surely not there, so a new line may bring it.
    if (isThere || (await line.ready()) !== undefined) return letterOutcome(first, config.host);
    return letterOutcome(await line.send(envelope, written), config.host);
  }
  /** What names a letter when it comes back. The same at every attempt, so that mailboxes can drop a second copy. */
  const markOf = (to: Recipient, ...about: string[]) => sealToken(config.secret, 'letter', [to.id, ...about]);
  const common = (to: Recipient, mark: string, at: Instant) => ({
    from,
    to: to.address,
    messageId: `${mark}@${domainOf(from.address)}`,
    date: at,
  });

  return {
    async ready() {
      const trouble = await line.ready();
      return trouble && troubleOutcome(trouble, config.host);
    },
    sendEdition(to, body, { date, correction }, at) {
      const more = correction === undefined ? [] : [correction.replaceAll('-', '')];
      const mark = markOf(to, editionMark(date), ...more);
      const leave = leaveToken(config, to.id);
      const mailto = mailtoOf(config, leave);
      const list = {
        id: `ribao.${domainOf(from.address)}`,
        unsubscribe: pageAt(config, 'unsubscribe', leave),
        ...(mailto === undefined ? {} : { mailto }),
      };
      return send(to, { ...common(to, mark, at), ...personal(body, config, to.id), list }, mark);
    },
    sendConfirmation(to, askedAt, at) {
      const asked = askedAt.toString(36);
      const mark = markOf(to, asked);
      const url = pageAt(config, 'confirm', sealToken(config.secret, 'confirm', [to.id, asked]));
      const note = renderNote({
        title: `请确认订阅${from.name === '' ? '' : `「${from.name}」`}`,
        lines: [
          '有人用这个地址订阅了每天的 AI 日报。是您的话，请按下面的按钮，再在打开的页面上确认。',
          `不是您，就不用理会：不确认便不会再收到信。${CONFIRM_DAYS} 天内有效。`,
        ],
        button: { url, words: '去确认' },
      });
      return send(to, { ...common(to, mark, at), ...note }, mark);
    },
    close: () => line.close(),
  };
}

/** Asking by letter to leave; only where somebody reads that mailbox. */
function mailtoOf(config: EmailConfig, token: string): string | undefined {
  if (returnsOf(config) === undefined) return undefined;
  const { returnTo = senderOf(config.from).address } = config;
  return `mailto:${returnTo.replace('*', token)}?subject=unsubscribe%20${token}`;
}
