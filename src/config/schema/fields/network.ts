/** A range of addresses in CIDR form, as node:net's BlockList takes it. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { notAsDescribed } from '../../../base/document/fields/not-as-described.ts';

/** A bare address is read as the range of that one address. */
export const network = (whyNotAll = 'a network of all addresses would believe anybody; name the proxies') =>
  z
    .string()
    .meta({ words: 'a network such as 10.0.0.0/8 or 2001:db8::/32' })
    .transform((text, context) => {
      const [address = '', prefix, ...rest] = text.split('/');
      const family = isIP(address);
      const widest = family === 6 ? 128 : 32;
      const bits = prefix === undefined ? widest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
      if (family === 0 || rest.length > 0 || !(bits >= 0 && bits <= widest)) {
        context.addIssue(notAsDescribed);
        return z.NEVER;
      }
      if (bits === 0) {
        // Trusting every peer lets anybody write the address under which their guesses are counted.
        context.addIssue(whyNotAll);
        return z.NEVER;
      }
      return `${address}/${bits}`;
    });
