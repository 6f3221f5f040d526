/** What configuration says of passkeys, as core asks for it. */
import type { Config } from '../config/schema.ts';
import type { PasskeyRule } from '../core/credentials/passkeys/passkey-rule.ts';

export function configuredPasskeys({ server, passkeys }: Config): PasskeyRule {
  const { hostname, origin } = new URL(server.issuer);
  const { origins, ...taken } = passkeys;
  return { site: hostname, origins: [origin, ...origins], ...taken };
}
