import { describe, expect, it } from '@jest/globals';
import type { AdapterPayload } from 'oidc-provider';
import { systemIds } from '../../../src/base/ids.ts';
import { adapterFor } from '../../../src/protocols/oidc/adapter.ts';
import { oidcRecordId, oidcRecords } from '../../../src/protocols/oidc/record.ts';
import { revokeGrant } from '../../../src/protocols/oidc/revoke-grant.ts';
import { sealingUnder } from '../../../src/protocols/oidc/sealed-value.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleSealingRing } from './sample-sealing-ring.ts';

const code = 'a-code-of-256-random-bits';
const invalidGrant = { error: 'invalid_grant' };

describe('the adapter', () => {
  const fresh = freshWorld(oidcRecords);
  const sealing = sealingUnder(sampleSealingRing(), systemIds);
  const of = (model: string, node = 'here') => adapterFor(fresh().world, sealing, { name: node })(model);
  const payload = (wishes: AdapterPayload = {}): AdapterPayload => ({
    jti: code,
    grantId: 'grant-1',
    iat: 1,
    ...wishes,
  });
  const storedText = async (model: string, id: string) =>
    JSON.stringify(await fresh().world.store.get(oidcRecords, oidcRecordId(model, id)));

  it('gives back what was stored, with its id', async () => {
    await of('AuthorizationCode').upsert(code, payload({ scope: 'openid' }), 60);
    expect(await of('AuthorizationCode').find(code)).toEqual({
      jti: code,
      grantId: 'grant-1',
      iat: 1,
      scope: 'openid',
    });
  });

  it.each(['AuthorizationCode', 'AccessToken', 'RefreshToken', 'Interaction', 'PushedAuthorizationRequest'])(
    'stores of a %s nothing with which somebody could present it',
    async (model) => {
      const returnTo = `https://sekisho.example/oidc/auth/${code}`;
      await of(model).upsert(code, payload({ returnTo }), 60);
      const stored = await storedText(model, code);
      expect(stored).toContain('grant-1');
      expect(stored).not.toContain(code);
      expect(await of(model).find(code)).toMatchObject({ jti: code, returnTo });
    },
  );

  it('finds nothing by what the store holds, under another model, or after its time', async () => {
    await of('AccessToken').upsert(code, payload(), 60);
    const [record] = (await fresh().world.store.find(oidcRecords, { index: 'byGrant', equals: ['grant-1'] })).records;
    const digest = record?.id.split(':')[1] ?? '';
    expect(digest).not.toBe('');
    expect(await of('AccessToken').find(digest)).toBeUndefined();
    expect(await of('AccessToken').find(record?.id ?? '')).toBeUndefined();
    expect(await of('RefreshToken').find(code)).toBeUndefined();
    fresh().clock.advance(60_000);
    expect(await of('AccessToken').find(code)).toBeUndefined();
  });

  it.each(['AuthorizationCode', 'PushedAuthorizationRequest'])(
    'has a %s of another node end a minute later, and one of its own when it says',
    async (model) => {
      await of(model).upsert(code, payload({ exp: 60 }), 60);
      fresh().clock.advance(119_999);
      expect(await of(model).find(code)).toMatchObject({ exp: 60 });
      expect(await of(model, 'there').find(code)).toMatchObject({ exp: 120 });
      fresh().clock.advance(1);
      expect(await of(model, 'there').find(code)).toBeUndefined();
    },
  );

  it('remembers a client assertion for as long as a clock that is a minute behind lets it pass', async () => {
    await of('ReplayDetection').upsert(code, { iss: 'kulasis' }, 60);
    fresh().clock.advance(60_000);
    await fresh().world.store.sweep(1_000);
    fresh().clock.advance(-60_000);
    expect(await of('ReplayDetection').find(code)).toBeDefined();
  });

  it.each([59.0625, 1e300, Number.POSITIVE_INFINITY])(
    'remembers a client assertion that ends in %d s',
    async (seconds) => {
      await of('ReplayDetection').upsert(code, payload(), seconds);
      fresh().clock.advance(59_000);
      expect(await of('ReplayDetection').find(code)).toBeDefined();
    },
  );

  it('writes an interaction again under the same id', async () => {
    await of('Interaction').upsert(code, payload({ scope: 'one' }), 60);
    await of('Interaction').upsert(code, payload({ scope: 'two' }), 60);
    expect(await of('Interaction').find(code)).toMatchObject({ scope: 'two' });
  });

  it('keeps the id of a pushed request to who presents the id', async () => {
    await of('Interaction').upsert(code, payload({ parJti: 'the pushed request' }), 60);
    expect(await storedText('Interaction', code)).not.toContain('the pushed request');
    expect(await of('Interaction').find(code)).toMatchObject({ parJti: 'the pushed request' });
  });

  it.each(['AccessToken', 'Grant'])('refuses to write a %s over another', async (model) => {
    await of(model).upsert(code, payload(), 60);
    await expect(of(model).upsert(code, payload(), 60)).rejects.toMatchObject({ code: 'store.duplicate' });
  });

  it('takes a client assertion once', async () => {
    await of('ReplayDetection').upsert(code, { iss: 'kulasis' }, 60);
    await expect(of('ReplayDetection').upsert(code, { iss: 'kulasis' }, 60)).rejects.toMatchObject({
      error: 'invalid_client',
    });
  });

  it('forgets what was destroyed, and nothing else', async () => {
    await of('RefreshToken').upsert(code, payload(), 60);
    await of('RefreshToken').upsert('other', payload({ jti: 'other' }), 60);
    await of('RefreshToken').destroy(code);
    await of('RefreshToken').destroy('never there');
    expect(await of('RefreshToken').find(code)).toBeUndefined();
    expect(await of('RefreshToken').find('other')).toBeDefined();
  });

  describe('consuming a code', () => {
    const begin = async () => {
      await of('Grant').upsert('grant-1', { jti: 'grant-1' }, 600);
      await of('AuthorizationCode').upsert(code, payload(), 60);
    };
    const issue = () => of('AccessToken').upsert('token', payload({ jti: 'token' }), 600);

    it('marks it with the second in which it was used', async () => {
      await begin();
      await of('AuthorizationCode').consume(code);
      expect(await of('AuthorizationCode').find(code)).toMatchObject({
        jti: code,
        consumed: Math.floor(fresh().clock.now() / 1000),
      });
    });

    it('is refused a second time, and takes back what the first time gave', async () => {
      await begin();
      await of('AuthorizationCode').consume(code);
      await issue();
      await expect(of('AuthorizationCode').consume(code)).rejects.toMatchObject(invalidGrant);
      expect(await of('AccessToken').find('token')).toBeUndefined();
      expect(await of('Grant').find('grant-1')).toBeUndefined();
    });

    it('succeeds once of twenty times at once, and ends the grant', async () => {
      await begin();
      const consumed = await Promise.allSettled(
        Array.from({ length: 20 }, () => of('AuthorizationCode').consume(code)),
      );
      expect(consumed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await of('Grant').find('grant-1')).toBeUndefined();
    });

    it('is refused where there is none', async () => {
      await expect(of('AuthorizationCode').consume(code)).rejects.toMatchObject(invalidGrant);
    });
  });

  it('revokes everything under a grant, beyond the first page, and nothing under another', async () => {
    const ids = Array.from({ length: 130 }, (_, i) => `token-${i}`);
    for (const id of ids) await of('AccessToken').upsert(id, payload({ jti: id }), 60);
    await of('AccessToken').upsert('other', payload({ jti: 'other', grantId: 'grant-2' }), 60);
    await of('Grant').upsert('grant-1', { jti: 'grant-1' }, 60);
    await revokeGrant(fresh().world, 'grant-1');
    expect(await fresh().world.store.count(oidcRecords, { index: 'byGrant', equals: ['grant-1'] })).toBe(0);
    expect(await of('Grant').find('grant-1')).toBeUndefined();
    expect(await of('AccessToken').find('other')).toBeDefined();
  });
});
