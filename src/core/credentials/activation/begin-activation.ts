/**
 * ID and key against the store. An unknown ID, a wrong key and a used one get the same answer at the same cost; what is
 * known of an account is told to nobody but the holder of its unused key.
 */
import type { Instant } from '../../../base/clock.ts';
import { digestOf } from '../../../base/digest.ts';
import { minutes } from '../../../base/duration.ts';
import { insert } from '../../../store/port.ts';
import { type Actor, auditWrite } from '../../audit/event.ts';
import { accountByLoginName } from '../../people/account.ts';
import type { World } from '../../world.ts';
import type { CodeDigest } from '../code-digest.ts';
import type { Throttle } from '../throttle.ts';
import { activationHindrance, activations } from './activation.ts';
import { activationKeys, isActivationKey } from './activation-key.ts';

export interface ActivationMeans {
  readonly world: World;
  readonly codeDigest: CodeDigest;
  /** One that counts keys, so that guessing them keeps nobody from logging in, nor the other way round. */
  readonly throttle: Throttle;
}

export interface ShownKey {
  /** Canonical. */
  readonly loginName: string;
  /** Canonical (`readActivationKey`). */
  readonly key: string;
  readonly address: string;
  readonly device?: Actor['device'] | undefined;
  readonly browserToken: string;
}

export type ActivationBegun =
  | { readonly kind: 'begun'; readonly handle: string }
  | { readonly kind: 'throttled'; readonly until: Instant }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'key_expired' | 'account_suspended' | 'account_ended'; readonly accountKind: string };

/** To read the terms and to think of a password. */
const lifetime = minutes(30);

/**
 * Guessing is hopeless without the throttle: of 23^19 = 7.5 × 10^25 keys, a million tries a second for all of a key's 31
 * days (2.7 × 10^12) find one account's with a chance of 4 × 10^-14. With it, a try every 15 minutes makes 3,000.
 */
export async function beginActivation(means: ActivationMeans, shown: ShownKey): Promise<ActivationBegun> {
  const { world, codeDigest, throttle } = means;
  const { loginName, key, address, device, browserToken } = shown;
  const attempted = { loginName, address };
  const charge = await throttle.charge(attempted);
  if (charge.kind === 'throttled') return charge;

  const account = await accountByLoginName(world.store, loginName);
  const record = await world.store.get(activationKeys, account?.id ?? 'nobody');
  const isRight = isActivationKey(codeDigest, record, key);
  const actor: Actor = { kind: 'person', address, ...(device ? { device } : {}) };
  const about = account ? { accountId: account.id } : {};
  const refusal = (reason: 'wrong' | 'used' | 'expired' | 'account_suspended' | 'account_ended') =>
    auditWrite(world, actor, { type: 'activation.key_refused', ...about, reason });

  if (!isRight || !account || !record || record.usedAt !== undefined) {
    await world.store.commit([refusal(isRight ? 'used' : 'wrong')]);
    return { kind: 'wrong' };
  }
  const now = world.clock.now();
  const hindrance = activationHindrance(account, now) ?? (record.expiresAt <= now ? ('expired' as const) : undefined);
  if (hindrance) {
    await world.store.commit([...throttle.forgive(attempted), refusal(hindrance)]);
    return { kind: hindrance === 'expired' ? 'key_expired' : hindrance, accountKind: account.kind };
  }
  const handle = world.ids.token();
  const activation = {
    id: digestOf(handle),
    browserDigest: digestOf(browserToken),
    accountId: account.id,
    keyEdition: record.edition,
    isRenewal: account.state === 'active',
    expiresAt: now + lifetime,
  };
  await world.store.commit([...throttle.forgive(attempted), insert(activations, activation)]);
  return { kind: 'begun', handle };
}
