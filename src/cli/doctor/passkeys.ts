/** Whether the makers of passkeys that are believed can be read, and whether their list is of this month. */
import { isDomainError } from '../../base/errors.ts';
import { openPasskeyMakers } from '../../core/credentials/passkeys/passkey-makers.ts';
import { configuredMakers } from '../../login/configured-passkeys.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export async function checkPasskeyMakers({ config, clock }: Patient): Promise<readonly Finding[]> {
  const sources = configuredMakers(config);
  if (!sources) return [];
  try {
    const { metadata } = await openPasskeyMakers({ clock }, sources);
    if (!metadata) return [ok('passkeys', 'the roots of makers can be read')];
    const { number, expiresAt } = metadata;
    if (clock.now() < expiresAt)
      return [ok('passkeys', `list ${number} of authenticators is good until ${isoTime(expiresAt)}`)];
    return [
      warning(
        'passkeys',
        `list ${number} of authenticators is out of date since ${isoTime(expiresAt)}: what was revoked since then is still taken`,
        'Fetch the present one to passkeys.metadata.file, and restart the server.',
      ),
    ];
  } catch (error) {
    if (!isDomainError(error, 'config.invalid')) throw error;
    const { file, reason } = error.facts;
    return [
      problem(
        'passkeys',
        `${file}: ${reason}`,
        'The server does not start with it: mend passkeys.metadata or passkeys.roots.',
      ),
    ];
  }
}
