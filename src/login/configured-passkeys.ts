/** What configuration says of passkeys, as core asks for it. */
import { takesPasskeys } from '../config/rules/cautions.ts';
import type { Config } from '../config/schema.ts';
import type { MakerSources, PasskeyMakers } from '../core/credentials/passkeys/passkey-makers.ts';
import type { PasskeyRule } from '../core/credentials/passkeys/passkey-rule.ts';

export function configuredPasskeys({ server, passkeys }: Config, makers?: PasskeyMakers): PasskeyRule {
  const { hostname, origin } = new URL(server.issuer);
  const { origins, attestation, allowed, refused } = passkeys;
  const taken = { attestation, allowed, refused, ...(makers ? { makers } : {}) };
  return { site: hostname, origins: [origin, ...origins], ...taken };
}

/** Undefined where no makers are named. */
export function configuredMakers({ passkeys }: Config): MakerSources | undefined {
  const { metadata, roots } = passkeys;
  return metadata === undefined && roots.length === 0 ? undefined : { metadata, roots };
}

/** No browser makes or uses one for an address in place of a name. */
export const isPasskeySite = ({ server }: Config): boolean => takesPasskeys(server.issuer);
