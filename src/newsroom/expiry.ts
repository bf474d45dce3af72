import type { Instant } from '../domain/article.ts';
import { certificateEnd } from '../net/certificate.ts';
import { type ChannelConfig, channelKind } from '../publish/channels/registry.ts';
import type { Alert } from './alerts.ts';
import { dateIn } from './calendar.ts';
import type { Config } from './config/schema.ts';
import { channelName } from './outbox.ts';

/** Something that stops working at a known moment. `what` is for an editor (Chinese), and holds no secret. */
export type Expiring = { id: string; what: string; endsAt: Instant };

const DAY_MS = 86_400_000;
const HTTPS_PORT = 443;
const TIMEOUT_MS = 5000;

/** The certificates of the daily's own hosts, and the tokens of channels that say when they run out. */
export async function whatExpires({ channels, alerts, expiry }: Config): Promise<Expiring[]> {
  const hosts = new Set([...channels.flatMap(hostOf), ...expiry.hosts]);
  const certificates = await Promise.all(
    [...hosts].map(async (host): Promise<Expiring[]> => {
      const [name = '', port] = host.split(':');
      const endsAt = await certificateEnd(name, Number(port ?? HTTPS_PORT), TIMEOUT_MS);
      return endsAt === undefined ? [] : [{ id: `certificate/${host}`, what: `${host} 的证书`, endsAt }];
    }),
  );
  const named = channels.map((config, n, all) => ({ name: channelName(config, n, all), config }));
  const tokens = [...named, ...(alerts ? [{ name: 'alerts', config: alerts }] : [])].flatMap(tokensOf);
  return [...certificates.flat(), ...tokens];
}

/** Of pages and feeds that stand under an address of the daily's own. */
function hostOf({ kind, url }: ChannelConfig): string[] {
  const address = (kind === 'site' || kind === 'feeds') && typeof url === 'string' ? URL.parse(url) : null;
  return address?.protocol === 'https:' ? [address.host] : [];
}

function tokensOf({ name, config }: { name: string; config: ChannelConfig }): Expiring[] {
  return (channelKind(config.kind)?.secrets ?? []).flatMap((key) => {
    const secret = config[key];
    const endsAt = typeof secret === 'string' ? tokenEnd(secret) : undefined;
    return endsAt === undefined
      ? []
      : [{ id: `token/${name}/${key}`, what: `渠道 ${name} 的 ${key}`, endsAt }];
  });
}

/**
 * When a secret says that it runs out: `exp` of a JWT (RFC 7519), or the cookie `sid_guard`, which holds the moment it
 * was given and the seconds it lasts. Undefined for all others.
 */
export function tokenEnd(secret: string): Instant | undefined {
  const [, claims] = /(?:^|\s|=)[\w-]+\.([\w-]{10,})\.[\w-]*(?:$|[\s;])/.exec(secret) ?? [];
  const seconds = claims === undefined ? sessionEnd(secret) : expOf(claims);
  return seconds === undefined || !Number.isFinite(seconds) ? undefined : seconds * 1000;
}

function expOf(claims: string): number | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
    const exp = typeof read === 'object' && read !== null ? Reflect.get(read, 'exp') : undefined;
    return typeof exp === 'number' ? exp : undefined;
  } catch {
    return undefined;
  }
}

function sessionEnd(cookie: string): number | undefined {
  const [, given, lasts] = /\bsid_guard=[^;|%]*(?:\||%7C)(\d{9,11})(?:\||%7C)(\d{1,10})/i.exec(cookie) ?? [];
  return given === undefined || lasts === undefined ? undefined : Number(given) + Number(lasts);
}

/** What runs out within so many days, and what has; each is told once for the day it ends. Pure. */
export function expiryAlerts(
  all: readonly Expiring[],
  now: Instant,
  { timezone, expiry }: Pick<Config, 'timezone' | 'expiry'>,
): Alert[] {
  return all
    .filter(({ endsAt }) => endsAt - now < expiry.days * DAY_MS)
    .map(({ id, what, endsAt }) => {
      const [day, over] = [dateIn(timezone, endsAt), endsAt <= now];
      return {
        key: `expiry/${id}/${day}${over ? '/over' : ''}`,
        title: over ? `${what}已过期` : `${what} ${day} 到期`,
        lines: [
          over ? `${day} 起已经失效，请换新` : `还有 ${Math.floor((endsAt - now) / DAY_MS)} 天，请换新`,
        ],
      };
    });
}
