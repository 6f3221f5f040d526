/** What documents may refer to, out of the configuration. */
import { dirname } from 'node:path';
import { fullMatch } from '../config/schema/fields/pattern.ts';
import type { Config } from '../config/schema.ts';
import type { ConnectionSurroundings } from '../core/connections/document.ts';
import type { PeopleSurroundings } from '../core/people/document.ts';
import { judgeOf } from '../outgoing/address-judge.ts';
import { outgoingOptions } from '../outgoing/configured.ts';

export const peopleSurroundings = ({ accounts, units, university }: Config): PeopleSurroundings => ({
  accountKinds: new Map(
    Object.entries(accounts.kinds).map(([id, { loginName }]) => {
      const pattern = fullMatch(loginName.pattern);
      return [id, (name: string) => pattern.test(name)];
    }),
  ),
  units: Object.keys(units),
  timeZone: university.timeZone,
});

/** `file` is the document: relative paths in it start at its folder. */
export const connectionSurroundings = (config: Config, file: string): ConnectionSurroundings => ({
  accountKinds: Object.keys(config.accounts.kinds),
  units: Object.keys(config.units),
  folder: dirname(file),
  reachesLoopback: judgeOf(outgoingOptions(config).allow)('127.0.0.1') === 'allowed',
});
