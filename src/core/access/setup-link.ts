/**
 * The one-time link with which the first administrator of a new installation sets a password. Its token is printed
 * once; the store holds its digest. Using it makes the account, its role and the password in one commit.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import { type Collection, insert, remove } from '../../store/port.ts';
import { auditWrite } from '../audit/event.ts';
import { credentials, passwordId } from '../credentials/credential.ts';
import { judgePassword, type PasswordProblem } from '../credentials/password-rule.ts';
import type { PasswordKeeping } from '../credentials/set-password.ts';
import { type Account, accounts } from '../people/account.ts';
import { people } from '../people/person.ts';
import type { World } from '../world.ts';
import { hasAdministrator, planGrant } from './role-grant.ts';

export interface SetupLink {
  /** SHA-256 of the token. */
  readonly id: string;
  readonly expiresAt: Instant;
}

export const setupLinks: Collection<SetupLink> = { name: 'setupLinks', indexes: [], expiresAt: 'expiresAt' };

const lifetime = minutes(30);

/** A token for `/setup/<token>`, or undefined where there is an administrator already. */
export async function issueSetupLink(world: World): Promise<string | undefined> {
  if (await hasAdministrator(world)) return undefined;
  const token = world.ids.token();
  await world.store.commit([
    insert(setupLinks, { id: digestOf(token), expiresAt: world.clock.now() + lifetime }),
    auditWrite(world, { kind: 'system' }, { type: 'setup.link_issued' }),
  ]);
  return token;
}

export type SetupOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] };

/** @throws DomainError `setup.link_expired` when the link is unknown, used, too old, or not needed any more. */
export async function assertSetupLink(world: World, token: string): Promise<void> {
  const link = await world.store.get(setupLinks, digestOf(token));
  if (!link || (await hasAdministrator(world))) throw new DomainError('setup.link_expired');
}

export async function useSetupLink(
  world: World,
  keeping: PasswordKeeping,
  token: string,
  chosen: { readonly kind: string; readonly loginName: string; readonly password: string },
): Promise<SetupOutcome> {
  const link = await world.store.get(setupLinks, digestOf(token));
  if (!link || (await hasAdministrator(world))) throw new DomainError('setup.link_expired');
  const owner = { loginName: chosen.loginName, names: [] };
  const problems = await judgePassword(keeping.preset, chosen.password, owner);
  if (problems.length > 0) return { kind: 'refused', problems };
  const now = world.clock.now();
  const person = {
    id: world.ids.id(),
    nameEn: { given: 'First', family: 'Administrator' },
    affiliations: [],
    createdAt: now,
  };
  const account: Account = {
    id: world.ids.id(),
    personId: person.id,
    kind: chosen.kind,
    loginName: chosen.loginName,
    state: 'active',
    createdAt: now,
    activatedAt: now,
  };
  const actor = { kind: 'person' as const, id: account.id };
  const writes = [
    remove(setupLinks, link.id, link.version),
    // Of two links used at the same moment one finds this here: an installation has one first administrator.
    insert(setupLinks, { id: 'used', expiresAt: Number.MAX_SAFE_INTEGER }),
    insert(people, person),
    insert(accounts, account),
    insert(credentials, {
      id: passwordId(account.id),
      accountId: account.id,
      kind: 'password',
      hash: await keeping.hasher.hash(chosen.password),
      preset: keeping.preset,
      setAt: now,
      edition: world.ids.id(),
    }),
    ...planGrant(world, actor, account.id, 'administrator'),
    auditWrite(world, actor, { type: 'password.set', accountId: account.id, by: 'setup' }),
  ];
  try {
    await world.store.commit(writes);
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate') && !isDomainError(error, 'store.conflict')) throw error;
    throw new DomainError('setup.link_expired', {}, error);
  }
  return { kind: 'done' };
}
