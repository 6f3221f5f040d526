/** Whether the browser before us is one that the person trusts, and whether this request lets that count. */
import type { TrustedBrowser } from '../core/credentials/trusted-browser.ts';
import { trustByToken } from '../core/credentials/trusted-browser.ts';
import type { World } from '../core/world.ts';
import type { LoginRequest } from './request.ts';
import type { Requirement } from './requirement.ts';

/** What the browser carries for this account. */
export type TrustTokenOf = (accountId: string) => string | undefined;

/**
 * Trust is worth what the factor was that it was given with: where everything is to be proven anew it counts for nothing,
 * and where a factor may be only so old, no more than that factor would.
 */
export async function standingTrust(
  { store, clock }: World,
  { request, trustToken }: { readonly request: LoginRequest; readonly trustToken?: TrustTokenOf },
  demanded: readonly Requirement[],
  accountId: string,
): Promise<TrustedBrowser | undefined> {
  const isOfUse = !request.force && demanded.some(({ mayBeWaived }) => mayBeWaived);
  const token = isOfUse ? trustToken?.(accountId) : undefined;
  const trust = token === undefined ? undefined : await trustByToken(store, accountId, token);
  const { maxAgeSeconds } = request;
  const isYoung = trust && (maxAgeSeconds === undefined || clock.now() - trust.createdAt <= maxAgeSeconds * 1000);
  return isYoung ? trust : undefined;
}
