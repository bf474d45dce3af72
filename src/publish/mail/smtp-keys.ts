import { z } from 'zod';
import { isThisMachine, type SmtpServer } from './smtp.ts';

/** A name and an address, or an address alone. */
const SENDER = /^(?:[^<>"\r\n@]{1,80}<([^\s<>"@]+@[^\s<>"@]+)>|[^\s<>"@]+@[^\s<>"@]+)$/;

/** The keys of a config that say how letters go out. */
export const SMTP_KEYS = {
  host: z.string().min(1).describe('发信服务器 / SMTP server'),
  port: z.int().min(1).max(65_535).default(465),
  secure: z
    .boolean()
    .exactOptional()
    .describe(
      'true：一连上就加密；false：先连上再加密（STARTTLS）；不写则 465 端口为 true / TLS from the start; default on port 465',
    ),
  user: z.string().default(''),
  password: z.string().default('').describe('写 env:NAME 或 file:PATH / env:NAME or file:PATH'),
  from: z
    .string()
    .regex(SENDER, '应写成 a@b.example 或 名字 <a@b.example> / an address, or a name and <address>')
    .describe('寄信人 / the sender'),
};

type SmtpConfig = { host: string; port: number; secure?: boolean; user: string; password: string };

/** Without TLS from the start the connection must turn to it before anything is said, except on this machine. */
export function serverOf({ host, port, secure = port === 465, user, password }: SmtpConfig): SmtpServer {
  const encryption = secure ? 'tls' : isThisMachine(host) ? 'none' : 'starttls';
  return { host, port, encryption, user, password };
}

/** `名字 <a@b.example>` in its parts; the name is empty where there is none. */
export function senderOf(from: string): { name: string; address: string } {
  const address = SENDER.exec(from)?.[1] ?? from;
  return { name: address === from ? '' : from.slice(0, from.indexOf('<')).trim(), address };
}

/** What is behind the @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
