import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** Which hosts and addresses may be asked; the answer for the one and for the other. */
export type AddressGuard = {
  /** True when the editor named this host: its addresses are not checked. */
  allowsHost(host: string): boolean;
  /** True for addresses of the public internet and for those the editor allowed. */
  allowsAddress(address: string): boolean;
};

/**
 * A guard against requests into the private network of the machine ribao runs on: a feed or a redirect chosen by a
 * stranger must not reach the router, the cloud's metadata service or the database next door.
 * `allowHosts` takes host names, addresses and CIDR ranges.
 */
export function addressGuard(allowHosts: string[]): AddressGuard {
  const hosts = new Set<string>();
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  for (const raw of allowHosts) {
    const entry = raw.trim().toLowerCase();
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (ipaddr.isValid(entry)) {
      const address = ipaddr.process(entry);
      ranges.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else hosts.add(entry);
  }
  return {
    allowsHost: (host) => hosts.has(host.toLowerCase()),
    allowsAddress: (text) => {
      if (!ipaddr.isValid(text)) return false;
      // `process` turns ::ffff:10.0.0.1 into 10.0.0.1, so mapped addresses are judged as what they reach.
      const address = ipaddr.process(text);
      if (ranges.some((range) => range[0].kind() === address.kind() && address.match(range))) return true;
      // Everything that is not plain unicast is refused: loopback, private, link-local (also 169.254.169.254),
      // carrier NAT, unique local, multicast, and the tunnels that carry an IPv4 address inside
      // (NAT64 rfc6052, 6to4, teredo), since what they reach depends on a gateway we cannot see.
      return address.range() === 'unicast';
    },
  };
}

/** The address inside a URL's host when it is a literal one (`[::1]`, `127.0.0.1`), else undefined. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? bare : undefined;
}

type ResolveAll = (
  host: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

export const PRIVATE_ADDRESS = 'RIBAO_PRIVATE_ADDRESS';

/**
 * A `lookup` for sockets that resolves once, drops every address the guard refuses, and gives the socket only what is
 * left. The checked address is the connected one, so a name that changes its answer between check and use
 * (DNS rebinding) gains nothing.
 */
export function guardedLookup(guard: AddressGuard, resolve: ResolveAll = systemLookup) {
  return (host: string, options: LookupOptions, done: LookupDone): void => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const allowed = guard.allowsHost(host)
        ? found
        : found.filter((one) => guard.allowsAddress(one.address));
      const first = allowed[0];
      if (first === undefined) {
        const refused = Object.assign(new Error(`${host} resolves to private addresses only`), {
          code: PRIVATE_ADDRESS,
        });
        return done(refused, []);
      }
      if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}

/** True for this machine and for private networks: where a proxy of one's own stands. */
export function isOwnNetwork(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(address).range());
}
