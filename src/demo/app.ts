/** An authenticator app as a person of the demonstration has set it up, with the key that it was told. */
import { generateSync } from 'otplib';
import type { TotpCredential } from '../core/credentials/credential.ts';
import { confirmTotp, newTotpSecret, totpInvitation } from '../core/credentials/totp.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import type { World } from '../core/world.ts';

export interface DemoApp {
  readonly factor: TotpCredential;
  /** In base32, without spaces. */
  readonly key: string;
}

export function demoApp(world: World, masterKey: MasterKey, accountId: string): DemoApp {
  const sealedSecret = newTotpSecret(world, masterKey, accountId);
  const key = totpInvitation(masterKey, accountId, sealedSecret, { issuer: '', loginName: '' }).key.replaceAll(' ', '');
  // Confirmed with the code before this one: that of this moment is still to be used.
  const epoch = Math.floor(world.clock.now() / 1000) - 30;
  const code = generateSync({ secret: key, epoch });
  const factor = confirmTotp(world, masterKey, { accountId, name: '認証アプリ', sealedSecret, code });
  if (!factor) throw new Error('an app did not accept its own code');
  return { factor, key };
}
