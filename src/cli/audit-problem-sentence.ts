/** What the verifier found, in a sentence with its place. */
import type { AuditProblem } from '../core/audit/problem.ts';

export function auditProblemSentence(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'event.changed':
      return `batch ${problem.batch}: event ${problem.eventId} was changed after it was sealed`;
    case 'event.removed':
      return `batch ${problem.batch}: event ${problem.eventId} was removed`;
    case 'event.inserted':
      return `batch ${problem.batch}: event ${problem.eventId} was never sealed there; somebody put it in`;
    case 'event.reordered':
      return `batch ${problem.batch}: event ${problem.eventId} was moved (found in batch ${problem.foundIn})`;
    case 'batch.changed':
      return `batch ${problem.batch}: it was changed`;
    case 'batch.missing':
      return `${numbers('batch', 'batches', problem.batch, problem.through)}: missing`;
    case 'batch.unchained':
      return `batch ${problem.batch}: not the one that the next was chained to; it was replaced`;
    case 'batch.inserted':
      return `batch record ${problem.id}: no link of the chain; somebody put it in`;
    case 'checkpoint.forged':
      return `checkpoint ${problem.checkpoint}: its signature is false`;
    case 'checkpoint.unknown_key':
      return `checkpoint ${problem.checkpoint}: signed with ${problem.keyId}, which is no key of ours`;
    case 'checkpoint.contradicted':
      return `checkpoint ${problem.checkpoint}: truly signed, but batch ${problem.batch} is another now`;
    case 'checkpoint.missing':
      return `${numbers('checkpoint', 'checkpoints', problem.checkpoint, problem.through)}: missing`;
    case 'checkpoint.inserted':
      return `checkpoint record ${problem.id}: in no place of a checkpoint; somebody put it in`;
    case 'head.missing':
      return 'the record of where the chain ends is missing';
    case 'head.changed':
      return 'the record of where the chain ends was changed: it says otherwise than the last batch and checkpoint';
    case 'tail.truncated':
      return `the end is missing: it reached batch ${problem.known}, and ends with batch ${problem.found}`;
    case 'chain.rewritten':
      return `batch ${problem.batch}: not the one that was known; the chain was written anew`;
  }
}

const numbers = (one: string, several: string, from: number, through: number): string =>
  from === through ? `${one} ${from}` : `${several} ${from} to ${through}`;
