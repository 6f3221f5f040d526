/** IPv4 addresses for properties, and the special ones as somebody would tell them by their numbers, without masks. */
import fc from 'fast-check';

/** Dotted. Half of them begin like a special network, or none of the rare ones would ever be drawn. */
export const ipv4 = (): fc.Arbitrary<string> =>
  fc.tuple(fc.option(fc.constantFrom(...beginnings)), fc.ipV4()).map(([beginning, address]) => {
    if (beginning === null) return address;
    return [...beginning.split('.'), ...address.split('.')].slice(0, 4).join('.');
  });

const beginnings = [
  ...['0', '10', '100.64', '100.127', '100.128', '127', '169.254', '172.15', '172.16', '172.31', '172.32', '192.0.0'],
  ...['192.0.1', '192.0.2', '192.31.196', '192.52.193', '192.88.99', '192.168', '192.175.48', '198.17', '198.18'],
  ...['198.19', '198.20', '198.51.100', '203.0.113', '223', '224', '239', '240', '255', '255.255.255'],
];

export function ipv4Special(address: string): boolean {
  const [a = 0, b = 0, c = 0] = address.split('.').map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return true;
  if (a === 100) return b >= 64 && b <= 127;
  if (a === 169) return b === 254;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 198) return b === 18 || b === 19 || (b === 51 && c === 100);
  if (a === 203) return b === 0 && c === 113;
  if (a !== 192) return false;
  return b === 168 || ['0.0', '0.2', '31.196', '52.193', '88.99', '175.48'].includes(`${b}.${c}`);
}
