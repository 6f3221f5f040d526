/**
 * From which address a request comes. Headers of a proxy are believed only when the connection itself comes from a
 * trusted network; from anybody else they are a way to choose one's own throttle.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isInNetworks } from '../base/networks.ts';

export type ClientAddress = (req: IncomingMessage) => string;

/** `trusted` are networks in CIDR form. */
export function clientAddressOf(trusted: readonly string[]): ClientAddress {
  const isTrusted = isInNetworks(trusted);
  return (req) => {
    const direct = plain(req.socket.remoteAddress ?? '');
    if (!isTrusted(direct)) return direct;
    const hop = strangerIn(req, isTrusted);
    return hop === undefined || isIP(hop) === 0 ? direct : hop;
  };
}

/**
 * A proxy of ours that does not say for whom it asks: the address is its own, and where the visitor is nobody knows. A rule
 * about networks must not take the one for the other.
 */
export function isAddressHidden(trusted: readonly string[]): (req: IncomingMessage) => boolean {
  const isTrusted = isInNetworks(trusted);
  return (req) => {
    const hop = isTrusted(plain(req.socket.remoteAddress ?? '')) ? strangerIn(req, isTrusted) : undefined;
    return hop !== undefined && isIP(hop) === 0;
  };
}

/**
 * The last hop that is not one of our proxies: what stands before it was written by the client. Where that hop is no address
 * ("unknown"), the one before it is the client's own choice all the same. Undefined where all are our own, empty where no
 * proxy says anything.
 */
function strangerIn({ headers }: IncomingMessage, isTrusted: (address: string) => boolean): string | undefined {
  const header = headers['x-forwarded-for'];
  if (header === undefined) return '';
  const hops = (Array.isArray(header) ? header.join(',') : header).split(',').map((hop) => plain(hop.trim()));
  return hops.findLast((candidate) => !isTrusted(candidate));
}

/** Whether the connection itself comes from one of these networks. */
export function trustedPeers(trusted: readonly string[]): (req: IncomingMessage) => boolean {
  const isTrusted = isInNetworks(trusted);
  return (req) => isTrusted(plain(req.socket.remoteAddress ?? ''));
}

/** IPv4 written as IPv6 (RFC 4291, 2.5.5.2) is the same address. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
