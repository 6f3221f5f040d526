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
  const given = await attestationOf(verified);
  const attestation = given.form;
  // The library has seen that the passkey is signed for by this certificate; anybody can make one that says so.
  const isVouched = rule.makers?.vouchFor({ aaguid, chain: given.chain }) === true;
  if (!isAccepted(rule, aaguid, given, isVouched)) return { kind: 'not_accepted' };
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
      ...(isVouched ? { isVouched } : {}),
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

interface Attestation {
  /** Of the statement; `none`, or `self` where it vouches for itself. */
  readonly form: string;
  readonly chain: readonly Uint8Array[];
}

/** A statement without a certificate is signed with the passkey's own key: it vouches for nobody but itself (6.5.4). */
async function attestationOf({ fmt, attestationObject }: Verified): Promise<Attestation> {
  if (fmt === 'none') return { form: fmt, chain: [] };
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const chain = decodeAttestationObject(attestationObject).get('attStmt').get('x5c') ?? [];
  return { form: chain.length > 0 ? fmt : 'self', chain };
}

const isAccepted = (rule: PasskeyRule, aaguid: string, { form }: Attestation, isVouched: boolean): boolean =>
  (rule.attestation === 'none' || (form !== 'none' && form !== 'self')) &&
  (rule.attestation === 'none' || !rule.makers || isVouched) &&
  (rule.allowed.length === 0 || rule.allowed.includes(aaguid)) &&
  !rule.refused.includes(aaguid);

/** They are the browser's word, given back to it later; nothing else may be stored through them. */
const transportsIn = (told: unknown): readonly string[] =>
  Array.isArray(told)
    ? told.filter((each): each is string => typeof each === 'string' && /^[a-z-]{2,20}$/.test(each)).slice(0, 8)
    : [];
