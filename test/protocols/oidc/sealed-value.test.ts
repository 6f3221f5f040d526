import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { isSealed, type Sealing, sealingUnder } from '../../../src/protocols/oidc/sealed-value.ts';
import { sampleSealingRing } from './sample-sealing-ring.ts';

const said = {
  iat: 1_790_000_000,
  clientId: 'kulasis',
  accountId: 'account-1',
  grantId: 'grant-1',
  expiresWithSession: true,
  amr: ['pwd'],
  claims: { userinfo: { name: null } },
};
const expiresAt = 1_790_000_060_000;
const under = (...states: Parameters<typeof sampleSealingRing>[0] & object): Sealing =>
  sealingUnder(sampleSealingRing(states), systemIds);

describe('a sealed value', () => {
  const sealing = under('active');
  const value = sealing.seal('AuthorizationCode', said, expiresAt);

  it('gives back what was said, fields that few values have among it, and when it ends', () => {
    expect(sealing.open('AuthorizationCode', value)).toEqual({ said, expiresAt });
  });

  it('says the same when it is opened again, and to who did not seal it', () => {
    const ring = sampleSealingRing();
    const issuer = sealingUnder(ring, systemIds);
    const code = issuer.seal('AuthorizationCode', said, expiresAt);
    const opened = issuer.open('AuthorizationCode', code);
    expect(issuer.open('AuthorizationCode', code)).toEqual(opened);
    expect(sealingUnder(ring, systemIds).open('AuthorizationCode', code)).toEqual(opened);
  });

  it('leaves out what the value itself tells, and what says nothing', () => {
    const more = { ...said, jti: 'jti', kind: 'AuthorizationCode', nonce: undefined, acr: null };
    expect(sealing.open('AuthorizationCode', sealing.seal('AuthorizationCode', more, expiresAt))?.said).toEqual(said);
  });

  it('shows nothing of it, and never looks the same twice', () => {
    const [, body = ''] = value.split('.');
    expect(Buffer.from(body, 'base64url').toString('latin1')).not.toMatch(/kulasis|account-1|grant-1/);
    expect(sealing.seal('AuthorizationCode', said, expiresAt)).not.toBe(value);
  });

  it('is told from the id of a record, and from a JWT', () => {
    expect(isSealed(value)).toBe(true);
    expect(isSealed(systemIds.token())).toBe(false);
    expect(value.split('.')).toHaveLength(2);
  });

  it('is refused after one flipped character, whichever it is', () => {
    const opened = [...value].map((character, place) => {
      const flipped = character === 'A' ? 'B' : 'A';
      return sealing.open('AuthorizationCode', value.slice(0, place) + flipped + value.slice(place + 1));
    });
    expect(opened.filter((found) => found !== undefined)).toEqual([]);
  });

  it('is refused in any other spelling of the same bytes', () => {
    const [serial = '', body = ''] = value.split('.');
    const bytes = Buffer.from(body, 'base64url');
    const spellings = [
      `${serial}.${bytes.toString('base64')}=`,
      `${serial}.${body}=`,
      `${serial}.${body.slice(0, 9)} ${body.slice(9)}`,
      `0${serial}.${body}`,
      `${value}.`,
      `${value}.x`,
      ` ${value}`,
    ];
    for (const spelling of spellings) {
      expect({ spelling, opened: sealing.open('AuthorizationCode', spelling) }).toEqual({
        spelling,
        opened: undefined,
      });
    }
  });

  it.each(['AccessToken', 'LogoutQuestion'] as const)('is refused as %s', (model) => {
    expect(sealing.open(model, value)).toBeUndefined();
  });

  it('is refused under a foreign key of the same name', () => {
    const [key] = sampleSealingRing();
    if (!key) throw new Error('no key');
    const foreign = sealingUnder([{ ...key, key: createSecretKey(Buffer.alloc(32, 99)) }], systemIds);
    expect(foreign.open('AuthorizationCode', value)).toBeUndefined();
  });

  it.each(['', '.', '1', '1.', 'x.y', `1.${'A'.repeat(38)}`, `1.${'A'.repeat(400)}`])('is not %j', (other) => {
    expect(sealing.open('AuthorizationCode', other)).toBeUndefined();
  });
});

describe('a sealed value across the turning of keys', () => {
  it('is refused as the code of a version that marks its use elsewhere', () => {
    const [key] = sampleSealingRing(['active']);
    if (!key) throw new Error('no key');
    const sealedAs = (form: number): string => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key.key, nonce, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(`AuthorizationCode ${form} ${key.id}`));
      const body = [nonce, cipher.update(JSON.stringify([expiresAt, { clientId: 'kulasis' }])), cipher.final()];
      return `${key.serial}.${Buffer.concat([...body, cipher.getAuthTag()]).toString('base64url')}`;
    };
    expect(under('active').open('AuthorizationCode', sealedAs(3))?.said).toEqual({ clientId: 'kulasis' });
    expect(under('active').open('AuthorizationCode', sealedAs(2))).toBeUndefined();
  });

  it('opens on a node that still seals with the key before, and on one that has gone on', () => {
    const before = under('active', 'next');
    const after = under('retiring', 'active');
    const old = before.seal('AccessToken', said, expiresAt);
    const fresh = after.seal('AccessToken', said, expiresAt);
    expect(fresh.slice(0, 2)).not.toBe(old.slice(0, 2));
    expect(after.open('AccessToken', old)?.said).toEqual(said);
    expect(before.open('AccessToken', fresh)?.said).toEqual(said);
  });

  it('does not open once its key is gone', () => {
    const old = under('active').seal('AccessToken', said, expiresAt);
    const [, ...later] = sampleSealingRing(['gone', 'active']);
    expect(sealingUnder(later, systemIds).open('AccessToken', old)).toBeUndefined();
  });
});
