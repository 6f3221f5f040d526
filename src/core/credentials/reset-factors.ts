/**
 * A reset takes every second factor from an account, for a person who has lost them: one asks, another confirms, so that
 * no single clerk, and nobody who has talked one into it, can open an account. Who may do which is core/access/reset-desk.ts.
 */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { type Collection, insert, remove, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import { type Account, accounts } from '../people/account.ts';
import { people } from '../people/person.ts';
import { commitEnding, planEndAll } from '../sessions/end.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { planRefuse } from './certificates/refused-certificate.ts';
import { credentials, credentialsOf } from './credential.ts';
import type { SecondFactorKind } from './factor-use.ts';
import { planEndAllTrust } from './trusted-browser.ts';

export interface FactorReset {
  /** That of the account: it has one open request at most. */
  readonly id: string;
  readonly accountId: string;
  /** Random: what somebody looked at is what they confirm. */
  readonly edition: string;
  readonly reason: string;
  readonly askedBy: string;
  /** As whom they were known to the machine. */
  readonly askedAs: string;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
}

export const factorResets: Collection<FactorReset> = { name: 'factorResets', indexes: [], expiresAt: 'expiresAt' };

export interface ResetKeeping {
  readonly derivedSessions: readonly DerivedSessions[];
  readonly masterKey: MasterKey;
}

/** Time to find a colleague; whoever comes a day later looks at the person again. */
const lifetime = days(1);

export const openReset = ({ store }: World, accountId: string): Promise<Stored<FactorReset> | undefined> =>
  store.get(factorResets, accountId);

/** Takes the place of a request that is open already. @throws DomainError `store.conflict`, `store.duplicate` in a race. */
export async function askForReset(
  world: World,
  actor: Actor,
  { id: accountId }: Account,
  asked: Pick<FactorReset, 'askedBy' | 'askedAs' | 'reason'>,
): Promise<FactorReset> {
  const now = world.clock.now();
  const { askedBy, askedAs, reason } = asked;
  const edition = world.ids.id();
  const request = {
    ...{ id: accountId, accountId, edition, reason, askedBy, askedAs },
    ...{ askedAt: now, expiresAt: now + lifetime },
  };
  const known = await openReset(world, accountId);
  await world.store.commit([
    known ? replace(factorResets, { ...request, version: known.version }) : insert(factorResets, request),
    auditWrite(world, actor, { type: 'factors.reset_asked', accountId, askedBy, reason }),
  ]);
  return request;
}

export type ResetOutcome =
  | { readonly kind: 'reset'; readonly removed: readonly SecondFactorKind[] }
  /** It has expired, was confirmed, or another one took its place. */
  | { readonly kind: 'gone' };

/** Everything at once: factors, codes and pass, trusted browsers, sessions; every known address hears of it. */
export async function resetFactors(
  world: World,
  keeping: ResetKeeping,
  actor: Actor,
  shown: Pick<FactorReset, 'accountId' | 'edition'>,
  confirmedBy: string,
): Promise<ResetOutcome> {
  let removed: readonly SecondFactorKind[] | undefined;
  await commitEnding(world, async () => {
    const plan = await planReset(world, keeping, actor, shown, confirmedBy);
    removed = plan?.removed;
    return plan?.writes ?? [];
  });
  // A login that was committed between the plan and its commit; after a reset that was gone there is none.
  const { accountId } = shown;
  if (removed !== undefined) {
    await commitEnding(world, () => planEndAll(world, keeping.derivedSessions, actor, accountId, 'factor_removed'));
  }
  return removed === undefined ? { kind: 'gone' } : { kind: 'reset', removed };
}

interface ResetPlan {
  readonly removed: readonly SecondFactorKind[];
  readonly writes: readonly Write[];
}

async function planReset(
  world: World,
  { masterKey, derivedSessions }: ResetKeeping,
  actor: Actor,
  { accountId, edition }: Pick<FactorReset, 'accountId' | 'edition'>,
  confirmedBy: string,
): Promise<ResetPlan | undefined> {
  const { store } = world;
  const [request, account] = await Promise.all([openReset(world, accountId), store.get(accounts, accountId)]);
  if (!request || request.edition !== edition || !account) return undefined;
  const person = await store.get(people, account.personId);
  const held = await credentialsOf(store, accountId);
  const going = held.flatMap((one) => (one.kind === 'password' ? [] : [{ ...one, kind: one.kind }]));
  const kinds = [...new Set(going.map(({ kind }) => kind))];
  const { askedBy } = request;
  return {
    removed: kinds,
    writes: [
      remove(factorResets, request.id, request.version),
      // As it was read: of a factor that is set up at this moment one of the two acts must know.
      replace(accounts, account),
      ...going.map(({ id, version }) => remove(credentials, id, version)),
      ...planRefuse(world, held),
      ...(await planEndAllTrust(world, actor, accountId, 'factors_reset')),
      ...(await planEndAll(world, derivedSessions, actor, accountId, 'factor_removed')),
      ...(person ? await planAccountMail(world, masterKey, { account, person }, { type: 'factors_reset' }) : []),
      auditWrite(world, actor, { type: 'factors.reset', accountId, kinds, askedBy, confirmedBy }),
    ],
  };
}
