/**
 * Recovery codes made on a person's own pages, until they say that they have kept them: sealed, for the session in which
 * they were made, and for a few minutes. So a reload shows them again, and makes no others.
 */
import type { Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import { type Collection, insert, remove, replace, type Write } from '../../store/port.ts';
import { openRecoveryCodes, recoveryCodesOf, sealRecoveryCodes } from '../credentials/recovery-codes.ts';
import type { MasterKey } from '../keys/master-key.ts';
import type { World } from '../world.ts';

export interface UnkeptCodes {
  /** That of the account: others that are made are the only ones that are good. */
  readonly id: string;
  readonly sessionId: string;
  readonly madeAt: Instant;
  readonly sealed: string;
  readonly expiresAt: Instant;
}

export const unkeptCodes: Collection<UnkeptCodes> = { name: 'unkeptCodes', indexes: [], expiresAt: 'expiresAt' };

/** To print them, or to find paper and a pen. */
const lifetime = minutes(10);

export interface CodesHolder {
  readonly accountId: string;
  readonly sessionId: string;
}

/** Commit with the codes. */
export async function planUnkept(
  { store, ids }: World,
  masterKey: MasterKey,
  { accountId, sessionId }: CodesHolder,
  { codes, madeAt }: { readonly codes: readonly string[]; readonly madeAt: Instant },
): Promise<Write> {
  const sealed = sealRecoveryCodes(masterKey, ids, accountId, codes);
  const record = { id: accountId, sessionId, madeAt, sealed, expiresAt: madeAt + lifetime };
  const known = await store.get(unkeptCodes, accountId);
  return known ? replace(unkeptCodes, { ...record, version: known.version }) : insert(unkeptCodes, record);
}

/** Undefined once they are kept, or are good no more: others were made, or the last factor was removed. */
export async function readUnkept(
  { store }: World,
  masterKey: MasterKey,
  { accountId, sessionId }: CodesHolder,
): Promise<readonly string[] | undefined> {
  const [unkept, codes] = await Promise.all([store.get(unkeptCodes, accountId), recoveryCodesOf(store, accountId)]);
  const isTheirs = unkept?.sessionId === sessionId && unkept.madeAt === codes?.madeAt;
  return unkept && isTheirs ? openRecoveryCodes(masterKey, accountId, unkept.sealed) : undefined;
}

/** From now on nobody can read them again. */
export const planKept = (accountId: string): Write => remove(unkeptCodes, accountId);
