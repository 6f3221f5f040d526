/** A store for one turn of a job: whatever is committed through it is refused once the lease has moved. */
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { Store } from '../../store/port.ts';
import { fenceWrite, type Hold, leases } from './lease.ts';

/** `onLost` is told when a commit found the lease moved; that commit fails with `store.conflict`. */
export function fencedStore(store: Store, hold: Hold, onLost: () => void): Store {
  const isLost = async (): Promise<boolean> => (await store.get(leases, hold.job))?.token !== hold.token;
  return {
    get: (collection, id) => store.get(collection, id),
    find: (collection, query) => store.find(collection, query),
    count: (collection, query) => store.count(collection, query),
    async commit(writes) {
      if (writes.length === 0) return;
      try {
        await store.commit([fenceWrite(hold), ...writes]);
      } catch (error) {
        // The job's own writes may have lost a race of their own; only the lease tells which it was.
        if (!isDomainError(error, 'store.duplicate') || !(await isLost())) throw error;
        onLost();
        throw new DomainError('store.conflict', { lease: hold.job }, error);
      }
    },
    // Unfenced: what has expired is gone for everybody, whoever sweeps it.
    sweep: (limit) => store.sweep(limit),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
