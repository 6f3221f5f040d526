/** Reads whole collections in the order of their ids, in pages whose room is bounded, alone or two side by side. */

import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../base/canonical-json.ts';
import type { Instant } from '../base/clock.ts';
import type { AnyRecord, StoreContents } from './contents.ts';
import { compareIds } from './id-order.ts';
import type { AnyCollection } from './port.ts';

export interface Entry {
  readonly record: AnyRecord;
  /** Canonical: two records are equal when their texts are. */
  readonly text: string;
}

/** A record that one side alone has comes alone. */
export interface Pair {
  readonly source?: Entry;
  readonly target?: Entry;
}

/** Characters of a page, and of what is written at once. */
export const pageRoom = 2_000_000;
export const mostInPage = 1_000;
const firstPage = 100;

/** Without `liveAt` also what has expired. */
export async function* entriesOf(
  contents: StoreContents,
  collection: AnyCollection,
  liveAt?: Instant,
): AsyncGenerator<Entry, undefined> {
  let limit = firstPage;
  let after: string | undefined;
  for (;;) {
    const page = await contents.page(collection, after, limit);
    let room = 0;
    for (const record of page) {
      const text = canonicalJson(record);
      room += text.length;
      if (liveAt === undefined || isLive(collection, record, liveAt)) yield { record, text };
    }
    if (page.length < limit) return undefined;
    // An embedded engine answers at once: nobody else would ever have his turn, not even who draws how far it has come.
    await setImmediate();
    after = page.at(-1)?.id;
    limit = Math.max(1, Math.min(mostInPage, Math.floor((pageRoom * limit) / room)));
  }
}

/** By the record itself and not by what the engine made of it: the store may have been written under another declaration. */
function isLive({ expiresAt }: AnyCollection, record: AnyRecord, at: Instant): boolean {
  const end = expiresAt === undefined ? undefined : (record as unknown as Readonly<Record<string, unknown>>)[expiresAt];
  return typeof end !== 'number' || end > at;
}

/** Up to the end of both, or of the targets alone. */
export async function* pairsOf(
  sources: AsyncGenerator<Entry, undefined>,
  targets: AsyncGenerator<Entry, undefined>,
  end: 'both' | 'targets' = 'both',
): AsyncGenerator<Pair, undefined> {
  try {
    let source = (await sources.next()).value;
    let target = (await targets.next()).value;
    while (target ?? (end === 'both' && source)) {
      const order = orderOf(source, target);
      yield {
        ...(source && order <= 0 ? { source } : {}),
        ...(target && order >= 0 ? { target } : {}),
      };
      if (order <= 0) source = (await sources.next()).value;
      if (order >= 0) target = (await targets.next()).value;
    }
    return undefined;
  } finally {
    await sources.return(undefined);
    await targets.return(undefined);
  }
}

function orderOf(source: Entry | undefined, target: Entry | undefined): number {
  if (!source) return 1;
  return target ? compareIds(source.record.id, target.record.id) : -1;
}
