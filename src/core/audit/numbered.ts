/**
 * Records that are numbered without gaps from 1 and found under their number: the links of the chain. A walk visits every
 * number and says where there is none, so that nothing can be taken out of the middle unseen.
 */
import type { Collection, Store, Stored } from '../../store/port.ts';

export interface Numbered {
  /** `numberedId(number)`. */
  readonly id: string;
  readonly number: number;
}

export const numberedId = (number: number): string => String(number).padStart(12, '0');

/** One link, or a run of numbers without any. */
export type Visit<T extends Numbered> =
  | { readonly kind: 'link'; readonly number: number; readonly record: Stored<T> }
  | { readonly kind: 'gap'; readonly number: number; readonly through: number };

export async function* walkNumbered<T extends Numbered>(
  store: Store,
  collection: Collection<T>,
  first: number,
  last: number,
): AsyncGenerator<Visit<T>> {
  for (let number = first; number <= last; number += 1) {
    const record = await store.get(collection, numberedId(number));
    if (record) {
      yield { kind: 'link', number, record };
      continue;
    }
    // A forged head can claim any length: a gap is crossed in one step, however wide.
    const [next] = (await store.find(collection, { index: 'byNumber', from: number + 1, limit: 1 })).records;
    const through = next ? Math.min(last, Math.ceil(next.number) - 1) : last;
    yield { kind: 'gap', number, through };
    number = through;
  }
}

/** The highest number under which there is a link. */
export async function highestNumber<T extends Numbered>(store: Store, collection: Collection<T>): Promise<number> {
  const page = await store.find(collection, { index: 'byNumber', descending: true, limit: 1 });
  const [highest] = page.records;
  return highest && highest.id === numberedId(highest.number) ? highest.number : 0;
}

/**
 * How far to walk: to the link that the head claims, or to the last one found. A head that claims more than there is makes
 * gaps, which are named; one that claims nonsense is not followed.
 */
export const chainLength = (claimed: unknown, found: number): number =>
  Number.isSafeInteger(claimed) ? Math.max(Number(claimed), found) : found;

/** Ids of records that are no link of a chain of this length: a walk does not meet them. */
export async function* strayLinks<T extends Numbered>(
  store: Store,
  collection: Collection<T>,
  length: () => Promise<number>,
): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const page = await store.find(collection, { index: 'byNumber', ...(after ? { after } : {}) });
    // Read after the page, because the chain may have grown meanwhile.
    const end = await length();
    for (const { id } of page.records) {
      const place = Number(id);
      if (numberedId(place) !== id || place < 1 || place > end) yield id;
    }
    after = page.next;
  } while (after);
}
