/**
 * oidc-provider's own records. Every id that somebody could present (refresh token, interaction, a revoked token's mark) lies
 * here only as its SHA-256, and is cut out of the payload: a stolen database opens nothing.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import type { Collection } from '../../store/port.ts';

export interface OidcRecord {
  /** `<model>:<SHA-256 of the id>` */
  readonly id: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** For revoking everything that one grant gave. */
  readonly grantId?: string;
  /** Of everything that speaks for somebody: whom. */
  readonly accountId?: string;
  /** Seconds since the epoch, as oidc-provider counts. */
  readonly consumed?: number;
  /** Of what is good for a minute only: which node gave it out (issued-elsewhere.ts). */
  readonly node?: string;
  readonly expiresAt?: Instant;
}

export const oidcRecords: Collection<OidcRecord> = {
  name: 'oidcRecords',
  indexes: [
    { name: 'byGrant', fields: ['grantId'] },
    { name: 'byAccount', fields: ['accountId'] },
  ],
  expiresAt: 'expiresAt',
};

export const oidcRecordId = (model: string, id: string): string => `${model}:${digestOf(id)}`;
