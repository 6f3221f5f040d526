/**
 * A certificate that its owner, or a reset, has taken away from an account. Its authority still vouches for it, so that
 * whoever has the lost laptop and the password would have it back with the next login: until the certificate ends, or a desk
 * restores it, this account is not proven with it (docs/decisions/0014). A new certificate is another one.
 */
import type { Instant } from '../../../base/clock.ts';
import { type Collection, insert, remove, type Stored, type Write } from '../../../store/port.ts';
import { type Actor, auditWrite } from '../../audit/event.ts';
import type { World } from '../../world.ts';
import type { CertificateCredential, Credential } from '../credential.ts';

export interface RefusedCertificate {
  /** `<account id>:<digest of the certificate>` */
  readonly id: string;
  readonly accountId: string;
  readonly digest: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly serial: string;
  readonly refusedAt: Instant;
  /** With the certificate itself. */
  readonly expiresAt: Instant;
}

export const refusedCertificates: Collection<RefusedCertificate> = {
  name: 'refusedCertificates',
  indexes: [{ name: 'byAccount', fields: ['accountId', 'refusedAt'] }],
  expiresAt: 'expiresAt',
};

const idOf = (accountId: string, digest: string): string => `${accountId}:${digest}`;

export const refusalOf = (
  { store }: World,
  accountId: string,
  digest: string,
): Promise<Stored<RefusedCertificate> | undefined> => store.get(refusedCertificates, idOf(accountId, digest));

/** Commit with the removal of these; nothing for factors of other kinds, nor for certificates that have ended. */
export function planRefuse({ clock }: World, going: readonly Credential[]): readonly Write[] {
  const now = clock.now();
  return going
    .filter((one): one is CertificateCredential => one.kind === 'certificate' && one.expiresAt > now)
    .map(({ accountId, digest, subject, serial, expiresAt }) =>
      insert(refusedCertificates, {
        ...{ id: idOf(accountId, digest), accountId, digest, subject, serial, refusedAt: now, expiresAt },
      }),
    );
}

/** Newest first. */
export async function refusedOf({ store }: World, accountId: string): Promise<readonly Stored<RefusedCertificate>[]> {
  const query = { index: 'byAccount', equals: [accountId], descending: true, limit: 100 };
  return (await store.find(refusedCertificates, query)).records;
}

/** It proves the account again, as if it came for the first time. */
export const planRestore = (
  world: World,
  actor: Actor,
  { id, version, accountId, serial }: Stored<RefusedCertificate>,
): readonly Write[] => [
  remove(refusedCertificates, id, version),
  auditWrite(world, actor, { type: 'certificate.restored', accountId, serial }),
];
