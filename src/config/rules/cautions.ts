/** What a configuration may say, and whoever wrote it might not expect: told beside it, refused nowhere. */
import { isIP } from 'node:net';
import type { Config } from '../schema.ts';

/** Web Authentication 3, 5.1.2: what passkeys belong to is a domain, and an address is none. */
export const takesPasskeys = (issuer: string): boolean => isIP(new URL(issuer).hostname.replace(/^\[|\]$/g, '')) === 0;

export interface Caution {
  readonly what: string;
  readonly todo: string;
}

export const cautionsOf = ({ server }: Pick<Config, 'server'>): readonly Caution[] =>
  takesPasskeys(server.issuer)
    ? []
    : [
        {
          what: 'the host of server.issuer is an address, for which no browser takes passkeys: they are not offered',
          todo: 'Give server.issuer a name, for tests localhost.',
        },
      ];
