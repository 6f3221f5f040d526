/**
 * What one event of the event loop reads, and all that follows from it before the next event, it reads of one state of
 * the file. Each read alone would take and give back the file's locks, which costs more than the read. Nothing is read
 * that is older than the event: the state is taken at its first read, and let go before another event is heard.
 */
import type { Connection } from './connection.ts';
import { atEndOfEvent } from './end-of-event.ts';

export class Snapshot {
  readonly #connection: Connection;
  #isHeld = false;

  /** @param connection of this reader alone: nobody writes on it. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Before each read. */
  hold(): void {
    if (this.#isHeld) return;
    this.#connection.step('BEGIN');
    this.#isHeld = true;
    atEndOfEvent(() => this.#letGo());
  }

  #letGo(): void {
    this.#isHeld = false;
    try {
      // Closed, or undone by the engine after an error: there is nothing to let go, and nothing was written.
      if (this.#connection.isInTransaction) this.#connection.step('ROLLBACK');
    } catch {
      // The next read meets what is wrong with the file, and somebody is there to be told.
    }
  }
}
