/** Makes an account's activation key. It is answered once, in the form in which it is printed. */
import type { Instant } from '../../../base/clock.ts';
import { DomainError } from '../../../base/errors.ts';
import { insert, replace, type Write } from '../../../store/port.ts';
import { type Actor, auditWrite } from '../../audit/event.ts';
import { type Account, type KeyHanding, standingOf } from '../../people/account.ts';
import type { World } from '../../world.ts';
import type { CodeDigest } from '../code-digest.ts';
import { activationKeyMac, activationKeys } from './activation-key.ts';
import { newActivationKey, printedActivationKey } from './activation-key-text.ts';

export interface KeyIssue {
  readonly account: Account;
  readonly handed: KeyHanding;
  /** The first instant at which the key is too late. */
  readonly expiresAt: Instant;
}

export interface IssuedKey {
  /** `2C4D-…`. Nobody can read it again. */
  readonly key: string;
  /** An older key that nobody had used is good no more. */
  readonly hasReplaced: boolean;
  readonly writes: readonly Write[];
}

/**
 * A suspended account may have one: it is good from the end of the suspension on.
 * @throws DomainError `account.state` for an account that has ended, `input.invalid` for an end that is past.
 */
export async function planActivationKey(
  world: World,
  codeDigest: CodeDigest,
  actor: Actor,
  { account, handed, expiresAt }: KeyIssue,
): Promise<IssuedKey> {
  const now = world.clock.now();
  const state = standingOf(account, now);
  if (state === 'expired' || state === 'closed') throw new DomainError('account.state', { state, needed: 'active' });
  if (expiresAt <= now) throw new DomainError('input.invalid', { reason: 'the key would have expired already' });
  const key = newActivationKey(world.ids);
  const edition = world.ids.id();
  const record = {
    id: account.id,
    accountId: account.id,
    edition,
    mac: activationKeyMac(codeDigest, account.id, edition, key),
    handed,
    issuedAt: now,
    issuedBy: { kind: actor.kind, ...(actor.id === undefined ? {} : { id: actor.id }) },
    expiresAt,
  };
  const known = await world.store.get(activationKeys, account.id);
  const hasReplaced = known !== undefined && known.usedAt === undefined;
  return {
    key: printedActivationKey(key),
    hasReplaced,
    writes: [
      known ? replace(activationKeys, { ...record, version: known.version }) : insert(activationKeys, record),
      ...(hasReplaced ? [auditWrite(world, actor, { type: 'activation.key_replaced', accountId: account.id })] : []),
      auditWrite(world, actor, { type: 'activation.key_issued', accountId: account.id, handed, expiresAt }),
    ],
  };
}
