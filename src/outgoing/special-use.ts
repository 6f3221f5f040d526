/**
 * Networks in which no service of another institution lives: the IANA special-purpose registries (RFC 6890, RFC 8190),
 * multicast (RFC 5771) and 240.0.0.0/4. Entries that are globally reachable but serve the network itself (AS112, AMT,
 * 6to4 relays) are refused too.
 */
import { BlockList } from 'node:net';

const ipv4 = [
  ['0.0.0.0', 8], // this network: 0.0.0.0 reaches the machine itself (RFC 791)
  ['10.0.0.0', 8], // private (RFC 1918)
  ['100.64.0.0', 10], // between a provider and its customers (RFC 6598)
  ['127.0.0.0', 8], // loopback (RFC 1122)
  ['169.254.0.0', 16], // link-local, where clouds keep the credentials of a machine (RFC 3927)
  ['172.16.0.0', 12], // private (RFC 1918)
  ['192.0.0.0', 24], // protocol assignments (RFC 6890)
  ['192.0.2.0', 24], // documentation (RFC 5737)
  ['192.31.196.0', 24], // AS112 (RFC 7535)
  ['192.52.193.0', 24], // AMT (RFC 7450)
  ['192.88.99.0', 24], // 6to4 relays (RFC 7526)
  ['192.168.0.0', 16], // private (RFC 1918)
  ['192.175.48.0', 24], // AS112 (RFC 7534)
  ['198.18.0.0', 15], // benchmarking (RFC 2544)
  ['198.51.100.0', 24], // documentation (RFC 5737)
  ['203.0.113.0', 24], // documentation (RFC 5737)
  ['224.0.0.0', 4], // multicast (RFC 5771)
  ['240.0.0.0', 4], // reserved, with the broadcast address (RFC 1112, RFC 8190)
] as const;

/** Within 2000::/3. Tunnels that carry an IPv4 address are refused whole: a relay would decide where they end. */
const ipv6 = [
  ['2001::', 23], // protocol assignments (RFC 2928), with Teredo (RFC 4380), benchmarking and ORCHID
  ['2001:db8::', 32], // documentation (RFC 3849)
  ['2002::', 16], // 6to4 (RFC 3056)
  ['2620:4f:8000::', 48], // AS112 (RFC 7534)
  ['3fff::', 20], // documentation (RFC 9637)
] as const;

const specialIpv4 = new BlockList();
for (const [network, prefix] of ipv4) specialIpv4.addSubnet(network, prefix, 'ipv4');
const specialIpv6 = new BlockList();
for (const [network, prefix] of ipv6) specialIpv6.addSubnet(network, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

export const isSpecialIpv4 = (address: string): boolean => specialIpv4.check(address, 'ipv4');

/**
 * Global unicast is 2000::/3 (RFC 4291, 2.4) and everything else is refused unnamed: loopback, link-local, unique local,
 * multicast, IPv4-compatible, IPv4-translated, discard-only, segment routing, and whatever is assigned next.
 */
export const isSpecialIpv6 = (address: string): boolean =>
  !globalUnicast.check(address, 'ipv6') || specialIpv6.check(address, 'ipv6');
