/** What documents may refer to, out of the configuration. */
import { dirname } from 'node:path';
import { fullMatch } from '../config/schema/fields/pattern.ts';
import type { Config } from '../config/schema.ts';
import type { ConnectionSurroundings } from '../core/connections/document.ts';
import type { PeopleSurroundings } from '../core/people/document.ts';

/** Days of enrolment and employment begin in Japan. */
export const timeZone = 'Asia/Tokyo';

export const peopleSurroundings = ({ accounts, units }: Config): PeopleSurroundings => ({
  accountKinds: new Map(
    Object.entries(accounts.kinds).map(([id, { loginName }]) => {
      const pattern = fullMatch(loginName.pattern);
      return [id, (name: string) => pattern.test(name)];
    }),
  ),
  units: Object.keys(units),
  timeZone,
});

/** `file` is the document: relative paths in it start at its folder. */
export const connectionSurroundings = ({ accounts, units }: Config, file: string): ConnectionSurroundings => ({
  accountKinds: Object.keys(accounts.kinds),
  units: Object.keys(units),
  folder: dirname(file),
});
