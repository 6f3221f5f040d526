/** Which address a packet ends at when it is sent to the one written: some IPv6 addresses only wrap an IPv4 one. */
import { isIP } from 'node:net';

/** Undefined when the text is no address, or one with a zone, which names an interface of this machine. */
export function reachedAddress(text: string): string | undefined {
  const family = isIP(text);
  if (family === 0 || text.includes('%')) return undefined;
  if (family === 4) return text;
  return embeddedIpv4(groupsOf(text)) ?? text;
}

/**
 * IPv4-mapped (RFC 4291, 2.5.5.2) is the same host; the well-known prefix of NAT64 (RFC 6052) is how an IPv6-only
 * network reaches IPv4. Judged as they stand, both would be ways around every rule about IPv4.
 */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const prefix = groups.slice(0, 6).join(',');
  if (prefix !== mapped && prefix !== nat64) return undefined;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

const mapped = [0, 0, 0, 0, 0, 0xffff].join(',');
const nat64 = [0x64, 0xff9b, 0, 0, 0, 0].join(',');

/** The eight groups; the URL parser has already turned a dotted end into two of them. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
