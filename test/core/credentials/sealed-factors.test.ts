import { describe, expect, it } from '@jest/globals';
import { credentials, credentialsOf } from '../../../src/core/credentials/credential.ts';
import { sealedFactors } from '../../../src/core/credentials/sealed-factors.ts';
import { checkTotp } from '../../../src/core/credentials/totp.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { insert } from '../../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../../support/authenticator-app.ts';
import { freshWorld, sampleMasterKey as old } from '../fresh-world.ts';
import { sampleCredential } from '../sample-credentials.ts';
import { startInstant } from '../sample-records.ts';

const bare = masterKeyOf(Buffer.alloc(32, 2));
/** The new key, in a process that still has the old one. */
const both = { ...bare, named: (id: string) => (id === old.id ? old : bare.named(id)) };
const fresh = freshWorld();

describe('authenticator apps, when the master key turns', () => {
  it('are sealed again, all of them, in more than one page, and go on working', async () => {
    const { world } = fresh();
    const apps = Array.from({ length: 250 }, (_, i) => heldApp(old, `account-${i}`, { id: `totp-${i}` }));
    await world.store.commit([...apps, sampleCredential('mail-code')].map((factor) => insert(credentials, factor)));
    expect(await sealedFactors.countUnder(world.store, old.id)).toBe(250);
    expect(await sealedFactors.reseal(world, both)).toEqual({ done: 250, unreadable: 0 });
    expect(await sealedFactors.countUnder(world.store, old.id)).toBe(0);
    expect(await sealedFactors.reseal(world, both)).toEqual({ done: 0, unreadable: 0 });
    const held = await credentialsOf(world.store, 'account-7');
    const code = authenticatorApp(sampleSecret).codeAt(startInstant);
    expect(checkTotp(bare, held, code, startInstant)).toMatchObject({ kind: 'right' });
  });

  it('stay as they are when their key is not at hand, and are counted', async () => {
    const { world, put } = fresh();
    await put(credentials, heldApp(old, 'account-1'));
    expect(await sealedFactors.reseal(world, bare)).toEqual({ done: 0, unreadable: 1 });
    expect(await sealedFactors.countUnder(world.store, old.id)).toBe(1);
  });
});
