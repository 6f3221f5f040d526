/** A good certificate in the hands of somebody who says whose account it is: whether it proves that, and what is known of it. */
import type { Stored } from '../../../store/port.ts';
import type { Account } from '../../people/account.ts';
import type { Person } from '../../people/person.ts';
import type { World } from '../../world.ts';
import { type CertificateCredential, credentials } from '../credential.ts';
import { factorName } from '../factor-name.ts';
import type { UseOf } from '../factor-use.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { belongsTo, type SubjectRule } from './match-subject.ts';
import { refusalOf } from './refused-certificate.ts';

export type CertificateProof =
  /** Of this account, and used here before. */
  | { readonly kind: 'known'; readonly factor: Stored<CertificateCredential>; readonly use: UseOf<'certificate'> }
  /** Of this account, for the first time: with this it is one of its factors. */
  | { readonly kind: 'new'; readonly factor: CertificateCredential; readonly use: UseOf<'certificate'> }
  | { readonly kind: 'other_account' }
  /** Its owner, or a reset, has taken it away. */
  | { readonly kind: 'taken_away' };

export async function proveCertificate(
  world: World,
  rules: readonly SubjectRule[],
  owner: { readonly account: Account; readonly person: Person },
  certificate: CertificateFacts,
): Promise<CertificateProof> {
  const accountId = owner.account.id;
  // Also of one that was used before: the rules, or the person's numbers, may have changed since.
  if (!belongsTo(rules, certificate, owner)) return { kind: 'other_account' };
  if (await refusalOf(world, accountId, certificate.digest)) return { kind: 'taken_away' };
  const at = world.clock.now();
  const id = certificateId(accountId, certificate.digest);
  const use = { kind: 'certificate', at, credentialId: id } as const;
  const known = await world.store.get(credentials, id);
  if (known?.kind === 'certificate') return { kind: 'known', factor: { ...known, lastUsedAt: at }, use };
  return { kind: 'new', factor: credentialOf(id, accountId, certificate, at), use };
}

/** One record for each certificate of an account, so that two tabs that bring it for the first time make one of it. */
const certificateId = (accountId: string, digest: string): string => `${accountId}:certificate:${digest}`;

function credentialOf(
  id: string,
  accountId: string,
  { digest, subject, issuer, serial, notAfter: expiresAt, names }: CertificateFacts,
  now: number,
): CertificateCredential {
  const name = factorName(...names.commonName, subject, serial);
  const known = { subject, issuer, serial, digest, expiresAt };
  return { id, accountId, kind: 'certificate', name, addedAt: now, lastUsedAt: now, ...known };
}
