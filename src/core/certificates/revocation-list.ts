/**
 * The last good list of each kind that a configured place has brought, so that every node judges by the same and a restart
 * forgets nothing. What is revoked lies in a record of its own, which is read when it has changed and not for each visitor.
 */

import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { type Collection, insert, replace, type Store, type Stored, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { TakenList } from './take-list.ts';

export interface RevocationList extends Omit<TakenList, 'revoked'> {
  /** Of its place, its signer and what it speaks of. */
  readonly id: string;
  /** Its address, or the path of its file. */
  readonly place: string;
  /** How many it names. */
  readonly count: number;
  readonly takenAt: Instant;
}

export interface RevokedSerials extends Pick<TakenList, 'digest' | 'revoked'> {
  /** That of the list. */
  readonly id: string;
}

export const revocationLists: Collection<RevocationList> = {
  name: 'revocationLists',
  indexes: [{ name: 'byPlace', fields: ['place'] }],
};

export const revokedSerials: Collection<RevokedSerials> = { name: 'revokedSerials', indexes: [] };

/**
 * `older`: it was made before the one that is kept. Whoever replays an old list on the way would bring back to life what was
 * revoked since.
 */
export type ListKept =
  | { readonly kind: 'kept'; readonly writes: readonly Write[] }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'older' };

/**
 * It takes the place of the same authority's list about the same certificates, and of no other: whoever can choose on the way
 * which list is brought would else put one that says nothing of a certificate in the place of the one that has revoked it.
 */
export async function planKeepList({ store, clock }: World, place: string, list: TakenList): Promise<ListKept> {
  const { revoked, ...about } = list;
  const id = digestOf(JSON.stringify([place, list.signerKey, list.point]));
  const known = await store.get(revocationLists, id);
  if (known?.digest === list.digest) return { kind: 'unchanged' };
  if (known && list.thisUpdate < known.thisUpdate) return { kind: 'older' };
  const serials = await store.get(revokedSerials, id);
  const head = { ...about, id, place, count: revoked.length, takenAt: clock.now() };
  const content = { id, digest: list.digest, revoked };
  return {
    kind: 'kept',
    writes: [
      known ? replace(revocationLists, { ...head, version: known.version }) : insert(revocationLists, head),
      serials ? replace(revokedSerials, { ...content, version: serials.version }) : insert(revokedSerials, content),
    ],
  };
}

/** Of an authority that has changed its key there are two, of one that divides its list as many as it has sent to this place. */
export const listsAt = async (store: Store, place: string): Promise<readonly Stored<RevocationList>[]> =>
  (await store.find(revocationLists, { index: 'byPlace', equals: [place] })).records;
