/** The private parts of the ring, as a place that a change of the master key reaches. */
import type { MasterKey } from './master-key.ts';
import { keyRing, type RingKey, readKeys } from './ring.ts';
import { seal, unseal } from './seal.ts';
import { sealedPlace } from './sealed-place.ts';

export const sealedKeys = sealedPlace<RingKey>({
  name: 'keys',
  collection: keyRing,
  async *pages(store) {
    yield await readKeys(store);
  },
  // A key that is gone has lost its private part.
  sealedOf: ({ sealed }) => (sealed === '' ? undefined : sealed),
  isHeld: () => false,
  sealedAgain: (record, masterKey: MasterKey, { ids }) => ({
    ...record,
    sealed: seal(
      masterKey,
      'private-keys',
      ids,
      record.id,
      unseal(masterKey, 'private-keys', record.id, record.sealed),
    ),
  }),
});
