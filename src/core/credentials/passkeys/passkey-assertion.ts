/**
 * Proving who somebody is by a passkey (Web Authentication 3, 7.2). The signature comes first: what else the authenticator
 * says, such as how often it was used, is judged only when it was really said by it. Nothing is guessed at here, so no try
 * is counted, and nobody can keep an owner away from their passkey by failing often.
 */
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { findOne, replace, type Stored, type Write } from '../../../store/port.ts';
import type { World } from '../../world.ts';
import { credentials, type PasskeyCredential } from '../credential.ts';
import type { UseOf } from '../factor-use.ts';
import { readPasskeyAnswer } from './passkey-answer.ts';
import { type PasskeyChallenge, passkeyPatience } from './passkey-challenge.ts';
import { attestedProduct, descriptorOf, passkeysOf } from './passkey-held.ts';
import type { PasskeyRule } from './passkey-rule.ts';

/** Without an account any passkey of this site will do: it says itself whose it is. */
export async function assertionOptions(
  world: World,
  rule: PasskeyRule,
  challenge: PasskeyChallenge,
  accountId?: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const held = accountId === undefined ? [] : await passkeysOf(world, accountId);
  // Written here, so that a login page does not load the library: it is large, and only an answer needs it.
  return {
    rpId: rule.site,
    challenge: challenge.bytes.toString('base64url'),
    timeout: passkeyPatience,
    userVerification: 'required',
    allowCredentials: held.map((passkey) => ({ ...descriptorOf(passkey), type: 'public-key' })),
  };
}

export type PasskeyProof =
  | { readonly kind: 'proven'; readonly accountId: string; readonly use: UseOf<'passkey'>; readonly write: Write }
  /** It is nobody's here: it was removed, and the browser still has it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly accountId?: string }
  /** Its count of signatures ran backwards: there is a second one with the same key. */
  | { readonly kind: 'reversed'; readonly accountId: string; readonly credentialId: string };

export interface PasskeyTry {
  readonly challenge: PasskeyChallenge;
  /** Whose it must be; any account's where nobody is known yet. */
  readonly accountId?: string;
  /** As the browser answered, in JSON. */
  readonly answer: string;
}

export async function provePasskey(
  { store, clock }: World,
  rule: PasskeyRule,
  { challenge, accountId, answer }: PasskeyTry,
): Promise<PasskeyProof> {
  const response = readPasskeyAnswer<AuthenticationResponseJSON>(answer);
  if (!response) return { kind: 'failed' };
  const credential = await findOne(store, credentials, 'byWebauthnId', response.id);
  if (credential?.kind !== 'passkey') return { kind: 'unknown' };
  if (accountId !== undefined && credential.accountId !== accountId) return { kind: 'failed' };
  const failed = { kind: 'failed', accountId: credential.accountId } as const;
  if (!isOwnHandle(response.response.userHandle, credential.accountId, accountId !== undefined)) return failed;
  const said = await verify(rule, challenge, response, credential);
  // 7.2, step 19: whether a key may leave its device is settled when it is made.
  if (!said || (said.credentialDeviceType === 'multiDevice') !== credential.isBackupEligible) return failed;
  const { accountId: owner, id: credentialId } = credential;
  if (isReversed(credential.signatureCount, said.newCounter))
    return { kind: 'reversed', accountId: owner, credentialId };
  const now = clock.now();
  const { isBackupEligible: isSynced } = credential;
  const aaguid = attestedProduct(credential);
  return {
    kind: 'proven',
    accountId: owner,
    use: { kind: 'passkey', at: now, credentialId, userVerified: said.userVerified, isSynced, aaguid },
    // As it was read: of two answers at once, and of an answer and a removal, one is taken.
    write: replace(credentials, {
      ...credential,
      signatureCount: said.newCounter,
      isBackedUp: said.credentialBackedUp,
      lastUsedAt: now,
    }),
  };
}

async function verify(
  rule: PasskeyRule,
  challenge: PasskeyChallenge,
  response: AuthenticationResponseJSON,
  { webauthnId, publicKey }: Stored<PasskeyCredential>,
) {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (answered) => challenge.isAnsweredBy(answered),
      expectedOrigin: [...rule.origins],
      expectedRPID: rule.site,
      requireUserVerification: true,
      // With its true count the library would complain of a reversed one before it has looked at the signature, and
      // anybody who knows a passkey's name could raise the alarm. The count is judged above.
      credential: { id: webauthnId, publicKey: Buffer.from(publicKey, 'base64url'), counter: 0 },
    });
    return verified ? authenticationInfo : undefined;
  } catch {
    // The library says no by throwing, whatever it is that does not fit.
    return undefined;
  }
}

/** 7.2, step 6: where nobody is known yet, the passkey must have kept whose it is. */
const isOwnHandle = (handle: unknown, owner: string, isKnown: boolean): boolean =>
  handle === undefined || handle === null
    ? isKnown
    : typeof handle === 'string' && Buffer.from(handle, 'base64url').toString() === owner;

/** 7.2, step 22. Those that do not count say zero always. */
const isReversed = (known: number, said: number): boolean => (known > 0 || said > 0) && said <= known;
