/** The passkeys of an account, and what may be believed of them. */
import type { Stored } from '../../../store/port.ts';
import type { World } from '../../world.ts';
import { type Credential, credentialsOf, type PasskeyCredential } from '../credential.ts';

const isPasskey = (held: Stored<Credential>): held is Stored<PasskeyCredential> => held.kind === 'passkey';

export async function passkeysOf({ store }: World, accountId: string): Promise<readonly Stored<PasskeyCredential>[]> {
  return (await credentialsOf(store, accountId)).filter(isPasskey);
}

const unnamedProduct = '00000000-0000-0000-0000-000000000000';

/**
 * Its AAGUID where a maker said so who was believed when it was made. No level may rest on what a passkey says of itself, nor
 * on anybody's certificate: a program that pretends to be a listed product is quickly written, and its passkey would count
 * from the day on which makers are named.
 */
export const attestedProduct = ({ aaguid, isVouched }: Pick<PasskeyCredential, 'aaguid' | 'isVouched'>): string =>
  isVouched ? aaguid : unnamedProduct;

/** Names one to the browser, which asks it on the ways on which it was met. */
export const descriptorOf = ({ webauthnId, transports }: PasskeyCredential) => ({
  id: webauthnId,
  transports: [...transports],
});
