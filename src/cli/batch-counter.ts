/** Counts the batches that pass through a store, on standard error while somebody watches: verifying years takes minutes. */
import { auditBatches } from '../core/audit/batch.ts';
import { readHead } from '../core/audit/head.ts';
import type { Store } from '../store/port.ts';
import type { Terminal } from './terminal.ts';

export interface BatchCounter {
  /** Answers as the store that it watches. */
  readonly store: Store;
  /** Clears the line. */
  end(): void;
}

/** A line for every so many: a terminal is slower than the store. */
const everySo = 100;

export async function batchCounter(store: Store, terminal: Terminal): Promise<BatchCounter> {
  if (!terminal.showsProgress) return { store, end: () => {} };
  const total = (await readHead(store))?.number ?? 0;
  let count = 0;
  const tell = () => terminal.err(`\r${count} of ${total} batches`);
  return {
    store: {
      get(collection, id) {
        if (collection.name === auditBatches.name) {
          count += 1;
          if (count % everySo === 0) tell();
        }
        return store.get(collection, id);
      },
      find: (collection, query) => store.find(collection, query),
      count: (collection, query) => store.count(collection, query),
      commit: (writes) => store.commit(writes),
      sweep: (limit) => store.sweep(limit),
      ping: () => store.ping(),
      close: () => store.close(),
    },
    // ECMA-48 8.3.41: erases what is left of the line.
    end: () => terminal.err('\r\u001B[K'),
  };
}
