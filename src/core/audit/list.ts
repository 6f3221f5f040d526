/** Reads events by what an operator asks for. The narrowest index leads; what else was asked is sifted from its pages. */
import type { Instant } from '../../base/clock.ts';
import type { Page, Query, Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type AuditEvent, auditEvents } from './event.ts';

export interface AuditFilter {
  /** Inclusive. */
  readonly from?: Instant;
  /** Exclusive. */
  readonly below?: Instant;
  readonly type?: AuditEvent['type'];
  /** The account that it happened to. */
  readonly accountId?: string;
  readonly connectionId?: string;
}

export interface AuditListing extends AuditFilter {
  /** 100 unless said. */
  readonly limit?: number;
  /** `next` of the page before, with the same filter and order. */
  readonly after?: string;
  readonly oldestFirst?: boolean;
}

/** A page with few matches costs no more than so many reads; it is then shorter than asked for. */
const mostReads = 20;

/** Newest first unless said. A page may be short or empty and yet have a `next`: only its absence says the end. */
export async function listAudit({ store }: World, listing: AuditListing = {}): Promise<Page<AuditEvent>> {
  const { limit = 100, oldestFirst = false } = listing;
  const query = leadingIndex(listing);
  const records: Stored<AuditEvent>[] = [];
  let after = listing.after;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const page = await store.find(auditEvents, {
      ...query,
      descending: !oldestFirst,
      // Never more than there is room for: a page of the store can be gone on from at its end only.
      limit: limit - records.length,
      ...(after ? { after } : {}),
    });
    records.push(...page.records.filter((event) => matches(event, listing)));
    after = page.next;
    if (after === undefined || records.length === limit) break;
  }
  return { records, ...(after ? { next: after } : {}) };
}

function leadingIndex({ from, below, type, accountId, connectionId }: AuditFilter): Query {
  const bounds = { ...(from === undefined ? {} : { from }), ...(below === undefined ? {} : { below }) };
  if (accountId !== undefined) return { index: 'byAccount', equals: [accountId], ...bounds };
  if (connectionId !== undefined) return { index: 'byConnection', equals: [connectionId], ...bounds };
  if (type !== undefined) return { index: 'byType', equals: [type], ...bounds };
  return { index: 'byTime', ...bounds };
}

/** Times are bounds of every index. */
const matches = (event: AuditEvent, { type, accountId, connectionId }: AuditFilter): boolean =>
  (type === undefined || event.type === type) &&
  (accountId === undefined || event.accountId === accountId) &&
  (connectionId === undefined || event.connectionId === connectionId);
