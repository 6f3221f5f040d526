/** Reads notices by what an operator asks for. The narrowest index leads; what else was asked is sifted from its pages. */
import type { Page, Query, Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { NoticeKind } from './content.ts';
import { type Notice, type NoticeState, notices } from './notice.ts';

export interface NoticeFilter {
  readonly state?: NoticeState;
  readonly kind?: NoticeKind;
  /** The account that they are about. */
  readonly accountId?: string;
}

export interface NoticeListing extends NoticeFilter {
  /** 100 unless said. */
  readonly limit?: number;
  /** `next` of the page before, with the same filter. */
  readonly after?: string;
}

/** Without the content, which stays sealed. */
export type NoticeRow = Omit<Stored<Notice>, 'content' | 'claim' | 'recipient' | 'queue' | 'dedupeKey' | 'version'>;

/** A page with few matches costs no more than so many reads; it is then shorter than asked for. */
const mostReads = 20;

/** Newest first. A page may be short or empty and yet have a `next`: only its absence says the end. */
export async function listNotices({ store }: World, listing: NoticeListing = {}): Promise<Page<NoticeRow>> {
  const { limit = 100 } = listing;
  const query = leadingIndex(listing);
  const records: Stored<NoticeRow>[] = [];
  let after = listing.after;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const page = await store.find(notices, {
      ...query,
      descending: true,
      limit: limit - records.length,
      ...(after ? { after } : {}),
    });
    records.push(...page.records.filter((notice) => matches(notice, listing)).map(rowOf));
    after = page.next;
    if (after === undefined || records.length === limit) break;
  }
  return { records, ...(after ? { next: after } : {}) };
}

/** How many there are in a state, for `doctor` and the metrics. */
export const countNotices = ({ store }: World, state: NoticeState): Promise<number> =>
  store.count(notices, { index: 'byState', equals: [state] });

function leadingIndex({ state, kind, accountId }: NoticeFilter): Query {
  if (accountId !== undefined) return { index: 'byAccount', equals: [accountId] };
  if (state !== undefined) return { index: 'byState', equals: [state] };
  if (kind !== undefined) return { index: 'byKind', equals: [kind] };
  return { index: 'byTime' };
}

const matches = (notice: Notice, { state, kind, accountId }: NoticeFilter): boolean =>
  (state === undefined || notice.state === state) &&
  (kind === undefined || notice.kind === kind) &&
  (accountId === undefined || notice.accountId === accountId);

function rowOf(notice: Stored<Notice>): Stored<NoticeRow> {
  const { content: _content, claim: _claim, recipient: _recipient, ...rest } = notice;
  const { queue: _queue, dedupeKey: _dedupeKey, ...row } = rest;
  return row;
}
