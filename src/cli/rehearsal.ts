/** A store that answers and writes nothing, for --dry-run: core runs the same checks, and its commit goes nowhere. */
import type { Store } from '../store/port.ts';

export const rehearsal = (store: Store): Store => ({
  get: (collection, id) => store.get(collection, id),
  find: (collection, query) => store.find(collection, query),
  count: (collection, query) => store.count(collection, query),
  commit: async () => {},
  sweep: async () => 0,
  ping: () => store.ping(),
  close: () => store.close(),
});
