/**
 * "This was not me": who holds the link of a warning stops the account. Everything that is open ends and nobody signs in
 * until a desk has seen the person. It can be said again, in two tabs or from two mails: once it is done it stays done.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { DomainError } from '../../base/errors.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import { endTemporaryPass } from '../credentials/temporary-pass.ts';
import { planEndAllTrust } from '../credentials/trusted-browser.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import { type Account, accounts } from '../people/account.ts';
import { people } from '../people/person.ts';
import { commitEnding, planEndAll } from '../sessions/end.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { type NotMeLink, notMeLinks } from './not-me-link.ts';

export interface NotMeKeeping {
  readonly derivedSessions: readonly DerivedSessions[];
  readonly masterKey: MasterKey;
}

export type NotMePosition =
  | { readonly kind: 'open'; readonly link: Stored<NotMeLink>; readonly account: Stored<Account> }
  /** By this link or by another. */
  | { readonly kind: 'done'; readonly account: Stored<Account> };

/**
 * Changes nothing: mail scanners follow links.
 * @throws DomainError `not_me.link_expired` when the link is unknown or too old, or was used and the desk has seen the
 *   person since.
 */
export async function lookAtNotMe({ store }: World, token: string): Promise<NotMePosition> {
  const link = await store.get(notMeLinks, digestOf(token));
  const account = link && (await store.get(accounts, link.accountId));
  if (!link || !account) throw new DomainError('not_me.link_expired');
  if (account.suspensionCause === 'not_me') return { kind: 'done', account };
  // An account that had ended was not stopped by it, and its sessions are over all the same.
  if (link.usedAt !== undefined && account.state !== 'active') return { kind: 'done', account };
  if (link.usedAt !== undefined) throw new DomainError('not_me.link_expired');
  return { kind: 'open', link, account };
}

/** @throws DomainError `not_me.link_expired` */
export async function reportNotMe(world: World, keeping: NotMeKeeping, actor: Actor, token: string): Promise<void> {
  let lockedId: string | undefined;
  await commitEnding(world, async () => {
    const position = await lookAtNotMe(world, token);
    lockedId = position.kind === 'open' ? position.account.id : undefined;
    if (position.kind === 'done') return [];
    const { link, account } = position;
    const now = world.clock.now();
    const { id: accountId } = account;
    const person = await world.store.get(people, account.personId);
    return [
      replace(notMeLinks, { ...link, usedAt: now }),
      ...lockWrites(account, now),
      ...(await planEndAll(world, keeping.derivedSessions, actor, accountId, 'not_me')),
      ...(await planEndAllTrust(world, actor, accountId, 'not_me')),
      endTemporaryPass(accountId),
      ...(person
        ? await planAccountMail(world, keeping.masterKey, { account, person }, { type: 'account_locked' })
        : []),
      auditWrite(world, actor, { type: 'account.locked', accountId, cause: 'not_me', warning: link.warning }),
    ];
  });
  // A login that was committed between the plan and its commit (core/sessions/end.ts).
  const accountId = lockedId;
  if (accountId === undefined) return;
  await commitEnding(world, () => planEndAll(world, keeping.derivedSessions, actor, accountId, 'not_me'));
}

/** A suspension that is there already stays, and its reason with it; it is told to the owner as their own now. */
function lockWrites(account: Stored<Account>, now: Instant): readonly Write[] {
  const { state } = account;
  if (state !== 'active' && state !== 'suspended') return [];
  const suspendedAt = account.suspendedAt ?? now;
  return [replace(accounts, { ...account, state: 'suspended', suspendedAt, suspensionCause: 'not_me' })];
}
