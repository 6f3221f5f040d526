/**
 * What a login goes on with when a second factor has been set up in the middle of it and has proven that it works: the
 * factor is stored and counts at once, and where it is the first, recovery codes are made for the day on which it is lost.
 */
import type { Actor } from '../core/audit/event.ts';
import { type NamedFactor, planAddFactor } from '../core/credentials/add-factor.ts';
import { credentialsOf } from '../core/credentials/credential.ts';
import { type FactorUse, isStandIn } from '../core/credentials/factor-use.ts';
import { planNewRecoveryCodes, sealRecoveryCodes } from '../core/credentials/recovery-codes.ts';
import { endTemporaryPass } from '../core/credentials/temporary-pass.ts';
import { accounts } from '../core/people/account.ts';
import { replace } from '../store/port.ts';
import type { Situation } from './facts.ts';
import { provenWith } from './prove.ts';
import type { StepMeans, StepMove } from './step.ts';

export interface Enrolled {
  readonly factor: NamedFactor;
  /** Of the factor, just now. */
  readonly use: FactorUse;
}

export async function planEnrol(
  { world, masterKey, codeDigest }: StepMeans,
  { progress, subject }: Situation,
  actor: Actor,
  { factor, use }: Enrolled,
): Promise<StepMove> {
  const accountId = subject?.account.id;
  if (!subject || factor.accountId !== accountId) throw new Error('a factor is set up for whom the login is about');
  const { enrolling: _enrolling, mailedCode: _code, way: _way, ...rest } = progress;
  const held = await credentialsOf(world.store, accountId);
  const isFirst = held.every(({ kind }) => kind === 'password' || isStandIn(kind));
  const made = isFirst ? await planNewRecoveryCodes(world, codeDigest, actor, accountId) : undefined;
  const newRecoveryCodes = made && sealRecoveryCodes(masterKey, world.ids, accountId, made.codes);
  return {
    progress: { ...provenWith(rest, accountId, use), ...(newRecoveryCodes ? { newRecoveryCodes } : {}) },
    writes: [
      ...(await planAddFactor(world, masterKey, actor, { ...subject, factor })),
      ...(made?.writes ?? []),
      endTemporaryPass(accountId),
      // The account is written as it was read: of two who set up a first factor at the same time, the second would else be
      // let in although the account has a factor already.
      replace(accounts, subject.account),
    ],
  };
}
