import { describe, expect, it } from '@jest/globals';
import { planReversal } from '../../../../src/core/credentials/passkeys/passkey-reversal.ts';
import { accounts } from '../../../../src/core/people/account.ts';
import { people } from '../../../../src/core/people/person.ts';
import { freshWorld } from '../../fresh-world.ts';
import { owedMails } from '../../notices/owed-mails.ts';
import { sampleAccount, samplePerson } from '../../sample-records.ts';

describe('a passkey whose count ran backwards', () => {
  const fresh = freshWorld();
  const actor = { kind: 'person' } as const;
  const reversal = { accountId: 'account-1', credentialId: 'credential-1' };

  it('is told to the audit and to its owner, in one commit', async () => {
    const { world, masterKey, put } = fresh();
    await put(people, samplePerson());
    await put(accounts, sampleAccount());
    await world.store.commit(await planReversal(world, masterKey, actor, reversal));
    expect(await fresh().audited()).toEqual([{ type: 'factor.counter_reversed', ...reversal }]);
    expect(await owedMails(world.store, masterKey)).toMatchObject([
      { to: sampleAccount().universityMail, mail: { type: 'passkey_reversed', loginName: 'a0123456' } },
    ]);
  });

  it('is told to the audit where nobody is there to hear of it', async () => {
    const { world, masterKey } = fresh();
    const writes = await planReversal(world, masterKey, actor, reversal);
    await world.store.commit(writes);
    expect(await fresh().audited()).toEqual([{ type: 'factor.counter_reversed', ...reversal }]);
  });
});
