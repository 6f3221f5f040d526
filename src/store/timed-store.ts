/** A store that tells how long each of its answers took. */
import type { Store } from './port.ts';
import type { StoreOperation, StoreWatch } from './watch.ts';

export function timedStore(store: Store, told: NonNullable<StoreWatch['operationDone']>): Store {
  function timed<Answer>(operation: StoreOperation, answer: Promise<Answer>, begun: number): Promise<Answer> {
    const done = () => told(operation, performance.now() - begun);
    // Beside the answer, not before it: whoever waits for it is not kept.
    answer.then(done, done);
    return answer;
  }
  // The stopwatch is read first: an embedded engine has its answer before it gives the promise of it.
  return {
    get: (collection, id) => {
      const begun = performance.now();
      return timed('get', store.get(collection, id), begun);
    },
    find: (collection, query) => {
      const begun = performance.now();
      return timed('find', store.find(collection, query), begun);
    },
    count: (collection, query) => {
      const begun = performance.now();
      return timed('count', store.count(collection, query), begun);
    },
    commit: (writes) => {
      const begun = performance.now();
      return timed('commit', store.commit(writes), begun);
    },
    sweep: (limit) => store.sweep(limit),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
