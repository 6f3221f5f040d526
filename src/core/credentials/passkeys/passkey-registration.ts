/**
 * Making a passkey for an account (Web Authentication 3, 7.1). It must be found without a name being typed, and must check
 * its owner each time, so that it is two factors in one. The handle under which it keeps the account is the account's id:
 * random, and never another's.
 */
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { findOne } from '../../../store/port.ts';
import type { World } from '../../world.ts';
import { credentials, type PasskeyCredential } from '../credential.ts';
import { factorName } from '../factor-name.ts';
import { readPasskeyAnswer } from './passkey-answer.ts';
import { type PasskeyChallenge, passkeyPatience } from './passkey-challenge.ts';
import { descriptorOf, passkeysOf } from './passkey-held.ts';
import { productOf } from './passkey-products.ts';
import type { PasskeyRule } from './passkey-rule.ts';

/** ES256, EdDSA and RS256: every authenticator on the market has one of them. */
const algorithms = [-7, -8, -257];

/** Only here: a node on which nobody makes or uses a passkey need not hold it. */
const loadLibrary = () => import('@simplewebauthn/server');

export interface PasskeyOwner {
  readonly accountId: string;
  readonly loginName: string;
  readonly name: string;
  /** What the browser says the passkey is for. */
  readonly siteName: string;
}

export async function registrationOptions(
  world: World,
  rule: PasskeyRule,
  owner: PasskeyOwner,
  challenge: PasskeyChallenge,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await loadLibrary();
  return generateRegistrationOptions({
    rpID: rule.site,
    rpName: owner.siteName,
    userID: Buffer.from(owner.accountId),
    userName: owner.loginName,
    userDisplayName: owner.name,
    challenge: challenge.bytes,
    timeout: passkeyPatience,
    attestationType: rule.attestation === 'required' ? 'direct' : 'none',
    // An authenticator that holds one of this account is not given a second.
    excludeCredentials: (await passkeysOf(world, owner.accountId)).map(descriptorOf),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
}

export type Registration =
  | { readonly kind: 'registered'; readonly factor: PasskeyCredential }
  /** `failed`: it proves nothing. `not_accepted`: it is sound, and the university does not take such a product. */
  | { readonly kind: 'failed' | 'not_accepted' };

export interface NewPasskey {
  readonly accountId: string;
  readonly challenge: PasskeyChallenge;
  /** What it is called where its product is not known. */
  readonly unnamed: string;
  /** As the browser answered, in JSON. */
  readonly answer: string;
}

export async function registerPasskey(
  { store, ids, clock }: World,
  rule: PasskeyRule,
  { accountId, challenge, unnamed, answer }: NewPasskey,
): Promise<Registration> {
  const verified = await verify(rule, challenge, answer);
  if (!verified) return { kind: 'failed' };
  const { credential, aaguid, credentialDeviceType, credentialBackedUp } = verified;
  const attestation = await attestationOf(verified);
  if (!isAccepted(rule, aaguid, attestation)) return { kind: 'not_accepted' };
  // 7.1, step 26: whoever could register another's passkey for themselves would have its owner sign in to their account.
  if (await findOne(store, credentials, 'byWebauthnId', credential.id)) return { kind: 'failed' };
  const now = clock.now();
  return {
    kind: 'registered',
    factor: {
      id: ids.id(),
      accountId,
      kind: 'passkey',
      name: productOf(aaguid) ?? factorName(unnamed, 'Passkey'),
      addedAt: now,
      lastUsedAt: now,
      webauthnId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signatureCount: credential.counter,
      transports: transportsIn(credential.transports),
      aaguid,
      isBackupEligible: credentialDeviceType === 'multiDevice',
      isBackedUp: credentialBackedUp,
      attestation,
    },
  };
}

type Verified = NonNullable<Awaited<ReturnType<typeof verify>>>;

async function verify(rule: PasskeyRule, challenge: PasskeyChallenge, answer: string) {
  const response = readPasskeyAnswer<RegistrationResponseJSON>(answer);
  if (!response) return undefined;
  const { verifyRegistrationResponse } = await loadLibrary();
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (answered) => challenge.isAnsweredBy(answered),
      expectedOrigin: [...rule.origins],
      expectedRPID: rule.site,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    return registrationInfo;
  } catch {
    // The library says no by throwing, whatever it is that does not fit.
    return undefined;
  }
}

/** A statement without a certificate is signed with the passkey's own key: it vouches for nobody but itself (6.5.4). */
async function attestationOf({ fmt, attestationObject }: Verified): Promise<string> {
  if (fmt === 'none') return fmt;
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const hasCertificate = (decodeAttestationObject(attestationObject).get('attStmt').get('x5c') ?? []).length > 0;
  return hasCertificate ? fmt : 'self';
}

const isAccepted = ({ attestation, allowed, refused }: PasskeyRule, aaguid: string, given: string): boolean =>
  (attestation === 'none' || (given !== 'none' && given !== 'self')) &&
  (allowed.length === 0 || allowed.includes(aaguid)) &&
  !refused.includes(aaguid);

/** They are the browser's word, given back to it later; nothing else may be stored through them. */
const transportsIn = (told: unknown): readonly string[] =>
  Array.isArray(told)
    ? told.filter((each): each is string => typeof each === 'string' && /^[a-z-]{2,20}$/.test(each)).slice(0, 8)
    : [];
