/**
 * The chain as JSON lines, for a program that knows nothing of ours: events, the batch that seals them, the checkpoints
 * that sign it, and at the end what is not sealed yet. It is a copy and no judgement: what was tampered with is exported so.
 * The form of the lines is documented in docs/decisions/0006.
 */

import { canonicalJson } from '../../base/canonical-json.ts';
import type { Store, Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { auditBatches, sealedContent, storedContent } from './batch.ts';
import { type AuditCheckpoint, auditCheckpoints } from './checkpoint.ts';
import { unsealed } from './event.ts';
import { readHead } from './head.ts';
import { eventsClaiming } from './judge-batch.ts';
import { chainLength, highestNumber, walkNumbered } from './numbered.ts';

/** `from` and `through` are batches; all unless said. What is unsealed comes only where nothing is left out at the end. */
export interface ExportRange {
  readonly from?: number;
  readonly through?: number;
}

/** Each line without its line break. */
export async function* exportAudit({ store }: World, range: ExportRange = {}): AsyncGenerator<string> {
  const { from = 1, through } = range;
  const head = await readHead(store);
  const length = chainLength(head?.number, await highestNumber(store, auditBatches));
  const last = Math.min(through ?? length, length);
  yield canonicalJson({ kind: 'sekisho-audit', version: 1, from });
  const checkpoints = await LookAhead.over(walkCheckpoints(store, head?.checkpoint));
  while (checkpoints.next && checkpoints.next.batch < from) await checkpoints.step();
  for await (const visit of walkNumbered(store, auditBatches, from, last)) {
    if (visit.kind === 'gap') continue;
    for await (const event of eventsClaiming({ store }, visit.number)) {
      yield canonicalJson({ kind: 'event', batch: visit.number, event: sealedContent(event) });
    }
    yield canonicalJson({ kind: 'batch', batch: storedContent(visit.record) });
    for (; checkpoints.next && checkpoints.next.batch <= visit.number; await checkpoints.step()) {
      yield checkpointLine(checkpoints.next);
    }
  }
  if (through !== undefined) return;
  // Only what was tampered with speaks of batches that are not there.
  for (; checkpoints.next; await checkpoints.step()) yield checkpointLine(checkpoints.next);
  for await (const event of eventsClaiming({ store }, unsealed)) {
    yield canonicalJson({ kind: 'unsealed', event: sealedContent(event) });
  }
}

const checkpointLine = (checkpoint: AuditCheckpoint): string =>
  canonicalJson({ kind: 'checkpoint', checkpoint: storedContent(checkpoint) });

async function* walkCheckpoints(store: Store, claimed: unknown): AsyncGenerator<Stored<AuditCheckpoint>> {
  const end = chainLength(claimed, await highestNumber(store, auditCheckpoints));
  for await (const visit of walkNumbered(store, auditCheckpoints, 1, end))
    if (visit.kind === 'link') yield visit.record;
}

class LookAhead<T> {
  next: T | undefined;
  readonly #source: AsyncGenerator<T>;

  private constructor(source: AsyncGenerator<T>) {
    this.#source = source;
  }

  static async over<T>(source: AsyncGenerator<T>): Promise<LookAhead<T>> {
    const ahead = new LookAhead(source);
    await ahead.step();
    return ahead;
  }

  async step(): Promise<void> {
    this.next = (await this.#source.next()).value;
  }
}
