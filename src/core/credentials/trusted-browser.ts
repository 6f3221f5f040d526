/**
 * A browser in which its owner is not asked for a second factor for some days, at connections that allow that. It makes no
 * level true: what is asserted of a login is what was used in it. The browser's cookie carries a random token; here lies
 * its digest.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { type Collection, insert, remove, type Store, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { Device } from '../sessions/session.ts';
import type { World } from '../world.ts';

export interface TrustedBrowser {
  /** SHA-256 of the cookie's token. */
  readonly id: string;
  readonly accountId: string;
  readonly device: Device;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export const trustedBrowsers: Collection<TrustedBrowser> = {
  name: 'trustedBrowsers',
  indexes: [{ name: 'byAccount', fields: ['accountId', 'createdAt'] }],
  expiresAt: 'expiresAt',
};

/** `replaced`: the browser was trusted anew. */
export type TrustEnd = 'ended' | 'replaced' | 'password_changed' | 'factors_reset' | 'not_me';

export interface TrustPlan {
  /** For the cookie; nowhere else. */
  readonly token: string;
  readonly writes: readonly Write[];
}

/** `lifetime` in milliseconds. Commit with the login in which a second factor was used. */
export function planTrust(
  world: World,
  actor: Actor,
  { accountId, device }: Pick<TrustedBrowser, 'accountId' | 'device'>,
  lifetime: number,
): TrustPlan {
  const token = world.ids.token();
  const createdAt = world.clock.now();
  const browser: TrustedBrowser = {
    id: digestOf(token),
    accountId,
    device,
    createdAt,
    expiresAt: createdAt + lifetime,
  };
  const told = { type: 'trusted_browser.added' as const, accountId, browserId: browser.id };
  return { token, writes: [insert(trustedBrowsers, browser), auditWrite(world, actor, told)] };
}

/** The trust that this cookie's token stands for, if it is this account's. */
export async function trustByToken(
  store: Store,
  accountId: string,
  token: string,
): Promise<Stored<TrustedBrowser> | undefined> {
  const browser = await store.get(trustedBrowsers, digestOf(token));
  return browser?.accountId === accountId ? browser : undefined;
}

/** The oldest first. */
export async function trustedBrowsersOf(store: Store, accountId: string): Promise<readonly Stored<TrustedBrowser>[]> {
  const page = await store.find(trustedBrowsers, { index: 'byAccount', equals: [accountId], limit: 1000 });
  return page.records;
}

export const planEndTrust = (
  world: World,
  actor: Actor,
  browser: TrustedBrowser,
  cause: TrustEnd,
): readonly Write[] => [
  remove(trustedBrowsers, browser.id),
  auditWrite(world, actor, {
    type: 'trusted_browser.ended',
    accountId: browser.accountId,
    browserId: browser.id,
    cause,
  }),
];

/** Whoever may have made a browser trusted without being its account's owner must not profit from it any longer. */
export async function planEndAllTrust(
  world: World,
  actor: Actor,
  accountId: string,
  cause: TrustEnd,
): Promise<readonly Write[]> {
  const browsers = await trustedBrowsersOf(world.store, accountId);
  return browsers.flatMap((browser) => planEndTrust(world, actor, browser, cause));
}
