import { describe, expect, it } from '@jest/globals';
import { type Connection, connections, type SamlConnection } from '../../../src/core/connections/connection.ts';
import { pinnedKeys } from '../../../src/core/connections/pinned-keys.ts';
import { connectionByEntityId } from '../../../src/core/connections/registry.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { entryOf } from './saml/stage.ts';

const fresh = freshWorld();

function samlConnection(id: string, saml: object = {}): SamlConnection {
  const { oidc: _none, listed: isListed = true, ...entry } = entryOf({}) ?? {};
  const record = { ...entry, isListed, state: 'active', createdAt: 0, changedAt: 0 };
  const settings = { ...record.saml, entityId: `https://${id}.example/`, ...saml };
  return { ...record, id, saml: settings, entityId: settings.entityId } as SamlConnection;
}

describe('the entityID', () => {
  it('is that of one connection, whoever writes first', async () => {
    const { store } = fresh().world;
    const both = ['a', 'b'].map((id) => insert(connections, samlConnection(id, { entityId: 'urn:same' })));
    const [one, two] = await Promise.allSettled(both.map((write) => store.commit([write])));
    expect([one?.status, two?.status].sort()).toEqual(['fulfilled', 'rejected']);
    await expect(store.commit(both.slice(1))).rejects.toMatchObject({ code: 'store.duplicate' });
  });

  it('is no matter of connections by OpenID Connect, of which there are many', async () => {
    const { world } = fresh();
    const { saml: _saml, entityId: _entityId, ...rest } = samlConnection('a');
    const byOidc = ['a', 'b'].map((id) => ({ ...rest, id, oidc: {} }) as unknown as Connection);
    await world.store.commit(byOidc.map((one) => insert(connections, one)));
    await world.store.commit([insert(connections, samlConnection('c'))]);
    expect(await connectionByEntityId(world, 'https://c.example/')).toMatchObject({ id: 'c' });
    expect(await connectionByEntityId(world, 'https://a.example/')).toBeUndefined();
  });
});

describe('pinned keys', () => {
  const retiring = [{ use: 'saml-signing', state: 'retiring' }];

  it('are those that connections name, each with them', async () => {
    const { world } = fresh();
    const pinning = [
      samlConnection('a', { pinnedKey: 'k' }),
      samlConnection('b'),
      samlConnection('c', { pinnedKey: 'k' }),
    ];
    await world.store.commit(pinning.map((one) => insert(connections, one)));
    expect(await pinnedKeys(world, retiring)).toEqual(new Map([['k', ['a', 'c']]]));
    expect(await pinnedKeys(world, [{ use: 'token-signing', state: 'retiring' }])).toEqual(new Map());
  });
});
