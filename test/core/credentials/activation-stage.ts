/** A person with an account, and the acts of an activation, in a world of the test that runs. */
import { days } from '../../../src/base/duration.ts';
import { activations, lookAtActivation } from '../../../src/core/credentials/activation/activation.ts';
import { activationKeys } from '../../../src/core/credentials/activation/activation-key.ts';
import { readActivationKey } from '../../../src/core/credentials/activation/activation-key-text.ts';
import { beginActivation, type ShownKey } from '../../../src/core/credentials/activation/begin-activation.ts';
import { type ChosenPassword, finishActivation } from '../../../src/core/credentials/activation/finish-activation.ts';
import { type KeyIssue, planActivationKey } from '../../../src/core/credentials/activation/issue-activation-key.ts';
import { throttle } from '../../../src/core/credentials/throttle.ts';
import { type Account, accounts } from '../../../src/core/people/account.ts';
import { people } from '../../../src/core/people/person.ts';
import { replace, type Stored } from '../../../src/store/port.ts';
import { type Fresh, freshWorld } from '../fresh-world.ts';
import { sampleAccount, samplePerson } from '../sample-records.ts';

export const operator = { kind: 'operator', id: 'desk-1' } as const;
export const browserToken = 'b'.repeat(43);
export const termsVersion = '2026-04';
export const password = 'Kamo7gawaTobi';

/** To be called inside `describe`. */
export function activationStage() {
  const fresh = freshWorld(activationKeys, activations);
  const rule = {
    account: { free: 3, firstDelay: 5_000, longestDelay: 900_000, forgetAfter: 86_400_000 },
    address: { free: 30, firstDelay: 1_000, longestDelay: 300_000, forgetAfter: 3_600_000 },
  };
  const keyThrottle = () => throttle(fresh().world, fresh().masterKey, rule, 'activation-key');
  const finishing = () => ({
    world: fresh().world,
    keeping: { hasher: fresh().hasher, preset: 'kyoto', derivedSessions: [], masterKey: fresh().masterKey } as const,
    termsVersion,
  });

  async function account(id = 'account-1'): Promise<Stored<Account>> {
    const found = await fresh().world.store.get(accounts, id);
    if (!found) throw new TypeError('the account was not put');
    return found;
  }

  return {
    fresh: fresh as () => Fresh,
    keyThrottle,
    passwordThrottle: () => throttle(fresh().world, fresh().masterKey, rule),
    account,

    /** Issued, nothing accepted. */
    async put(wishes: Partial<Account> = {}): Promise<void> {
      const { acceptedTerms: _, ...issued } = sampleAccount({ state: 'issued' });
      await fresh().put(people, samplePerson({ id: wishes.personId ?? 'person-1' }));
      await fresh().put(accounts, { ...issued, ...wishes });
    },

    async change(wishes: Partial<Account>): Promise<void> {
      await fresh().world.store.commit([replace(accounts, { ...(await account()), ...wishes })]);
    },

    async issue(wishes: Partial<KeyIssue> = {}): Promise<string> {
      const { world, codeDigest, clock } = fresh();
      const whose = wishes.account ?? (await account());
      const issue = { handed: 'post', expiresAt: clock.now() + days(31), ...wishes, account: whose } as const;
      const { key, writes } = await planActivationKey(world, codeDigest, operator, issue);
      await world.store.commit(writes);
      return key;
    },

    begin: (key: string, wishes: Partial<ShownKey> = {}) =>
      beginActivation(
        { world: fresh().world, codeDigest: fresh().codeDigest, throttle: keyThrottle() },
        { loginName: 'a0123456', key: readActivationKey(key) ?? '', address: '192.0.2.1', browserToken, ...wishes },
      ),

    /** The handle of an activation that began. */
    async begun(key: string): Promise<string> {
      const begun = await this.begin(key);
      if (begun.kind !== 'begun') throw new TypeError(`the activation did not begin: ${begun.kind}`);
      return begun.handle;
    },

    look: (handle: string, token = browserToken) =>
      lookAtActivation(fresh().world, termsVersion, { handle, browserToken: token }),

    finish: (handle: string, wishes: Partial<ChosenPassword> & { readonly browserToken?: string } = {}) =>
      finishActivation(
        finishing(),
        { handle, browserToken: wishes.browserToken ?? browserToken },
        { password, acceptsTerms: true, address: '192.0.2.1', ...wishes },
      ),
  };
}
