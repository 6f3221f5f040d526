/** Sets an account's password after judging it, and makes an issued account active in the same commit. */
import { DomainError } from '../../base/errors.ts';
import { insert, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import { type Account, accounts } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import { commitEndingAll, planEndAll } from '../sessions/end.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { credentials, passwordId, passwordOf } from './credential.ts';
import type { PasswordHasher } from './password-hash.ts';
import { passwordOwner } from './password-owner.ts';
import { judgePassword, type PasswordPreset, type PasswordProblem } from './password-rule.ts';
import { planEndAllTrust } from './trusted-browser.ts';

export interface PasswordChange {
  readonly account: Stored<Account>;
  readonly person: Person;
  readonly password: string;
  readonly by: 'self' | 'operator' | 'setup' | 'key';
  /** Of the password that was compared: where it is another one by now, this change is too late. */
  readonly edition?: string;
}

export interface PasswordKeeping {
  readonly hasher: PasswordHasher;
  readonly preset: PasswordPreset;
  readonly derivedSessions: readonly DerivedSessions[];
  readonly masterKey: MasterKey;
}

export type PasswordOutcome =
  | { readonly kind: 'set' }
  | { readonly kind: 'refused'; readonly problems: readonly PasswordProblem[] };

/** How the mail tells it. */
const newsBy = { self: 'self', operator: 'desk', setup: 'desk', key: 'key' } as const;

/**
 * A new password ends every session of the account: whoever knew the old one is out. `also` is committed with it.
 * @throws DomainError `store.conflict` when the account changed meanwhile.
 */
export async function setPassword(
  world: World,
  keeping: PasswordKeeping,
  actor: Actor,
  change: PasswordChange,
  also: readonly Write[] = [],
): Promise<PasswordOutcome> {
  const { account, person, password, by } = change;
  const problems = await judgePassword(keeping.preset, password, passwordOwner(account, person));
  if (problems.length > 0) return { kind: 'refused', problems };
  const now = world.clock.now();
  const known = await passwordOf(world.store, account.id);
  if (change.edition !== undefined && known?.edition !== change.edition) throw new DomainError('store.conflict');
  const credential = {
    id: passwordId(account.id),
    accountId: account.id,
    kind: 'password' as const,
    hash: await keeping.hasher.hash(password),
    preset: keeping.preset,
    setAt: now,
    edition: world.ids.id(),
  };
  const news = { type: 'password_changed' as const, by: newsBy[by] };
  // The first password is no change: its owner is sitting there. One that was taken away was not the first.
  const isChange = known !== undefined || account.state !== 'issued';
  const mail = isChange ? await planAccountMail(world, keeping.masterKey, { account, person }, news) : [];
  const activation = account.state === 'issued' ? { state: 'active' as const, activatedAt: now } : {};
  const endAll = async () => [
    ...(await planEndAll(world, keeping.derivedSessions, actor, account.id, 'password_changed')),
    ...(await planEndAllTrust(world, actor, account.id, 'password_changed')),
  ];
  await commitEndingAll(world, endAll, [
    known ? replace(credentials, { ...credential, version: known.version }) : insert(credentials, credential),
    replace(accounts, { ...account, ...activation }),
    auditWrite(world, actor, { type: 'password.set', accountId: account.id, by }),
    ...mail,
    ...also,
  ]);
  return { kind: 'set' };
}
