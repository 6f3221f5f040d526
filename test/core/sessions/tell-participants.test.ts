import { describe, expect, it } from '@jest/globals';
import { listNotices } from '../../../src/core/notices/list.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { endSession } from '../../../src/core/sessions/end.ts';
import { sessions } from '../../../src/core/sessions/session.ts';
import { type LogoutMessages, tellParticipants } from '../../../src/core/sessions/tell-participants.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleParticipant, sampleSession } from '../sample-records.ts';

const system = { kind: 'system' } as const;

describe('tellParticipants', () => {
  const fresh = freshWorld();
  const silent = 'silent';
  const messages: LogoutMessages = {
    oidc: async ({ accountId }, { connectionId, handles: { sid = '' } }) =>
      connectionId === silent ? undefined : { protocol: 'oidc', connectionId, sid, sub: `${accountId} there` },
  };
  const telling = () => tellParticipants(fresh().world, fresh().masterKey, messages);
  const participants = [
    sampleParticipant(),
    sampleParticipant({ connectionId: 'mykuline', handles: { sid: 'sid-2' } }),
    sampleParticipant({ connectionId: silent }),
    sampleParticipant({ connectionId: 'email', protocol: 'saml' }),
  ];
  const owed = async () => (await listNotices(fresh().world)).records;

  it('owes one message to each service that is to be told, with the end itself', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession({ participants }));
    await endSession(world, [telling()], system, session, 'logout');
    const one = { kind: 'logout', state: 'due', accountId: 'account-1' };
    expect((await owed()).toSorted((a, b) => (a.topic < b.topic ? -1 : 1))).toEqual([
      expect.objectContaining({ ...one, topic: 'oidc kulasis' }),
      expect.objectContaining({ ...one, topic: 'oidc mykuline' }),
    ]);
    expect(await world.store.get(sessions, session.id)).toBeUndefined();
  });

  it('owes nothing where the end does not come about', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession({ participants }));
    const writes = await telling().planEnd(session);
    const failing = [...writes, insert(sessions, session)];
    await expect(world.store.commit(failing)).rejects.toMatchObject({ code: 'store.duplicate' });
    expect(await owed()).toEqual([]);
  });

  it('owes it once, however often the end is planned', async () => {
    const { world, put } = fresh();
    const session = await put(sessions, sampleSession({ participants }));
    const [first, second] = [await telling().planEnd(session), await telling().planEnd(session)];
    await world.store.commit(first);
    await expect(world.store.commit(second)).rejects.toMatchObject({ code: 'store.duplicate' });
    const third = await telling().planEnd(session);
    expect(third.filter(({ collection }) => collection === notices)).toEqual([]);
    expect(await owed()).toHaveLength(2);
  });
});
