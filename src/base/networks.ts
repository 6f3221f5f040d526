/** Whether an address lies in one of some networks, and which network one subscriber holds. */
import { BlockList, isIP } from 'node:net';

/** `unreadable`: the text is no address, so that nobody knows where it lies. */
export type Whereabouts = 'inside' | 'outside' | 'unreadable';

/** `networks` in CIDR form. */
export function whereaboutsIn(networks: readonly string[]): (address: string) => Whereabouts {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length = ''] = network.split('/');
    list.addSubnet(address, Number(length), familyOf(address));
  }
  return (address) => {
    if (isIP(address) === 0) return 'unreadable';
    return list.check(address, familyOf(address)) ? 'inside' : 'outside';
  };
}

/** For whom an address that cannot be read is in none of them. */
export function isInNetworks(networks: readonly string[]): (address: string) => boolean {
  const whereabouts = whereaboutsIn(networks);
  return (address) => whereabouts(address) === 'inside';
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** One subscriber holds a whole IPv6 /64; counting single addresses would count nothing. */
export function subscriberOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail.split(':').filter(Boolean);
  const groups = [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}
