/** A store that tells how long each of its answers took. */
import type { Store } from './port.ts';
import type { StoreOperation, StoreWatch } from './watch.ts';

type Told = NonNullable<StoreWatch['operationDone']>;

export function timedStore(store: Store, told: Told): Store {
  return {
    ...timedCommits(store, told),
    get: timed('get', store.get, told),
    find: timed('find', store.find, told),
    count: timed('count', store.count, told),
  };
}

/** For an engine that tells of its reads itself: not every one of them asks it anything. */
export const timedCommits = (store: Store, told: Told): Store => ({
  ...store,
  commit: timed('commit', store.commit, told),
});

/** The operation of a store, which is an object of functions. */
function timed<Asked extends unknown[], Answer>(
  operation: StoreOperation,
  ask: (...asked: Asked) => Promise<Answer>,
  told: Told,
): (...asked: Asked) => Promise<Answer> {
  return (...asked) => {
    const begun = performance.now();
    const answer = ask(...asked);
    const done = () => told(operation, performance.now() - begun);
    // Beside the answer, not before it: whoever waits for it is not kept.
    answer.then(done, done);
    return answer;
  };
}
