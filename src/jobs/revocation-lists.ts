/**
 * Brings the revocation lists of the configured authorities. A list that cannot be had, or that nobody signed whom we know,
 * changes nothing: the last good one is kept, and its own end says how long it is believed.
 */
import { open } from 'node:fs/promises';
import type { Log } from '../base/log.ts';
import type { CertificateJudge } from '../core/certificates/certificate-judge.ts';
import { planKeepList } from '../core/certificates/revocation-list.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { World } from '../core/world.ts';
import type { Outgoing } from '../outgoing/open-outgoing.ts';
import type { Job } from './job.ts';

/** Exactly one of the two. */
export interface ListPlace {
  readonly url?: string;
  readonly file?: string;
}

export interface ListMeans {
  readonly certificates: CertificateJudge;
  readonly outgoing: Outgoing;
  readonly places: readonly ListPlace[];
}

/** Bytes; about a hundred thousand certificates. */
const largestList = 4 * 1024 * 1024;

export const revocationLists = (schedule: Schedule, means: ListMeans): Job => ({
  name: 'revocation-lists',
  schedule,
  async run({ world, signal, log }) {
    const failed: string[] = [];
    for (const place of means.places) {
      if (signal.aborted) return;
      const fault = await bring(world, means, place, { signal, log });
      if (fault === undefined) continue;
      log.warn({ list: nameOf(place), reason: fault }, 'a revocation list was not taken');
      failed.push(`${nameOf(place)}: ${fault}`);
    }
    // Only now: one that is not there must not keep the others from being brought.
    if (failed.length > 0) throw new Error(`not taken: ${failed.join('; ')}`);
  },
});

const nameOf = ({ url, file }: ListPlace): string => url ?? file ?? '';

/** Why it was not taken, in a word. */
async function bring(
  world: World,
  { certificates, outgoing }: ListMeans,
  place: ListPlace,
  { signal, log }: { readonly signal: AbortSignal; readonly log: Log },
): Promise<string | undefined> {
  const read = place.url === undefined ? await fromFile(place.file ?? '') : await fetched(outgoing, place.url, signal);
  if (typeof read === 'string') return read;
  // The library that reads lists is there already: the judge has read the authorities with it.
  const { takeList } = await import('../core/certificates/take-list.ts');
  const { authorities, intermediates } = certificates;
  const verdict = await takeList(read, [...authorities, ...intermediates], world.clock.now());
  if (!verdict.ok) return verdict.fault;
  const kept = await planKeepList(world, nameOf(place), verdict.list);
  if (kept.kind === 'older') return 'older_than_the_one_kept';
  if (kept.kind === 'unchanged') return undefined;
  await world.store.commit(kept.writes);
  log.info({ list: nameOf(place), revoked: verdict.list.revoked.length }, 'a revocation list was taken');
  return undefined;
}

async function fetched(outgoing: Outgoing, url: string, signal: AbortSignal): Promise<Buffer | string> {
  const limits = { bodyBytes: largestList };
  const outcome = await outgoing.request(url, { limits, signal, isSelfProving: true });
  if (outcome.kind === 'failed') return outcome.reason;
  const { status, body } = outcome.answer;
  return status === 200 ? Buffer.from(body) : `answered_${status}`;
}

async function fromFile(path: string): Promise<Buffer | string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      return size > largestList ? 'too_large' : await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    return 'unreadable';
  }
}
