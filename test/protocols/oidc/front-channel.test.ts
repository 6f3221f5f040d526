import { describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { frontChannelOf } from '../../../src/protocols/oidc/front-channel.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { type ConnectionWishes, sampleConnection, sampleParticipant } from '../../core/sample-records.ts';

describe('the address of a front-channel frame', () => {
  const fresh = freshWorld();
  const addressOf = async ({ oidc, ...wishes }: ConnectionWishes, sid: string | undefined = 'sid 1') => {
    const frontchannelLogoutUri = 'https://kulasis.example/out?a=b';
    await fresh().put(connections, sampleConnection({ ...wishes, oidc: { frontchannelLogoutUri, ...oidc } }));
    const participant = sampleParticipant({ handles: sid === undefined ? {} : { sid } });
    return frontChannelOf(fresh().world, 'https://sekisho.example', participant);
  };

  it('is the service’s own, with issuer and sid beside what stands in it', async () => {
    expect(await addressOf({})).toBe('https://kulasis.example/out?a=b&iss=https%3A%2F%2Fsekisho.example&sid=sid+1');
  });

  it('is none where the service is suspended', async () => {
    expect(await addressOf({ state: 'suspended' })).toBeUndefined();
  });

  it('is none where there is no service any more', async () => {
    await fresh().world.store.commit([insert(connections, sampleConnection({ id: 'other' }))]);
    expect(await frontChannelOf(fresh().world, 'https://sekisho.example', sampleParticipant())).toBeUndefined();
  });
});
