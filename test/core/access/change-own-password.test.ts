import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { passwordOf } from '../../../src/core/credentials/credential.ts';
import { setPassword } from '../../../src/core/credentials/set-password.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { sessionByToken, sessionsOf } from '../../../src/core/sessions/keep.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { goodPassword } from '../../support/sekisho.ts';
import { freshWorld } from '../fresh-world.ts';
import { samplePerson, sampleSession } from '../sample-records.ts';
import { askFreshly, proven, self, settle, totpUse } from './own-stage.ts';

const fresh = freshWorld();
const device = { userAgent: 'Firefox', address: '192.0.2.1' };
const another = 'Nanzen29jiSui';

const change = async (current: string, password = another) =>
  (await askFreshly(fresh())).changePassword({ current, password, device });

const isPassword = async (text: string) => {
  const known = await passwordOf(fresh().world.store, 'account-1');
  return fresh().hasher.matches(known?.hash, text);
};

describe('a new password of one’s own', () => {
  it('is set by whoever knows the present one', async () => {
    await settle(fresh(), ['totp-1'], proven);
    expect(await change(goodPassword)).toMatchObject({ kind: 'set' });
    expect(await isPassword(another)).toBe(true);
    expect(await fresh().audited()).toContainEqual({ type: 'password.set', accountId: 'account-1', by: 'self' });
  });

  it('ends every session, and gives this browser a new one with what was proven', async () => {
    await settle(fresh(), ['totp-1'], proven);
    await fresh().put(sessions, sampleSession({ id: 'session-2' }));
    const outcome = await change(goodPassword);
    const { world, clock } = fresh();
    const left = await sessionsOf(world, 'account-1');
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({
      factors: [totpUse(), { kind: 'password', at: clock.now(), preset: 'kyoto' }],
      participants: [],
    });
    if (outcome.kind !== 'set') throw new Error(outcome.kind);
    expect(await sessionByToken(world, outcome.sessionToken ?? '')).toMatchObject({ id: left[0]?.id });
    expect(left[0]?.tokenDigest).toBe(digestOf(outcome.sessionToken ?? ''));
  });

  it.each(['not the password', 'x'.repeat(300)])('is not set without it: %s', async (current) => {
    await settle(fresh());
    expect(await change(current)).toEqual({ kind: 'wrong' });
    expect(await isPassword(goodPassword)).toBe(true);
    expect(await fresh().audited()).toEqual([{ type: 'login.failed', accountId: 'account-1' }]);
  });

  it('takes the present one as it is written on another keyboard', async () => {
    await settle(fresh());
    const wide = goodPassword.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    expect(await change(wide)).toMatchObject({ kind: 'set' });
  });

  it('is not the present one once more', async () => {
    await settle(fresh());
    expect(await change(goodPassword, goodPassword)).toEqual({ kind: 'unchanged' });
  });

  it('is refused with every reason, and nothing has ended', async () => {
    await settle(fresh());
    const outcome = await change(goodPassword, 'hanako');
    expect(outcome).toMatchObject({
      kind: 'refused',
      problems: expect.arrayContaining(['too_short', 'contains_name']),
    });
    expect(await sessionsOf(fresh().world, 'account-1')).toHaveLength(1);
  });

  it('slows down whoever guesses at the present one, and counts no try that was right', async () => {
    await settle(fresh());
    for (let tries = 0; tries < 5; tries += 1) await change(goodPassword, 'hanako');
    for (let tries = 0; tries < 3; tries += 1) expect(await change('wrong')).toEqual({ kind: 'wrong' });
    expect(await change(goodPassword)).toMatchObject({ kind: 'throttled' });
    fresh().clock.advance(5_000);
    expect(await change(goodPassword)).toMatchObject({ kind: 'set' });
  });

  it('does not overwrite one that was set after the present one was compared', async () => {
    await settle(fresh());
    const { world, hasher, masterKey } = fresh();
    const account = await world.store.get(accounts, 'account-1');
    if (!account) throw new Error('there is no account');
    const keeping = { hasher, preset: 'kyoto', derivedSessions: [], masterKey } as const;
    const change = { account, person: samplePerson(), password: another, by: 'self', edition: 'edition-0' } as const;
    await expect(setPassword(world, keeping, self, change)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await isPassword(goodPassword)).toBe(true);
  });
});
