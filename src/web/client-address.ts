/**
 * From which address a request comes. Headers of a proxy are believed only when the connection itself comes from a
 * trusted network; from anybody else they are a way to choose one's own throttle.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export type ClientAddress = (req: IncomingMessage) => string;

/** `trusted` are networks in CIDR form. */
export function clientAddressOf(trusted: readonly string[]): ClientAddress {
  const networks = new BlockList();
  for (const network of trusted) {
    const [address = '', length = ''] = network.split('/');
    networks.addSubnet(address, Number(length), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  const isTrusted = (address: string) => {
    const version = isIP(address);
    return version !== 0 && networks.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
  return (req) => {
    const direct = plain(req.socket.remoteAddress ?? '');
    if (!isTrusted(direct)) return direct;
    const header = req.headers['x-forwarded-for'];
    const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => plain(hop.trim()));
    // The last hop that is not one of our proxies: what stands before it was written by the client. Where that hop is no
    // address ("unknown"), the one before it is the client's own choice all the same.
    const hop = hops.findLast((candidate) => !isTrusted(candidate)) ?? '';
    return isIP(hop) === 0 ? direct : hop;
  };
}

/** IPv4 written as IPv6 (RFC 4291, 2.5.5.2) is the same address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
