/**
 * A code and a pushed request are good for a minute, and may come to another node than the one that gave them out, whose clock
 * differs: there they are taken for as long beyond their end as clocks may differ. At the node that issued them they end when
 * they say (FAPI 2.0 Security Profile, 5.3.2.1: a code after 60 seconds at the latest).
 */
import type { AdapterPayload } from 'oidc-provider';
import { clockDifference, type Instant } from '../../base/clock.ts';

/** Its name in what it issues: no more than a difference to others. */
export interface IssuingNode {
  readonly name: string;
}

const brief = ['AuthorizationCode', 'PushedAuthorizationRequest'];
export const isBrief = (model: string): boolean => brief.includes(model);

/** Milliseconds beyond the end that it is taken here. */
export const grace = (issuedBy: unknown, here: IssuingNode): number => (issuedBy === here.name ? 0 : clockDifference);

/** As oidc-provider may read it, whose clock is this node's. */
export function readHere<T extends AdapterPayload>(payload: T, issuedBy: unknown, here: IssuingNode, now: Instant): T {
  const milliseconds = grace(issuedBy, here);
  if (milliseconds === 0) return payload;
  const { exp, authTime } = payload;
  return {
    ...payload,
    ...(exp === undefined ? {} : { exp: exp + milliseconds / 1000 }),
    // OIDC Core 2: nobody has logged in after the ID token was issued that says so.
    ...(authTime === undefined ? {} : { authTime: Math.min(Number(authTime), Math.floor(now / 1000)) }),
  };
}
