import { describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { credentials, type RecoveryCodes } from '../../../src/core/credentials/credential.ts';
import { recoveryCodesId } from '../../../src/core/credentials/recovery-codes.ts';
import { trustedBrowsers } from '../../../src/core/credentials/trusted-browser.ts';
import { listNotices } from '../../../src/core/notices/list.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { remove, replace } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { passwordUse, sampleConnection, sampleSession, startInstant } from '../sample-records.ts';
import { useOf } from '../sample-uses.ts';
import { askFreshly, proven, settle, settleSomebodyElse, totpUse } from './own-stage.ts';

const fresh = freshWorld();

const appIds = async () => {
  const { records } = await fresh().world.store.find(credentials, {
    index: 'byAccount',
    equals: ['account-1', 'totp'],
  });
  return records.map(({ id }) => id);
};

const codes: RecoveryCodes = {
  id: recoveryCodesId('account-1'),
  accountId: 'account-1',
  kind: 'recovery-code',
  madeAt: startInstant,
  codes: ['x'],
};

const topics = async () => (await listNotices(fresh().world)).records.map(({ topic }) => topic);

describe('a name', () => {
  it('is given to a factor, which stays what it is', async () => {
    await settle(fresh(), ['totp-1'], proven);
    const before = await fresh().world.store.get(credentials, 'totp-1');
    const door = await askFreshly(fresh());
    expect(await door.rename('totp-1', '研究室')).toBe('renamed');
    expect(await fresh().world.store.get(credentials, 'totp-1')).toEqual({ ...before, name: '研究室', version: 2 });
  });

  it.each(['their-app', 'account-1:password', 'nothing'])('is given to no %s', async (id) => {
    await settle(fresh(), ['totp-1'], proven);
    await settleSomebodyElse(fresh());
    expect(await (await askFreshly(fresh())).rename(id, 'x')).toBe('not_found');
    expect(await (await askFreshly(fresh())).factor(id)).toBeUndefined();
  });
});

describe('removing a factor', () => {
  it('takes it away, writes that down, and tells every known address', async () => {
    await settle(fresh(), ['totp-1', 'totp-2'], proven);
    expect(await (await askFreshly(fresh())).remove('totp-2')).toEqual({ kind: 'removed' });
    expect(await appIds()).toEqual(['totp-1']);
    expect(await fresh().audited()).toEqual([{ type: 'factor.removed', accountId: 'account-1', kind: 'totp' }]);
    expect(await topics()).toEqual(['factor_removed']);
  });

  it.each(['their-app', 'account-1:password', recoveryCodesId('account-1')])('does not take %s', async (id) => {
    await settle(fresh(), ['totp-1'], proven);
    await settleSomebodyElse(fresh());
    await fresh().put(credentials, codes);
    expect(await (await askFreshly(fresh())).remove(id)).toEqual({ kind: 'not_found' });
    expect(await fresh().world.store.get(credentials, id)).toBeDefined();
  });

  it('ends the other sessions that were entered with it, and those alone; the present one forgets it', async () => {
    await settle(fresh(), ['totp-1', 'totp-2'], { factors: [passwordUse(), totpUse(startInstant, 'totp-2')] });
    await fresh().put(
      sessions,
      sampleSession({ id: 'with-it', factors: [passwordUse(), totpUse(startInstant, 'totp-2')] }),
    );
    await fresh().put(sessions, sampleSession({ id: 'without', factors: proven.factors }));
    await (await askFreshly(fresh())).remove('totp-2');
    const { store } = fresh().world;
    expect(await store.get(sessions, 'with-it')).toBeUndefined();
    expect(await store.get(sessions, 'without')).toMatchObject({ factors: proven.factors });
    expect(await store.get(sessions, 'session-1')).toMatchObject({ factors: [passwordUse()] });
  });

  it('takes with the last one the codes and the trust that only stood in for it', async () => {
    await settle(fresh(), ['totp-1', 'totp-2'], proven);
    await fresh().put(credentials, codes);
    const browser = { id: 'b', accountId: 'account-1', device: { userAgent: '', address: '' }, createdAt: 1 };
    await fresh().put(trustedBrowsers, { ...browser, expiresAt: startInstant * 2 });
    const { store } = fresh().world;
    const door = await askFreshly(fresh());
    await door.remove('totp-2');
    expect(await store.get(credentials, codes.id)).toBeDefined();
    expect(await store.get(trustedBrowsers, 'b')).toBeDefined();
    await door.remove('totp-1');
    expect(await store.get(credentials, codes.id)).toBeUndefined();
    expect(await store.get(trustedBrowsers, 'b')).toBeUndefined();
  });

  it('is refused for the last one that a service of theirs needs, and names the service', async () => {
    await settle(fresh(), ['totp-1', 'totp-2'], proven);
    await fresh().put(connections, sampleConnection({ requiredLevel: 'mfa' }));
    await fresh().put(credentials, codes);
    const door = await askFreshly(fresh());
    expect(await door.neededBy('totp-1')).toEqual([]);
    expect(await door.remove('totp-1')).toEqual({ kind: 'removed' });
    expect(await door.neededBy('totp-2')).toMatchObject([{ id: 'kulasis' }]);
    expect(await door.remove('totp-2')).toMatchObject({ kind: 'needed', by: [{ id: 'kulasis' }] });
    expect(await appIds()).toEqual(['totp-2']);
  });

  it.each([
    ['is for others', { audience: { roles: ['staff' as const] } }],
    ['is suspended', { state: 'suspended' as const }],
    ['asks for less', { requiredLevel: 'sfa' as const }],
    ['could not be entered with it either', { requiredLevel: 'phishing-resistant' as const }],
  ])('is not refused for a service that %s', async (_title, wishes) => {
    await settle(fresh(), ['totp-1'], proven);
    await fresh().put(connections, sampleConnection({ requiredLevel: 'mfa', ...wishes }));
    expect(await (await askFreshly(fresh())).remove('totp-1')).toEqual({ kind: 'removed' });
  });

  it('leaves one of two that are taken away at the same moment in two browsers, where one is needed', async () => {
    const byCode = { factors: [passwordUse(), useOf('recovery-code')] };
    await settle(fresh(), ['totp-1', 'totp-2'], byCode);
    await fresh().put(sessions, sampleSession({ id: 'session-2', ...byCode }));
    await fresh().put(connections, sampleConnection({ requiredLevel: 'mfa' }));
    const [here, there] = [await askFreshly(fresh()), await askFreshly(fresh(), 'session-2')];
    const outcomes = await Promise.all([here.remove('totp-1'), there.remove('totp-2')]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['needed', 'removed']);
    expect(await appIds()).toHaveLength(1);
  });

  it('is not done any more when the session has ended meanwhile', async () => {
    await settle(fresh(), ['totp-1'], proven);
    const door = await askFreshly(fresh());
    await fresh().world.store.commit([remove(sessions, 'session-1')]);
    await expect(door.remove('totp-1')).rejects.toMatchObject({ code: 'session.not_found' });
    expect(await appIds()).toEqual(['totp-1']);
  });
});

describe('new recovery codes', () => {
  it('replace those before, and are told of by mail', async () => {
    await settle(fresh(), ['totp-1'], proven);
    await fresh().put(credentials, codes);
    expect(await (await askFreshly(fresh())).renewRecoveryCodes()).toBe(true);
    expect(await fresh().world.store.get(credentials, codes.id)).not.toMatchObject({ codes: ['x'] });
    expect(await topics()).toEqual(['recovery_codes_renewed']);
  });

  it('are read until they are kept, or are good no more', async () => {
    await settle(fresh(), ['totp-1'], proven);
    const own = await askFreshly(fresh());
    await own.renewRecoveryCodes();
    expect(await own.newRecoveryCodes()).toHaveLength(10);
    expect(await own.newRecoveryCodes()).toEqual(await own.newRecoveryCodes());
    const made = await fresh().world.store.get(credentials, codes.id);
    const others = { ...codes, madeAt: codes.madeAt - 1, version: made?.version ?? 0 };
    await fresh().world.store.commit([replace(credentials, others)]);
    expect(await own.newRecoveryCodes()).toBeUndefined();
    await own.renewRecoveryCodes();
    await own.keepRecoveryCodes();
    expect(await own.newRecoveryCodes()).toBeUndefined();
  });

  it('are made once where the button is pressed twice', async () => {
    await settle(fresh(), ['totp-1'], proven);
    const own = await askFreshly(fresh());
    expect(await Promise.all([own.renewRecoveryCodes(), own.renewRecoveryCodes()])).toEqual([true, true]);
    expect(await own.newRecoveryCodes()).toHaveLength(10);
    expect(await topics()).toEqual(['recovery_codes_renewed']);
  });

  it('are not made where there is nothing that they could stand in for', async () => {
    await settle(fresh());
    expect(await (await askFreshly(fresh())).renewRecoveryCodes()).toBe(false);
    expect(await fresh().world.store.get(credentials, codes.id)).toBeUndefined();
  });
});
