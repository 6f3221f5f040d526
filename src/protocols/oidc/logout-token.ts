/**
 * The logout token (OpenID Connect Back-Channel Logout 1.0, 2.4). It looks like an ID token and must never pass for one:
 * it has a type of its own and no nonce.
 */
import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import type { Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import type { OpenedKey } from '../../core/keys/ring.ts';

export interface LogoutClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly sid: string;
  readonly jti: string;
  readonly now: Instant;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';
/** As long as 2.4 recommends at most: whoever catches one can do little with it, and not for long. */
const lifetime = minutes(2);

const seconds = (instant: number): number => Math.floor(instant / 1000);

export async function signLogoutToken({ key, algorithm }: OpenedKey, claims: LogoutClaims): Promise<string> {
  const { issuer, audience, subject, sid, jti, now } = claims;
  // Of the public part, as in our JWK Set.
  const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(key)));
  return new SignJWT({ sid, events: { [event]: {} } })
    .setProtectedHeader({ alg: algorithm, kid, typ: 'logout+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now + lifetime))
    .setJti(jti)
    .sign(key);
}
