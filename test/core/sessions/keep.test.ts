import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { hours, minutes } from '../../../src/base/duration.ts';
import { DomainError } from '../../../src/base/errors.ts';
import {
  noteSeen,
  planEntry,
  planRise,
  planStart,
  sessionById,
  sessionByToken,
} from '../../../src/core/sessions/keep.ts';
import { type Session, sessions } from '../../../src/core/sessions/session.ts';
import type { Stored } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { passwordUse, sampleAccount, sampleParticipant, sampleSession, startInstant } from '../sample-records.ts';

const lifetimes = { absoluteLifetime: hours(12), idleLifetime: hours(2) };
const device = { userAgent: 'Firefox', address: '192.0.2.1' };

describe('planStart', () => {
  const fresh = freshWorld();

  it('starts a session that is found by its token, and stores only the digest of that', async () => {
    const { world } = fresh();
    const { session, token, write } = planStart(world, lifetimes, sampleAccount(), [passwordUse()], device);
    await world.store.commit([write]);
    expect(await sessionByToken(world, token)).toMatchObject({ id: session.id, accountId: 'account-1', device });
    expect(await sessionByToken(world, session.tokenDigest)).toBeUndefined();
    expect(JSON.stringify(write)).not.toContain(token);
  });

  it.each([
    ['after its absolute lifetime', {}, startInstant + hours(12), startInstant + hours(2)],
    ['with its account', { expiresAt: startInstant + hours(3) }, startInstant + hours(3), startInstant + hours(2)],
    [
      'with its account, even before it is idle',
      { expiresAt: startInstant + hours(1) },
      startInstant + hours(1),
      startInstant + hours(1),
    ],
  ])('ends %s', (_when, account, endsAt, expiresAt) => {
    const { session } = planStart(fresh().world, lifetimes, sampleAccount(account), [passwordUse()], device);
    expect(session).toMatchObject({ endsAt, expiresAt });
  });

  it('never gives out one token or id twice', () => {
    const plans = [1, 2, 3].map(() => planStart(fresh().world, lifetimes, sampleAccount(), [], device));
    expect(new Set(plans.flatMap(({ session, token }) => [session.id, token])).size).toBe(6);
  });
});

describe('planRise', () => {
  const fresh = freshWorld();

  it('changes the token and keeps the id and the services that were entered', async () => {
    const { world, put } = fresh();
    const before = await put(
      sessions,
      sampleSession({ tokenDigest: digestOf('old'), participants: [sampleParticipant()] }),
    );
    const { token, write } = planRise(world, lifetimes, before, [passwordUse()]);
    await world.store.commit([write]);
    expect(await sessionByToken(world, 'old')).toBeUndefined();
    expect(await sessionByToken(world, token)).toMatchObject({ id: 'session-1', participants: [sampleParticipant()] });
  });

  it('puts a factor proven again in place of its older use', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession());
    clock.advance(minutes(5));
    const { session } = planRise(world, lifetimes, before, [passwordUse(clock.now())]);
    expect(session.factors).toEqual([passwordUse(startInstant + minutes(5))]);
  });

  it('postpones the end of idleness and not the end of all', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession({ endsAt: startInstant + hours(3) }));
    clock.advance(minutes(90));
    const { session } = planRise(world, lifetimes, before, []);
    expect(session).toMatchObject({ endsAt: startInstant + hours(3), expiresAt: startInstant + hours(3) });
  });

  it('is refused where the session ended meanwhile', async () => {
    const { world, put } = fresh();
    const before = await put(sessions, sampleSession());
    await world.store.commit([{ kind: 'remove', collection: sessions, id: before.id }]);
    const { write } = planRise(world, lifetimes, before, [passwordUse()]);
    await expect(world.store.commit([write])).rejects.toMatchObject({ code: 'store.conflict' });
  });
});

describe('noteSeen', () => {
  const fresh = freshWorld();
  const read = (): Promise<Stored<Session> | undefined> => sessionById(fresh().world, 'session-1');

  it('writes at most once a minute', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession());
    clock.advance(minutes(1) - 1);
    expect(await noteSeen(world, lifetimes, before)).toEqual(before);
    expect(await read()).toEqual(before);
    clock.advance(1);
    expect(await noteSeen(world, lifetimes, before)).toMatchObject({
      seenAt: clock.now(),
      version: before.version + 1,
    });
    expect(await read()).toMatchObject({ seenAt: startInstant + minutes(1), expiresAt: startInstant + minutes(121) });
  });

  it('keeps a session alive that is used, until its end', async () => {
    const { world, clock, put } = fresh();
    await put(sessions, sampleSession());
    for (let hour = 0; hour < 11; hour += 1) {
      clock.advance(hours(1));
      const session = await read();
      if (!session) throw new TypeError(`the session was gone after ${hour + 1} hours`);
      await noteSeen(world, lifetimes, session);
    }
    clock.advance(hours(1));
    expect(await read()).toBeUndefined();
  });

  it('takes a lost race for somebody else’s note', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession());
    clock.advance(minutes(1));
    const noted = await Promise.all([noteSeen(world, lifetimes, before), noteSeen(world, lifetimes, before)]);
    expect(await read()).toMatchObject({ seenAt: clock.now(), version: before.version + 1 });
    expect(noted).toEqual([await read(), await read()]);
  });

  it('keeps nobody out while the store takes no writes, and prolongs nothing', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession());
    clock.advance(minutes(1));
    const commit = () => Promise.reject(new DomainError('store.unavailable'));
    expect(await noteSeen({ ...world, store: { ...world.store, commit } }, lifetimes, before)).toEqual(before);
    expect(await read()).toEqual(before);
  });

  it('does not bring back a session that has ended', async () => {
    const { world, clock, put } = fresh();
    const before = await put(sessions, sampleSession());
    await world.store.commit([{ kind: 'remove', collection: sessions, id: before.id }]);
    clock.advance(minutes(1));
    expect(await noteSeen(world, lifetimes, before)).toBeUndefined();
    expect(await read()).toBeUndefined();
  });
});

describe('a session that is over', () => {
  const fresh = freshWorld();

  it('is found by nobody from that instant on, although its record waits to be ended', async () => {
    const { world, clock, put } = fresh();
    const session = await put(sessions, sampleSession({ tokenDigest: digestOf('token') }));
    const finds = async () => [
      (await sessionByToken(world, 'token'))?.id,
      (await sessionById(world, session.id))?.id,
      (await noteSeen(world, lifetimes, { ...session, seenAt: clock.now() - minutes(2), version: 0 }))?.id,
    ];
    clock.advance(hours(2) - 1);
    expect(await finds()).toEqual([session.id, session.id, session.id]);
    clock.advance(1);
    expect(await finds()).toEqual([undefined, undefined, undefined]);
    expect(await world.store.get(sessions, session.id)).toBeDefined();
  });
});

describe('planEntry', () => {
  const fresh = freshWorld();

  it.each([
    ['nothing where the service is in already', sampleParticipant({ enteredAt: startInstant + 9 }), undefined],
    ['a second service beside the first', sampleParticipant({ connectionId: 'mykuline' }), ['kulasis', 'mykuline']],
    ['a service with new handles in place of itself', sampleParticipant({ handles: { sid: 'sid-2' } }), ['kulasis']],
  ])('writes %s', async (_what, participant, entered) => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession({ participants: [sampleParticipant()] }));
    const write = planEntry(session, participant);
    if (write) await world.store.commit([write]);
    const stored = await world.store.get(sessions, session.id);
    expect(write && stored?.participants.map(({ connectionId }) => connectionId)).toEqual(entered);
    if (write) expect(stored?.participants).toContainEqual(participant);
  });
});
