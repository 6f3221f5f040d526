import { beforeEach, describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { logoutMessage } from '../../../src/protocols/oidc/logout-message.ts';
import { sectorOf, subjectsOf } from '../../../src/protocols/oidc/subjects.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import {
  type ConnectionWishes,
  sampleConnection,
  sampleParticipant,
  sampleSession,
} from '../../core/sample-records.ts';
import { sampleRing } from './sample-ring.ts';

describe('the message that a service is owed', () => {
  const fresh = freshWorld();
  const listening = { backchannelLogoutUri: 'https://kulasis.example/logout' };
  const messageFor = (participant = sampleParticipant()) =>
    logoutMessage(fresh().world, sampleRing)(sampleSession(), participant);
  let register: (wishes: ConnectionWishes) => Promise<void>;
  beforeEach(() => {
    register = (wishes) => fresh().world.store.commit([insert(connections, sampleConnection(wishes))]);
  });

  it('names the session and the person as its ID tokens did, by a public subject', async () => {
    await register({ oidc: listening });
    const expected = { protocol: 'oidc', connectionId: 'kulasis', sid: 'sid-1', sub: 'account-1' };
    expect(await messageFor()).toEqual(expected);
  });

  it('and by a pairwise one', async () => {
    await register({ oidc: { ...listening, subject: 'pairwise' } });
    const subjects = subjectsOf(sampleRing.current().keys);
    const sub = subjects.pairwise('account-1', sectorOf(sampleConnection()));
    expect(await messageFor()).toMatchObject({ sub });
  });

  it('is owed to one that is suspended: what it says is true when that is over', async () => {
    await register({ state: 'suspended', oidc: listening });
    expect(await messageFor()).toMatchObject({ sid: 'sid-1' });
  });

  it('is none where the service does not listen', async () => {
    await register({});
    expect(await messageFor()).toBeUndefined();
  });

  it('is none where there is no such service, or it was never told a session', async () => {
    expect(await messageFor()).toBeUndefined();
    await register({ oidc: listening });
    expect(await messageFor(sampleParticipant({ handles: {} }))).toBeUndefined();
  });
});
