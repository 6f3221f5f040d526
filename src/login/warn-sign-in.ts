/**
 * A sign-in from a browser in which this account has not signed in before is told to its owner. The first sign-in of all
 * is not: they sit before it, with the password that they have set a moment ago.
 */
import { passwordOf } from '../core/credentials/credential.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { planAccountMail } from '../core/notices/account-mail.ts';
import { deviceWords } from '../core/sessions/device-words.ts';
import type { Device } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Write } from '../store/port.ts';
import type { Situation } from './facts.ts';
import type { AnswerOrigin } from './step.ts';

export interface WarningMeans {
  readonly world: World;
  readonly masterKey: MasterKey;
}

export interface SignInOrigin extends Pick<AnswerOrigin, 'knownBrowser'> {
  readonly device: Device;
}

/** Commit with the session that begins. */
export async function planSignInWarning(
  { world, masterKey }: WarningMeans,
  { subject, progress, connection }: Situation,
  { device, knownBrowser }: SignInOrigin,
): Promise<readonly Write[]> {
  if (!subject || knownBrowser?.(subject.account.id) !== undefined) return [];
  if (await isFirst(world, progress.proven)) return [];
  const words = deviceWords(device.userAgent);
  return planAccountMail(world, masterKey, subject, {
    type: 'new_device_sign_in',
    address: device.address,
    ...(words === undefined ? {} : { device: words }),
    ...(connection ? { service: connection.name } : {}),
  });
}

/** The password was never used before, or it was in this very login. */
async function isFirst({ store }: World, proven: Situation['progress']['proven']): Promise<boolean> {
  const use = proven?.factors.find(({ kind }) => kind === 'password');
  if (!proven || !use) return false;
  const firstUsedAt = (await passwordOf(store, proven.accountId))?.firstUsedAt;
  return firstUsedAt === undefined || firstUsedAt === use.at;
}
