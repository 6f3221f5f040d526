/**
 * What a passkey is to sign, made without being stored: a MAC over the place for which it is asked, such as an attempt and
 * its turn. It is good for one use because an attempt's turn is taken once, by compare-and-swap.
 */
import { minutes } from '../../../base/duration.ts';
import type { MasterKey } from '../../keys/master-key.ts';
import { isMac, mac } from '../../keys/seal.ts';

/** Milliseconds; long enough for a person who looks for their telephone first (Web Authentication 3, 15.1). */
export const passkeyPatience = minutes(5);

const purpose = 'passkey-challenges';

export interface PasskeyChallenge {
  /** As the page hands it to the browser. */
  readonly bytes: Buffer<ArrayBuffer>;
  /** `answered` as the browser hands it back, in base64url. */
  isAnsweredBy(answered: string): boolean;
}

export const passkeyChallenge = (key: MasterKey, ...place: readonly string[]): PasskeyChallenge => ({
  bytes: Buffer.from(mac(key, purpose, ...place)),
  isAnsweredBy: (answered) => isMac(Buffer.from(answered, 'base64url').toString(), key, purpose, ...place),
});
