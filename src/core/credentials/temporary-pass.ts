/**
 * A pass for somebody whom a desk has seen, and who has no second factor at hand: it opens the setting up of one, and
 * stands in for one where configuration says so. Good until its end, as often as it is needed: whoever is cut off in the
 * middle of setting up must not have to come back. A new factor, or a new pass, ends it sooner.
 *
 * Eight symbols, to be read out over a counter: 23^8 = 7.8 × 10^10. The longest pass lives for three days; at a try in 15
 * minutes that is 300 tries and a chance of 4 × 10^-9, for somebody who has the password already.
 */
import type { Instant } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import { insert, remove, replace, type Store, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import { type Account, standingOf } from '../people/account.ts';
import { planEnd } from '../sessions/end.ts';
import { sessionsOf } from '../sessions/keep.ts';
import type { DerivedSessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import type { CodeDigest } from './code-digest.ts';
import { credentials, type TemporaryPass } from './credential.ts';
import { printedSymbols, randomSymbols, readSymbols, symbolText } from './symbol-text.ts';

const length = 8;

export const temporaryPassId = (accountId: string): string => `${accountId}:temporary-pass`;

export interface PassGiving {
  readonly account: Account;
  /** Who looked at the person, and at proof of identity. */
  readonly seenBy: string;
  /** The first instant at which it is too late. */
  readonly expiresAt: Instant;
}

export interface GivenPass {
  /** `2C4D-5F6H`. Nobody can read it again. */
  readonly pass: string;
  readonly hasReplaced: boolean;
  readonly writes: readonly Write[];
}

/** @throws DomainError `account.state` for an account that nobody can sign in to, so that a pass would open nothing. */
export async function planTemporaryPass(
  world: World,
  codeDigest: CodeDigest,
  actor: Actor,
  { account, seenBy, expiresAt }: PassGiving,
): Promise<GivenPass> {
  const givenAt = world.clock.now();
  const state = standingOf(account, givenAt);
  if (state !== 'active') throw new DomainError('account.state', { state, needed: 'active' });
  if (expiresAt <= givenAt) throw new DomainError('input.invalid', { reason: 'the pass would have expired already' });
  const { id: accountId } = account;
  const pass = symbolText(randomSymbols(world.ids, length));
  const record: TemporaryPass = {
    id: temporaryPassId(accountId),
    accountId,
    kind: 'temporary-pass',
    mac: codeDigest.of('temporary-pass', accountId, String(givenAt), pass),
    givenAt,
    givenBy: seenBy,
    expiresAt,
  };
  const known = await temporaryPassOf(world.store, accountId);
  return {
    pass: printedSymbols(pass),
    hasReplaced: known !== undefined && known.expiresAt > givenAt,
    writes: [
      known ? replace(credentials, { ...record, version: known.version }) : insert(credentials, record),
      auditWrite(world, actor, { type: 'temporary_pass.given', accountId, seenBy, expiresAt }),
    ],
  };
}

export async function temporaryPassOf(store: Store, accountId: string): Promise<Stored<TemporaryPass> | undefined> {
  const found = await store.get(credentials, temporaryPassId(accountId));
  return found?.kind === 'temporary-pass' ? found : undefined;
}

/** The canonical form of what was typed, or undefined where it cannot be any pass. */
export const readTemporaryPass = (typed: string): string | undefined => readSymbols(typed, length);

/** `lapsed`: it is the one, and too late. Told to nobody but its holder. */
export function judgeTemporaryPass(
  codeDigest: CodeDigest,
  known: TemporaryPass | undefined,
  pass: string,
  now: Instant,
): 'right' | 'lapsed' | 'wrong' {
  const { mac = '', accountId = '', givenAt = 0, expiresAt = 0 } = known ?? {};
  if (!codeDigest.matches(mac, 'temporary-pass', accountId, String(givenAt), pass)) return 'wrong';
  return expiresAt > now ? 'right' : 'lapsed';
}

/**
 * Taken back, for it may have come into the wrong hands; what was begun with it ends too. Commit with `commitEnding`.
 * Undefined where there is none.
 */
export async function planWithdrawPass(
  world: World,
  derivedSessions: readonly DerivedSessions[],
  actor: Actor,
  accountId: string,
): Promise<readonly Write[] | undefined> {
  const known = await temporaryPassOf(world.store, accountId);
  if (!known) return undefined;
  const relying = (await sessionsOf(world, accountId)).filter(({ factors }) =>
    factors.some(({ kind }) => kind === 'temporary-pass'),
  );
  const ended = relying.map((session) => planEnd(world, derivedSessions, actor, session, 'factor_removed'));
  return [
    remove(credentials, known.id, known.version),
    ...(await Promise.all(ended)).flat(),
    auditWrite(world, actor, { type: 'temporary_pass.withdrawn', accountId }),
  ];
}

/** With the factor that it was given for: what was a way in for a day is none any more. */
export const endTemporaryPass = (accountId: string): Write => remove(credentials, temporaryPassId(accountId));
