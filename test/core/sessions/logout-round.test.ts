import { beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { minutes } from '../../../src/base/duration.ts';
import { openLog } from '../../../src/base/log.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { deliverDue } from '../../../src/core/notices/deliver-due.ts';
import type { SendOutcome } from '../../../src/core/notices/sender.ts';
import { endInRound, type RoundWish } from '../../../src/core/sessions/end-in-round.ts';
import { logoutRounds, roundByHandle, roundByRequest } from '../../../src/core/sessions/logout-round.ts';
import { areOthersOwed, isSettled, isWhole, standingOf } from '../../../src/core/sessions/round-standing.ts';
import { type Session, sessions } from '../../../src/core/sessions/session.ts';
import { handleIn, noteAnswer, noteSent, noteState } from '../../../src/core/sessions/tell-in-browser.ts';
import { tellParticipants } from '../../../src/core/sessions/tell-participants.ts';
import type { Stored } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleParticipant, sampleSession } from '../sample-records.ts';

const person = { kind: 'person', id: 'account-1' } as const;

describe('a round of logging out', () => {
  const fresh = freshWorld();
  const derived = () => [
    tellParticipants(
      fresh().world,
      fresh().masterKey,
      {
        oidc: async (_session, { connectionId }) =>
          connectionId === 'listens' ? { protocol: 'oidc', connectionId, sid: 'sid', sub: 'sub' } : undefined,
      },
      {
        oidc: async ({ connectionId }) => connectionId === 'frames',
        saml: async ({ connectionId }) => connectionId !== 'mute',
      },
    ),
  ];
  const at = (connectionId: string, protocol: 'oidc' | 'saml' = 'oidc') =>
    sampleParticipant({ connectionId, protocol, handles: { sid: connectionId } });
  let session: Stored<Session>;
  beforeEach(async () => {
    const participants = [at('listens'), at('frames'), at('asks', 'saml'), at('answers', 'saml'), at('mute', 'saml')];
    session = await fresh().put(sessions, sampleSession({ participants }));
  });

  const begin = (wish: Partial<RoundWish> = {}) =>
    endInRound(fresh().world, derived(), session, { actor: person, browserToken: 'browser', ...wish });
  const read = async (handle: string | undefined) => {
    const round = await roundByHandle(fresh().world, handle ?? '', 'browser');
    if (!round) throw new Error('no round');
    return round;
  };
  const states = async (handle: string | undefined) =>
    Object.fromEntries(
      (await standingOf(fresh().world, await read(handle))).map(({ part, state }) => [part.connectionId, state]),
    );
  const asker = { connectionId: 'asks', isAnswered: true };

  it('begins in the commit that ends the session, and claims nothing', async () => {
    const handle = await begin({ askedBy: asker });
    expect(await fresh().world.store.get(sessions, session.id)).toBeUndefined();
    expect(await states(handle)).toEqual({
      listens: 'waiting',
      frames: 'waiting',
      asks: 'asker',
      answers: 'waiting',
      mute: 'untold',
    });
    const { records } = await fresh().world.store.find(auditEvents, { index: 'byType', equals: ['session.untold'] });
    expect(records.map(({ facts }) => facts)).toMatchObject([{ services: ['mute'] }]);
  });

  it('does not begin where only the service that asked was entered', async () => {
    session = await fresh().put(
      sessions,
      sampleSession({ id: 'session-2', tokenDigest: 'b', participants: [at('asks', 'saml')] }),
    );
    expect(await begin({ askedBy: asker })).toBeUndefined();
    expect(await fresh().world.store.get(sessions, session.id)).toBeUndefined();
  });

  it('keeps neither its handle nor the browser’s token', async () => {
    const handle = await begin();
    const stored = JSON.stringify(await read(handle));
    expect(stored).not.toContain(handle);
    expect(stored).toContain(digestOf('browser'));
  });

  it('is the browser’s in which it began, for a while', async () => {
    const handle = await begin();
    expect(await roundByHandle(fresh().world, handle ?? '', 'another')).toBeUndefined();
    expect(await roundByHandle(fresh().world, handle ?? '', undefined)).toBeUndefined();
    fresh().clock.advance(minutes(20));
    expect(await roundByHandle(fresh().world, handle ?? '', 'browser')).toBeUndefined();
  });

  it('finds by the id of a message what it was sent in, and the way back', async () => {
    const handle = (await begin()) ?? '';
    await noteSent(fresh().world, { handle, connectionId: 'answers', isFramed: true, requestId: 'request-1' });
    const found = await roundByRequest(fresh().world, 'request-1');
    expect(found?.request).toMatchObject({ connectionId: 'answers', isFramed: true });
    expect(found && handleIn(found.request, 'request-1')).toBe(handle);
    expect(await roundByRequest(fresh().world, 'request-2')).toBeUndefined();
  });

  it('knows of a frame never more than that it was sent, and of whoever can answer that it did not', async () => {
    const handle = (await begin()) ?? '';
    for (const connectionId of ['frames', 'answers']) {
      await noteSent(fresh().world, { handle, connectionId, isFramed: true, requestId: `to ${connectionId}` });
    }
    expect(await states(handle)).toMatchObject({ frames: 'sent', answers: 'sent' });
    fresh().clock.advance(15_000);
    expect(await states(handle)).toMatchObject({ frames: 'sent', answers: 'failed' });
  });

  it('keeps the word of a service that it is done, whatever comes later', async () => {
    const handle = (await begin()) ?? '';
    await noteSent(fresh().world, { handle, connectionId: 'answers', isFramed: true, requestId: 'request-1' });
    const found = await roundByRequest(fresh().world, 'request-1');
    if (!found) throw new Error('no request');
    await noteAnswer(fresh().world, found.round, found.request, true);
    await noteAnswer(fresh().world, found.round, found.request, false);
    await noteSent(fresh().world, { handle, connectionId: 'answers', isFramed: false, requestId: 'request-2' });
    expect(await states(handle)).toMatchObject({ answers: 'done' });
  });

  it('loses no answer of many that come at once', async () => {
    const participants = Array.from({ length: 12 }, (_, place) => at(`answers-${place}`, 'saml'));
    session = await fresh().put(sessions, sampleSession({ id: 'session-2', tokenDigest: 'b', participants }));
    const handle = (await begin()) ?? '';
    await Promise.all(
      participants.map(async ({ connectionId }) => {
        await noteSent(fresh().world, { handle, connectionId, isFramed: true, requestId: connectionId });
        const found = await roundByRequest(fresh().world, connectionId);
        if (found) await noteAnswer(fresh().world, found.round, found.request, true);
      }),
    );
    expect(new Set(Object.values(await states(handle)))).toEqual(new Set(['done']));
    expect(isWhole(await standingOf(fresh().world, await read(handle)))).toBe(true);
  });

  it.each<[SendOutcome, string, boolean]>([
    [{ kind: 'accepted' }, 'done', false],
    [{ kind: 'later', reason: 'status 503' }, 'failed', true],
    [{ kind: 'never', reason: 'no logout address' }, 'failed', false],
  ])('says of an owed message what became of it: %j is %s', async (outcome, state, isRetried) => {
    const handle = await begin();
    const means = { masterKey: fresh().masterKey, giveUpAfter: minutes(60), senders: { logout: async () => outcome } };
    await deliverDue(means, { world: fresh().world, signal: new AbortController().signal, log: openLog('silent') });
    const standing = (await standingOf(fresh().world, await read(handle))).find(({ part }) => part.isOwed);
    expect(standing).toMatchObject({ state, isRetried });
  });

  it('is settled when nothing changes by itself any more', async () => {
    const handle = (await begin()) ?? '';
    const settled = async () => isSettled(await standingOf(fresh().world, await read(handle)));
    expect(await settled()).toBe(false);
    const { records } = await fresh().world.store.find(logoutRounds, { index: 'byRequest' });
    expect(records).toEqual([]);
    const round = await read(handle);
    for (const connectionId of ['frames', 'asks', 'answers'])
      await noteState(fresh().world, round, connectionId, 'failed');
    expect(await settled()).toBe(false);
    const means = {
      masterKey: fresh().masterKey,
      giveUpAfter: 0,
      senders: { logout: async () => ({ kind: 'accepted' }) as const },
    };
    await deliverDue(means, { world: fresh().world, signal: new AbortController().signal, log: openLog('silent') });
    expect(await settled()).toBe(true);
  });

  it('tells who asks without a browser whether all others are owed a message', async () => {
    await begin({ askedBy: asker });
    expect(await areOthersOwed(fresh().world, session, 'asks')).toBe(false);
    const alone = { ...session, participants: [at('listens'), at('asks', 'saml')] };
    expect(await areOthersOwed(fresh().world, alone, 'asks')).toBe(true);
  });
});
