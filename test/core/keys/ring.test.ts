import { describe, expect, it } from '@jest/globals';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { activeKey, keyRing, type OpenedKey, openRing } from '../../../src/core/keys/ring.ts';
import { remove, replace } from '../../../src/store/port.ts';
import { freshWorld, sampleTurning } from '../fresh-world.ts';

const bytesOf = ({ key }: OpenedKey): Buffer =>
  key.type === 'secret' ? key.export() : (key.export({ type: 'pkcs8', format: 'der' }) as Buffer);
const contents = (ring: readonly OpenedKey[]) => ring.map((key) => [key.id, bytesOf(key).toString('hex')]);

describe('openRing', () => {
  const fresh = freshWorld();
  const open = () => openRing(fresh().world, sampleTurning());

  it('makes one active key of every use and algorithm', async () => {
    const ring = await open();
    expect(ring.map(({ use, algorithm, state }) => `${use} ${algorithm} ${state}`).sort()).toEqual([
      'audit-signing EdDSA active',
      'code-digest HS256 active',
      'cookie-signing HS256 active',
      'pairwise HS256 active',
      'saml-signing ES256 active',
      'saml-signing RS256 active',
      'token-sealing HS256 active',
      'token-signing ES256 active',
      'token-signing EdDSA active',
      'token-signing RS256 active',
    ]);
    expect(new Set(contents(ring).map(([, bytes]) => bytes)).size).toBe(ring.length);
  });

  it('reads the same keys ever after', async () => {
    const made = await open();
    expect(contents(await open())).toEqual(contents(made));
  });

  it('makes the keys of a use that an older version did not know, and keeps the others', async () => {
    const { store } = fresh().world;
    const made = await open();
    await store.commit([remove(keyRing, activeKey(made, 'audit-signing').id)]);
    expect(await store.count(keyRing, { index: 'byUse' })).toBe(made.length - 1);
    const reopened = await open();
    expect(reopened.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    const kept = (ring: readonly OpenedKey[]) => contents(ring.filter(({ use }) => use !== 'audit-signing'));
    expect(kept(reopened)).toEqual(kept(made));
  });

  it('makes the key of an algorithm that an older version did not use, beside the one that it did', async () => {
    const { store } = fresh().world;
    const made = await open();
    await store.commit([remove(keyRing, 'saml-signing-es256-1')]);
    expect((await open()).map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
  });

  it('agrees on one ring when two start at once on an empty store', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    expect(contents(one)).toEqual(contents(two));
  });

  it('stores no private part in the open', async () => {
    for (const opened of await open()) {
      const record = await fresh().world.store.get(keyRing, opened.id);
      const body = Buffer.from(record?.sealed.split('.')[2] ?? '', 'base64url');
      const secret = bytesOf(opened);
      expect(body.length).toBe(secret.length + 16);
      expect(body.includes(secret.subarray(-16))).toBe(false);
      const { sealed: _sealed, ...open } = record ?? { sealed: '' };
      expect(JSON.stringify(open)).not.toContain(secret.toString('base64url'));
    }
  });

  it('does not open under another master key', async () => {
    await open();
    const other = masterKeyOf(Buffer.alloc(32, 9));
    await expect(openRing(fresh().world, sampleTurning(other))).rejects.toMatchObject({ code: 'key.unreadable' });
  });

  it('does not open a key that was copied over another', async () => {
    const { store } = fresh().world;
    const ring = await open();
    const read = (use: OpenedKey['use']) => store.get(keyRing, activeKey(ring, use).id);
    const [from, to] = [await read('pairwise'), await read('cookie-signing')];
    if (!from || !to) throw new TypeError('the ring was not stored');
    await store.commit([replace(keyRing, { ...to, sealed: from.sealed })]);
    await expect(open()).rejects.toMatchObject({ code: 'key.unreadable' });
  });

  it('leaves out keys that are gone', async () => {
    const { store } = fresh().world;
    const [first] = await open();
    const record = await store.get(keyRing, first?.id ?? '');
    if (!record) throw new TypeError('the ring is empty');
    await store.commit([replace(keyRing, { ...record, state: 'gone' })]);
    expect((await open()).map(({ id }) => id)).not.toContain(record.id);
  });
});

describe('activeKey', () => {
  const fresh = freshWorld();

  it('passes over keys of another use or state', async () => {
    const ring = await openRing(fresh().world, sampleTurning());
    const next = ring
      .filter(({ use }) => use === 'pairwise')
      .map((key) => ({ ...key, id: 'next', state: 'next' as const }));
    expect(activeKey([...next, ...ring], 'pairwise')).toMatchObject({ use: 'pairwise', state: 'active' });
    expect(activeKey(ring, 'cookie-signing').use).toBe('cookie-signing');
    expect(() => activeKey(next, 'pairwise')).toThrow('no active pairwise key');
  });
});
