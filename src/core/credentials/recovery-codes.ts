/**
 * Ten codes for the day on which the telephone is gone, each good once. They lie in one record per account, so that of
 * two uses at once one loses the commit; the store holds digests of those that are left.
 *
 * Guessing is hopeless without any throttle: 12 symbols are 12 × log2(23) = 54.3 bits, and ten codes leave 50.9 bits. A
 * million tries a second find one with a chance of 1 in 1,000 after 24 days, and need the password besides; the throttle
 * leaves an account one try in 15 minutes.
 */
import type { Instant } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import { insert, replace, type Store, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { seal, unseal } from '../keys/seal.ts';
import type { World } from '../world.ts';
import type { CodeDigest } from './code-digest.ts';
import { credentials, type RecoveryCodes } from './credential.ts';
import { printedSymbols, randomSymbols, readSymbols, symbolText } from './symbol-text.ts';

const count = 10;
const length = 12;

/** So many or fewer are few: it is time to make new ones. */
export const fewRecoveryCodes = 3;

export const recoveryCodesId = (accountId: string): string => `${accountId}:recovery-codes`;

export interface NewRecoveryCodes {
  /** `2C4D-5F6H-7J8K`. Nobody can read them again. */
  readonly codes: readonly string[];
  readonly madeAt: Instant;
  readonly writes: readonly Write[];
}

const newCode = (ids: Ids): string => symbolText(randomSymbols(ids, length));

/** Those before, used or not, are good no more. `store.conflict` or `store.duplicate` on commit: others were made meanwhile. */
export async function planNewRecoveryCodes(
  world: World,
  codeDigest: CodeDigest,
  actor: Actor,
  accountId: string,
): Promise<NewRecoveryCodes> {
  const codes = Array.from({ length: count }, () => newCode(world.ids));
  const known = await recoveryCodesOf(world.store, accountId);
  const record: RecoveryCodes = {
    id: recoveryCodesId(accountId),
    accountId,
    kind: 'recovery-code',
    madeAt: world.clock.now(),
    codes: codes.map((code) => codeDigest.of('recovery-code', accountId, code)),
  };
  return {
    codes: codes.map(printedSymbols),
    madeAt: record.madeAt,
    writes: [
      known ? replace(credentials, { ...record, version: known.version }) : insert(credentials, record),
      auditWrite(world, actor, { type: 'recovery_codes.made', accountId, hasReplaced: known !== undefined }),
    ],
  };
}

/** Between their making and the moment at which the person has kept them; nothing else holds them. */
export const sealRecoveryCodes = (key: MasterKey, ids: Ids, accountId: string, codes: readonly string[]): string =>
  seal(key, 'attempts', ids, accountId, Buffer.from(JSON.stringify(codes)));

/** @throws DomainError `key.unreadable` when they were sealed for another account. */
export const openRecoveryCodes = (key: MasterKey, accountId: string, sealed: string): readonly string[] =>
  JSON.parse(unseal(key, 'attempts', accountId, sealed).toString());

export async function recoveryCodesOf(store: Store, accountId: string): Promise<Stored<RecoveryCodes> | undefined> {
  const found = await store.get(credentials, recoveryCodesId(accountId));
  return found?.kind === 'recovery-code' ? found : undefined;
}

/** The canonical form of what was typed, or undefined where it cannot be any code. */
export const readRecoveryCode = (typed: string): string | undefined => readSymbols(typed, length);

/** The record without the code, to be committed with what the code opens; undefined where it is none that is left. */
export function withoutRecoveryCode(
  codeDigest: CodeDigest,
  known: Stored<RecoveryCodes>,
  code: string,
): Stored<RecoveryCodes> | undefined {
  const left = known.codes.filter((digest) => !codeDigest.matches(digest, 'recovery-code', known.accountId, code));
  return left.length < known.codes.length ? { ...known, codes: left } : undefined;
}
