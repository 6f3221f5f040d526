/** Somebody with an account, a live session and what they need to look after it; and somebody else with the same. */

import { hours } from '../../../src/base/duration.ts';
import type { FreshMeans } from '../../../src/core/access/fresh-account.ts';
import { type OwnAccount, ownAccount } from '../../../src/core/access/own-account.ts';
import { credentials, type PasswordCredential, passwordId } from '../../../src/core/credentials/credential.ts';
import { throttle } from '../../../src/core/credentials/throttle.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { people } from '../../../src/core/people/person.ts';
import { openPolicy } from '../../../src/core/policy/policy.ts';
import type { PolicyRule } from '../../../src/core/policy/rule.ts';
import { type Session, sessions } from '../../../src/core/sessions/session.ts';
import { heldApp } from '../../support/authenticator-app.ts';
import { goodPassword } from '../../support/sekisho.ts';
import type { Fresh } from '../fresh-world.ts';
import { passwordUse, sampleAccount, samplePerson, sampleSession, startInstant } from '../sample-records.ts';

export const self = { kind: 'person', id: 'account-1', address: '192.0.2.1' } as const;

const assurance = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: false, certificate: false, passkeys: [] },
};

export function meansOf(
  { world, masterKey, codeDigest, hasher }: Fresh,
  rules: readonly PolicyRule[] = [],
): FreshMeans {
  const limit = { free: 3, firstDelay: 5_000, longestDelay: 60_000, forgetAfter: 60_000 };
  return {
    world,
    masterKey,
    codeDigest,
    assurance,
    policy: openPolicy(rules),
    throttle: throttle(world, masterKey, { account: limit, address: limit }),
    passwordKeeping: { hasher, preset: 'kyoto', derivedSessions: [], masterKey },
    derivedSessions: [],
    lifetimes: { absoluteLifetime: hours(12), idleLifetime: hours(2) },
  };
}

export const totpUse = (at = startInstant, credentialId = 'totp-1') => ({ kind: 'totp' as const, at, credentialId });

/** The password is `goodPassword`; each of `apps` is the id of an authenticator app. */
export async function settle(fresh: Fresh, apps: readonly string[] = [], wishes: Partial<Session> = {}): Promise<void> {
  const { put, hasher, masterKey } = fresh;
  await put(people, samplePerson());
  await put(accounts, sampleAccount());
  const password: PasswordCredential = {
    id: passwordId('account-1'),
    accountId: 'account-1',
    kind: 'password',
    hash: await hasher.hash(goodPassword),
    preset: 'kyoto',
    setAt: startInstant,
    edition: 'edition-1',
  };
  await put(credentials, password);
  for (const id of apps) await put(credentials, heldApp(masterKey, 'account-1', { id }));
  await put(sessions, sampleSession(wishes));
}

/** With a session and an app of their own. */
export async function settleSomebodyElse({ put, masterKey }: Fresh): Promise<void> {
  await put(people, samplePerson({ id: 'person-2' }));
  await put(accounts, sampleAccount({ id: 'account-2', personId: 'person-2', loginName: 'a0222222' }));
  await put(credentials, heldApp(masterKey, 'account-2', { id: 'their-app' }));
  await put(sessions, sampleSession({ id: 'their-session', accountId: 'account-2', personId: 'person-2' }));
}

/** The session that has just proven both. */
export const proven = { factors: [passwordUse(), totpUse()] };

export async function ask(fresh: Fresh, sessionId = 'session-1'): Promise<OwnAccount> {
  const own = await ownAccount(meansOf(fresh), self, sessionId);
  if (!own) throw new Error('there is no authority');
  return own;
}

export async function askFreshly(fresh: Fresh, sessionId?: string) {
  const door = await (await ask(fresh, sessionId)).freshly();
  if (!door) throw new Error('the check is not fresh');
  return door;
}
