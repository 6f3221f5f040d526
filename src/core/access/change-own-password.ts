/**
 * A new password by whoever knows the present one. Every session of the account ends and every service is told, as with
 * each new password; this browser is given a new session right after, so that its owner stays signed in, and a
 * cookie that somebody copied does not.
 */

import { isDomainError } from '../../base/errors.ts';
import { replace, type Stored } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import { auditWrite } from '../audit/event.ts';
import { passwordOf } from '../credentials/credential.ts';
import { canonicalPassword, type PasswordProblem } from '../credentials/password-rule.ts';
import { type PasswordKeeping, setPassword } from '../credentials/set-password.ts';
import type { Charge, Throttle } from '../credentials/throttle.ts';
import { type Account, accounts } from '../people/account.ts';
import { planStart } from '../sessions/keep.ts';
import type { Device, Session, SessionLifetimes } from '../sessions/session.ts';
import type { World } from '../world.ts';
import type { Owner } from './lost-connections.ts';

export interface OwnPasswordMeans {
  readonly world: World;
  /** Counts guesses at passwords. */
  readonly throttle: Throttle;
  readonly passwordKeeping: PasswordKeeping;
  readonly lifetimes: SessionLifetimes;
}

export interface OwnPasswordChange {
  readonly current: string;
  readonly password: string;
  readonly device: Device;
  /** The mark of a browser in which this account has signed in before: strangers' guesses do not count here. */
  readonly knownBrowser?: string;
}

export type OwnPasswordOutcome =
  /** `sessionToken`: for the cookie of this browser; without one its owner logs in again. */
  | { readonly kind: 'set'; readonly sessionToken?: string }
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] }
  /** The new one is the present one. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'wrong' }
  | Extract<Charge, { kind: 'throttled' }>;

/** Longer than any password that can be set. */
const longestTyped = 256;

/** @throws DomainError `store.conflict` when the account or its password changed at this moment. */
export async function changeOwnPassword(
  { world, throttle, passwordKeeping, lifetimes }: OwnPasswordMeans,
  actor: Actor,
  own: Owner & { readonly account: Stored<Account>; readonly session: Session },
  change: OwnPasswordChange,
): Promise<OwnPasswordOutcome> {
  const { account, person } = own;
  const { device, knownBrowser, password } = change;
  const attempted = {
    loginName: account.loginName,
    address: device.address,
    ...(knownBrowser === undefined ? {} : { knownBrowser }),
  };
  const charge = await throttle.charge(attempted);
  if (charge.kind === 'throttled') return charge;
  const current = canonicalPassword(change.current);
  const credential = await passwordOf(world.store, account.id);
  const stored = current.length <= longestTyped ? credential?.hash : undefined;
  if (!credential || !(await passwordKeeping.hasher.matches(stored, current.slice(0, longestTyped)))) {
    await world.store.commit([auditWrite(world, actor, { type: 'login.failed', accountId: account.id })]);
    return { kind: 'wrong' };
  }
  const forgiven = throttle.forgive(attempted);
  if (canonicalPassword(password) === current) {
    await world.store.commit(forgiven);
    return { kind: 'unchanged' };
  }
  const outcome = await setPassword(
    world,
    passwordKeeping,
    actor,
    { account, person, password, by: 'self', edition: credential.edition },
    forgiven,
  );
  if (outcome.kind === 'set') return { kind: 'set', ...(await startAnew(world, lifetimes, own, device)) };
  await world.store.commit(forgiven);
  return outcome;
}

/**
 * Only where nothing has happened to the account since its password was set: whoever was stopped or overtaken at this
 * moment logs in again.
 */
async function startAnew(
  world: World,
  lifetimes: SessionLifetimes,
  { account, session }: { readonly account: Stored<Account>; readonly session: Session },
  device: Device,
): Promise<{ readonly sessionToken?: string }> {
  const given = await passwordOf(world.store, account.id);
  if (!given) return {};
  const kept = session.factors.filter(({ kind }) => kind !== 'password');
  const factors = [...kept, { kind: 'password' as const, at: given.setAt, preset: given.preset }];
  const started = planStart(world, lifetimes, account, factors, device);
  try {
    // As setPassword has just written it.
    await world.store.commit([started.write, replace(accounts, { ...account, version: account.version + 1 })]);
    return { sessionToken: started.token };
  } catch (error) {
    if (!isDomainError(error, 'store.conflict')) throw error;
    return {};
  }
}
