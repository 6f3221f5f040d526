/** The secrets of authenticator apps, as a place that a change of the master key reaches. */
import { sealedPlace } from '../keys/sealed-place.ts';
import { type Credential, credentials } from './credential.ts';
import { sealedTotpAgain } from './totp.ts';

export const sealedFactors = sealedPlace<Credential>({
  name: 'factors',
  collection: credentials,
  async *pages(store) {
    let after: string | undefined;
    do {
      const query = { index: 'bySealedSecret', limit: 100, ...(after === undefined ? {} : { after }) };
      const page = await store.find(credentials, query);
      yield page.records;
      after = page.next;
    } while (after !== undefined);
  },
  sealedOf: (factor) => (factor.kind === 'totp' ? factor.sealedSecret : undefined),
  // Whoever gives a code at this moment meets `store.conflict`, and gives it again.
  isHeld: () => false,
  sealedAgain: (factor, masterKey, world) =>
    factor.kind === 'totp' ? sealedTotpAgain(world, masterKey, factor) : factor,
});
