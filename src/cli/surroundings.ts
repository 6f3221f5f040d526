/** What documents may refer to, out of the configuration. */
import { dirname } from 'node:path';
import { isProduction } from '../config/rules/production.ts';
import { fullMatch } from '../config/schema/fields/pattern.ts';
import type { Config } from '../config/schema.ts';
import { tlsAuthenticationsOf } from '../config/tls-authentications.ts';
import { definitionsOf } from '../core/attributes/attributes.ts';
import type { ConnectionSurroundings } from '../core/connections/document.ts';
import type { SamlSurroundings } from '../core/connections/saml/rules.ts';
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
/** What is not in the configuration. */
export type SamlFound = Pick<SamlSurroundings, 'now' | 'keys' | 'metadata'>;

export const connectionSurroundings = (config: Config, file: string, found: SamlFound): ConnectionSurroundings => ({
  accountKinds: Object.keys(config.accounts.kinds),
  units: Object.keys(config.units),
  folder: dirname(file),
  reachesLoopback: reachesLoopback(config),
  tlsAuthentications: tlsAuthenticationsOf(config),
  saml: samlSurroundings(config, found),
});

const reachesLoopback = (config: Config): boolean => judgeOf(outgoingOptions(config).allow)('127.0.0.1') === 'allowed';

const samlSurroundings = (config: Config, found: SamlFound): SamlSurroundings => ({
  ...found,
  isProduction: isProduction(config),
  reachesLoopback: reachesLoopback(config),
  definitions: definitionsOf(config.attributes.presets, config.attributes.definitions),
  contexts: config.assurance.levels.flatMap(({ level, authnContext }) =>
    authnContext === undefined ? [] : [{ name: authnContext, level }],
  ),
  announcesEcdsa: config.saml.metadata.announcesEcdsa,
});
