/** Which second factors this installation has the means for: what is asked for, offered, and counted by policy-trial. */
import type { Config } from '../config/schema.ts';
import { certifiedKindsOf } from './configured-certificates.ts';
import { isPasskeySite } from './configured-passkeys.ts';
import type { Situation } from './facts.ts';

export type ConfiguredWays = Required<Pick<Situation, 'canMail' | 'hasNoPasskeys' | 'certifiedKinds'>>;

export const configuredWays = (config: Config): ConfiguredWays => ({
  canMail: config.mail !== undefined,
  hasNoPasskeys: !isPasskeySite(config),
  certifiedKinds: certifiedKindsOf(config),
});
