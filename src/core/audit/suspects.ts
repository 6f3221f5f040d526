/**
 * Names a moved event once. Where it was sealed it is known to have moved; where it lies now it looks inserted, which is
 * held back until the walk has passed its own batch.
 */
import type { AuditProblem } from './problem.ts';

/** Beyond this many the store is beyond exact naming, and memory stays bounded. */
const most = 10_000;

export class Suspects {
  readonly #inserted = new Map<string, AuditProblem>();
  readonly #named = new Set<string>();

  /** What to say now. */
  weigh(problem: AuditProblem): readonly AuditProblem[] {
    if (problem.kind === 'event.inserted') {
      if (this.#named.has(problem.eventId) || this.#inserted.has(problem.eventId)) return [];
      if (this.#inserted.size >= most) return [problem];
      this.#inserted.set(problem.eventId, problem);
      return [];
    }
    if ((problem.kind === 'event.reordered' || problem.kind === 'event.changed') && this.#named.size < most) {
      this.#named.add(problem.eventId);
      this.#inserted.delete(problem.eventId);
    }
    return [problem];
  }

  /** What remains to be said at the end. */
  rest(): Iterable<AuditProblem> {
    return this.#inserted.values();
  }
}
