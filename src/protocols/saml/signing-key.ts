/**
 * With which key of the ring a message or our metadata is signed, and which certificates services are told of. A service
 * that was given a certificate by hand pins its key: the others turn, and it does not notice.
 */
import type { Instant } from '../../base/clock.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import type { OpenedKey, RingKey } from '../../core/keys/ring.ts';
import type { SigningKey } from './signature/sign.ts';

type Algorithm = SigningKey['algorithm'];

const ringAlgorithms = { 'rsa-sha256': 'RS256', 'ecdsa-sha256': 'ES256' } as const;

/** The key that signs for this service. @throws Error when the ring lacks one: a ring is made whole, so that would be a bug. */
export function signerFor(ring: readonly OpenedKey[], { saml }: Pick<SamlConnection, 'saml'>): SigningKey {
  // A pinned key is gone only where it had to be replaced at once; the service is then given the certificate of this one.
  return pinnedIn(ring, saml.pinnedKey) ?? activeSigner(ring, saml.signatureAlgorithm);
}

/** The key that signs where no service is addressed, as in our metadata. */
export const activeSigner = (ring: readonly OpenedKey[], algorithm: Algorithm = 'rsa-sha256'): SigningKey => {
  const found = ring
    .filter(({ state, algorithm: own }) => state === 'active' && own === ringAlgorithms[algorithm])
    .flatMap((key) => signerOf(key) ?? [])[0];
  if (!found) throw new Error(`the key ring has no active SAML key for ${algorithm}`);
  return found;
};

function pinnedIn(ring: readonly OpenedKey[], id: string | undefined): SigningKey | undefined {
  const key = id === undefined ? undefined : ring.find((one) => one.id === id && one.state !== 'gone');
  return key && signerOf(key);
}

function signerOf({ id, use, algorithm, key, certificate }: OpenedKey): SigningKey | undefined {
  if (use !== 'saml-signing' || !certificate) return undefined;
  return {
    id,
    key,
    certificate: certificate.der,
    algorithm: algorithm === 'ES256' ? 'ecdsa-sha256' : 'rsa-sha256',
  };
}

export interface Published {
  readonly now: Instant;
  /** Milliseconds for which a key is told of after its last signature; one that is kept because it is pinned, is not. */
  readonly keepRetired: number;
  readonly algorithms: readonly Algorithm[];
}

/**
 * Certificates, base64 of their DER, as services are to accept them: the one that signs first, since some services take
 * the first alone; the next one long before it signs.
 */
export function publishedCertificates(ring: readonly RingKey[], { now, keepRetired, algorithms }: Published) {
  const told = ring.filter(
    ({ use, state, since }) =>
      use === 'saml-signing' && state !== 'gone' && (state !== 'retiring' || now < since + keepRetired),
  );
  return algorithms
    .flatMap((algorithm) => inOrder(told.filter((key) => key.algorithm === ringAlgorithms[algorithm])))
    .flatMap(({ certificate }) => certificate?.der ?? []);
}

const states = ['active', 'next', 'retiring'];
const inOrder = (keys: readonly RingKey[]): readonly RingKey[] =>
  keys.toSorted(
    (left, right) => states.indexOf(left.state) - states.indexOf(right.state) || right.serial - left.serial,
  );
