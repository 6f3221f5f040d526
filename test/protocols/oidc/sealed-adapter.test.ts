import { describe, expect, it } from '@jest/globals';
import type { Adapter } from 'oidc-provider';
import { hours, minutes } from '../../../src/base/duration.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { adapterFor } from '../../../src/protocols/oidc/adapter.ts';
import { oidcRecordId, oidcRecords } from '../../../src/protocols/oidc/record.ts';
import { type SealedModel, sealingUnder } from '../../../src/protocols/oidc/sealed-value.ts';
import { usedCodeId, usedCodes } from '../../../src/protocols/oidc/used-code.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleSealingRing } from './sample-sealing-ring.ts';

const invalidGrant = { error: 'invalid_grant' };
const said = { clientId: 'kulasis', grantId: 'grant-1', accountId: 'account-1' };

describe('the adapter of sealed values', () => {
  const fresh = freshWorld(oidcRecords, usedCodes);
  const sealing = sealingUnder(sampleSealingRing(), systemIds);
  const of = (model: string, node = 'here'): Adapter => adapterFor(fresh().world, sealing, { name: node })(model);
  const issue = (model: SealedModel) =>
    sealing.seal(model, { ...said, node: 'here' }, fresh().clock.now() + minutes(1));
  const marks = (model: SealedModel, value: string) =>
    model === 'AuthorizationCode'
      ? fresh().world.store.get(usedCodes, usedCodeId(value, sealing.open(model, value)?.expiresAt ?? 0))
      : fresh().world.store.get(oidcRecords, oidcRecordId(model, value));
  const grantStands = async () => (await of('Grant').find('grant-1')) !== undefined;
  const begin = () => of('Grant').upsert('grant-1', { jti: 'grant-1' }, 600);

  it.each(['AuthorizationCode', 'AccessToken'] as const)('finds a %s that nobody has stored', async (model) => {
    const value = issue(model);
    expect(await of(model).find(value)).toMatchObject({ ...said, jti: value });
    expect(await marks(model, value)).toBeUndefined();
  });

  it.each(['AuthorizationCode', 'AccessToken'] as const)('finds no %s after its time', async (model) => {
    const value = issue(model);
    fresh().clock.advance(minutes(1));
    expect(await of(model).find(value)).toBeUndefined();
  });

  it('finds a code of another node for a minute more, and an access token no longer', async () => {
    const code = sealing.seal('AuthorizationCode', { ...said, exp: 60 }, fresh().clock.now() + minutes(1));
    const token = issue('AccessToken');
    fresh().clock.advance(minutes(2) - 1);
    expect(await of('AuthorizationCode', 'there').find(code)).toMatchObject({ ...said, exp: 120, jti: code });
    expect(await of('AccessToken', 'there').find(token)).toBeUndefined();
    fresh().clock.advance(1);
    expect(await of('AuthorizationCode', 'there').find(code)).toBeUndefined();
  });

  it('says of no login that it will be, where the clock of another node is ahead', async () => {
    const now = Math.floor(fresh().clock.now() / 1000);
    const issuedAt = (authTime: number) =>
      sealing.seal('AuthorizationCode', { ...said, authTime, node: 'there' }, fresh().clock.now() + minutes(1));
    expect(await of('AuthorizationCode').find(issuedAt(now + 60))).toMatchObject({ authTime: now });
    expect(await of('AuthorizationCode').find(issuedAt(now - 60))).toMatchObject({ authTime: now - 60 });
  });

  it('finds no code as an access token, and no access token as a code', async () => {
    expect(await of('AccessToken').find(issue('AuthorizationCode'))).toBeUndefined();
    expect(await of('AuthorizationCode').find(issue('AccessToken'))).toBeUndefined();
  });

  it('opens a used code still, and lets nobody use it again', async () => {
    const value = issue('AuthorizationCode');
    await of('AuthorizationCode').consume(value);
    expect(await of('AuthorizationCode').find(value)).toMatchObject({ ...said, jti: value });
    await expect(of('AuthorizationCode').consume(value)).rejects.toMatchObject(invalidGrant);
  });

  it('lets one of twenty use a code that they present at once, and takes the grant from all', async () => {
    await begin();
    const value = issue('AuthorizationCode');
    const used = await Promise.allSettled(Array.from({ length: 20 }, () => of('AuthorizationCode').consume(value)));
    expect(used.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of used) if (result.status === 'rejected') expect(result.reason).toMatchObject(invalidGrant);
    expect(await grantStands()).toBe(false);
  });

  it('knows a used code still, when what it gave was taken back', async () => {
    await begin();
    const value = issue('AuthorizationCode');
    await of('AuthorizationCode').consume(value);
    await expect(of('AuthorizationCode').consume(value)).rejects.toMatchObject(invalidGrant);
    expect(await grantStands()).toBe(false);
    await expect(of('AuthorizationCode').consume(value)).rejects.toMatchObject(invalidGrant);
  });

  it('knows a used code still, when a clock that was ahead has been put right after a sweep', async () => {
    const value = issue('AuthorizationCode');
    await of('AuthorizationCode').consume(value);
    fresh().clock.advance(hours(1));
    await fresh().world.store.sweep(1_000);
    fresh().clock.advance(-hours(1));
    await expect(of('AuthorizationCode').consume(value)).rejects.toMatchObject(invalidGrant);
  });

  it('keeps nothing of a mark for good', async () => {
    const value = issue('AuthorizationCode');
    await of('AuthorizationCode').consume(value);
    fresh().clock.advance(minutes(1) + hours(1));
    expect(await marks('AuthorizationCode', value)).toBeUndefined();
  });

  it('refuses to use what it did not seal', async () => {
    await expect(of('AuthorizationCode').consume(issue('AccessToken'))).rejects.toMatchObject(invalidGrant);
    expect(await fresh().world.store.sweep(1_000)).toBe(0);
  });

  it('finds a revoked access token no more, also when it is revoked twice, and finds its like', async () => {
    const value = issue('AccessToken');
    const other = issue('AccessToken');
    await of('AccessToken').destroy(value);
    await of('AccessToken').destroy(value);
    expect(await of('AccessToken').find(value)).toBeUndefined();
    expect(await of('AccessToken').find(other)).toBeDefined();
  });

  it('does not mind being asked to forget what it never sealed', async () => {
    await expect(of('AccessToken').destroy('1.nothing')).resolves.toBeUndefined();
  });

  it('stores no value with which somebody could come', async () => {
    const value = issue('AuthorizationCode');
    await of('AuthorizationCode').consume(value);
    expect(JSON.stringify(await marks('AuthorizationCode', value))).not.toContain(value.slice(2, 40));
  });

  it('keeps the marks of used codes in the order in which the codes end', async () => {
    const soon = usedCodeId('b', Date.UTC(2026, 3, 1));
    const later = usedCodeId('a', Date.UTC(2026, 3, 1) + 1);
    const muchLater = usedCodeId('0', Date.UTC(2100, 0, 1));
    expect([later, muchLater, soon].sort()).toEqual([soon, later, muchLater]);
  });
});
