/** Holds the end of the chain against the head record, and against what the log knows of it. */
import type { Store, Stored } from '../../store/port.ts';
import { type AuditBatch, auditBatches, hashesOf } from './batch.ts';
import type { AuditCheckpoint } from './checkpoint.ts';
import type { AuditHead } from './head.ts';
import { numberedId } from './numbered.ts';
import type { AuditProblem } from './problem.ts';

/** The number and the hash of a batch, as a logged checkpoint tells them. */
export interface KnownHead {
  readonly batch: number;
  readonly hash: string;
}

export interface ChainEnd {
  readonly head: Stored<AuditHead> | undefined;
  /** The highest numbers under which links were found before the head was read. */
  readonly links: { readonly batch: number; readonly checkpoint: number };
  readonly last: AuditBatch | undefined;
  /** The last one with a true signature. */
  readonly checkpoint: AuditCheckpoint | undefined;
  readonly knownHead: KnownHead | undefined;
}

export async function* judgeEnd(store: Store, end: ChainEnd): AsyncGenerator<AuditProblem> {
  const { head, links, last, knownHead } = end;
  if (!head && (links.batch > 0 || links.checkpoint > 0)) yield { kind: 'head.missing' };
  if (head && !agrees(head, end)) yield { kind: 'head.changed' };
  if (!knownHead) return;
  const known = await store.get(auditBatches, numberedId(knownHead.batch));
  if (known && !hashesOf(known).includes(knownHead.hash)) yield { kind: 'chain.rewritten', batch: knownHead.batch };
  // A batch missing from the middle has been named; only one beyond the end is a tail.
  const found = last?.number ?? links.batch;
  if (!known && knownHead.batch > found) yield { kind: 'tail.truncated', known: knownHead.batch, found };
}

function agrees(head: AuditHead, { links, last, checkpoint }: ChainEnd): boolean {
  if (!Number.isSafeInteger(head.number) || head.number < links.batch) return false;
  if (!Number.isSafeInteger(head.checkpoint) || head.checkpoint < links.checkpoint) return false;
  // Where the last link is missing or forged, that has been named, and the head cannot be held against it.
  if (last?.number === head.number && !hashesOf(last).includes(head.hash)) return false;
  if (head.checkpoint === 0) return head.signedThrough === 0 && head.signedAt === 0 && head.prunedThrough === 0;
  if (checkpoint?.number !== head.checkpoint) return true;
  const { batch, prunedThrough, at } = checkpoint;
  return head.signedThrough === batch && head.prunedThrough === prunedThrough && head.signedAt === at;
}
