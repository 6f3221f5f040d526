import { describe, expect, it } from '@jest/globals';
import { hours, minutes } from '../../../src/base/duration.ts';
import { ownAccount } from '../../../src/core/access/own-account.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import { trustedBrowsers } from '../../../src/core/credentials/trusted-browser.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { replace } from '../../../src/store/port.ts';
import { heldApp } from '../../support/authenticator-app.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleSession, startInstant } from '../sample-records.ts';
import { ask, meansOf, proven, self, settle, settleSomebodyElse, totpUse } from './own-stage.ts';

const fresh = freshWorld();

const trust = (id: string, accountId: string) => ({
  id,
  accountId,
  device: { userAgent: 'Firefox', address: '192.0.2.1' },
  createdAt: startInstant,
  expiresAt: startInstant + hours(1),
});

describe('authority over one’s own account', () => {
  it.each(['no-session', undefined])('is given to nobody without a session (%s)', async (id) => {
    await settle(fresh());
    expect(await ownAccount(meansOf(fresh()), self, id)).toBeNull();
  });

  it('is given to nobody whose session is over', async () => {
    await settle(fresh());
    fresh().clock.advance(hours(3));
    expect(await ownAccount(meansOf(fresh()), self, 'session-1')).toBeNull();
  });

  it('is given to nobody whose account is suspended, were a session left over', async () => {
    await settle(fresh());
    const { world } = fresh();
    const account = await world.store.get(accounts, 'account-1');
    if (account) await world.store.commit([replace(accounts, { ...account, state: 'suspended' })]);
    expect(await ownAccount(meansOf(fresh()), self, 'session-1')).toBeNull();
  });

  it('shows what is its own: credentials, sessions and trusted browsers', async () => {
    await settle(fresh(), ['totp-1']);
    await settleSomebodyElse(fresh());
    await fresh().put(trustedBrowsers, trust('own-browser', 'account-1'));
    await fresh().put(trustedBrowsers, trust('their-browser', 'account-2'));
    const own = await ask(fresh());
    expect((await own.credentials()).map(({ id }) => id)).toEqual(['account-1:password', 'totp-1']);
    expect((await own.sessions()).map(({ id }) => id)).toEqual(['session-1']);
    expect((await own.trustedBrowsers()).map(({ id }) => id)).toEqual(['own-browser']);
  });

  it('ends a session of its own, and says who did it', async () => {
    await settle(fresh());
    await fresh().put(sessions, sampleSession({ id: 'session-2' }));
    expect(await (await ask(fresh())).endSession('session-2')).toBe('ended');
    expect(await fresh().world.store.get(sessions, 'session-2')).toBeUndefined();
    expect(await fresh().audited()).toEqual([
      { type: 'session.ended', accountId: 'account-1', cause: 'ended_by_owner' },
    ]);
  });

  it('ends no session and no trust of somebody else', async () => {
    await settle(fresh());
    await settleSomebodyElse(fresh());
    await fresh().put(trustedBrowsers, trust('their-browser', 'account-2'));
    const own = await ask(fresh());
    expect(await own.endSession('their-session')).toBe('not_found');
    expect(await own.endTrust('their-browser')).toBe('not_found');
    expect(await fresh().world.store.get(sessions, 'their-session')).toBeDefined();
    expect(await fresh().world.store.get(trustedBrowsers, 'their-browser')).toBeDefined();
    expect(await fresh().audited()).toEqual([]);
  });

  it('ends all other sessions, and keeps the one in which it was asked', async () => {
    await settle(fresh());
    await settleSomebodyElse(fresh());
    for (const id of ['session-2', 'session-3']) await fresh().put(sessions, sampleSession({ id }));
    const own = await ask(fresh());
    await own.endOtherSessions();
    expect((await own.sessions()).map(({ id }) => id)).toEqual(['session-1']);
    expect(await fresh().world.store.get(sessions, 'their-session')).toBeDefined();
  });

  it('ends the trust in a browser', async () => {
    await settle(fresh());
    await fresh().put(trustedBrowsers, trust('own-browser', 'account-1'));
    const own = await ask(fresh());
    expect(await own.endTrust('own-browser')).toBe('ended');
    expect(await own.trustedBrowsers()).toEqual([]);
  });

  it('tells of its own account alone, within the bounds that were asked', async () => {
    await settle(fresh());
    await settleSomebodyElse(fresh());
    await fresh().put(sessions, sampleSession({ id: 'session-2' }));
    await (await ask(fresh())).endSession('session-2');
    const theirs = await ownAccount(meansOf(fresh()), { ...self, id: 'account-2' }, 'their-session');
    const now = fresh().clock.now();
    const asked = { from: now, below: now + 1, limit: 10 };
    expect((await (await ask(fresh())).activity(asked)).records).toHaveLength(1);
    expect((await theirs?.activity(asked))?.records).toEqual([]);
    expect((await (await ask(fresh())).activity({ ...asked, from: now + 1, below: now + 2 })).records).toEqual([]);
  });
});

describe('the door to what changes how the account is entered', () => {
  it('is open for ten minutes after both factors were shown', async () => {
    await settle(fresh(), ['totp-1'], proven);
    fresh().clock.advance(minutes(10));
    expect(await (await ask(fresh())).freshly()).not.toBeNull();
    fresh().clock.advance(1);
    expect(await (await ask(fresh())).freshly()).toBeNull();
  });

  it('is closed to a password alone once there is a second factor', async () => {
    await settle(fresh());
    expect(await (await ask(fresh())).freshly()).not.toBeNull();
    const { put, masterKey } = fresh();
    await put(credentials, heldApp(masterKey, 'account-1'));
    expect(await (await ask(fresh())).freshly()).toBeNull();
  });

  it('is closed to a second factor alone', async () => {
    await settle(fresh(), ['totp-1'], { factors: [totpUse()] });
    expect(await (await ask(fresh())).freshly()).toBeNull();
  });
});
