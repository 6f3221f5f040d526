/** Passkeys of a software authenticator before a site of our own, at one page: what the tests of passkeys share. */
import type { PasskeyCredential } from '../../../../src/core/credentials/credential.ts';
import { credentials } from '../../../../src/core/credentials/credential.ts';
import {
  type PasskeyChallenge,
  passkeyChallenge,
} from '../../../../src/core/credentials/passkeys/passkey-challenge.ts';
import { registerPasskey } from '../../../../src/core/credentials/passkeys/passkey-registration.ts';
import type { PasskeyRule } from '../../../../src/core/credentials/passkeys/passkey-rule.ts';
import type { Stored } from '../../../../src/store/port.ts';
import {
  type Ceremony,
  type Making,
  makePasskey,
  type SoftwarePasskey,
} from '../../../support/software-authenticator.ts';
import { type Fresh, sampleMasterKey } from '../../fresh-world.ts';

export const rule: PasskeyRule = {
  site: 'login.example.ac.jp',
  origins: ['https://login.example.ac.jp'],
  attestation: 'none',
  allowed: [],
  refused: [],
};

export const here: PasskeyChallenge = passkeyChallenge(sampleMasterKey, 'login', 'attempt-1', '3');

/** What an honest browser and authenticator say on that page. */
export const honest: Ceremony = {
  challenge: here.bytes.toString('base64url'),
  origin: 'https://login.example.ac.jp',
  site: 'login.example.ac.jp',
};

export interface HeldPasskey {
  readonly device: SoftwarePasskey;
  readonly record: Stored<PasskeyCredential>;
}

/** Made, and stored. */
export async function holdPasskey(
  { world, put }: Fresh,
  accountId = 'account-1',
  ceremony: Partial<Making> = {},
): Promise<HeldPasskey> {
  const device = makePasskey(accountId);
  const answer = JSON.stringify(device.registration({ ...honest, ...ceremony }));
  const made = await registerPasskey(world, rule, { accountId, challenge: here, unnamed: 'パスキー', answer });
  if (made.kind !== 'registered') throw new TypeError(`the sample passkey was refused: ${made.kind}`);
  const record = await put(credentials, made.factor);
  if (record.kind !== 'passkey') throw new TypeError('a passkey was stored as something else');
  return { device, record };
}
