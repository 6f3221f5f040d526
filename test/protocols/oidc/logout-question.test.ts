import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { openQuestion, sealQuestion } from '../../../src/protocols/oidc/logout-question.ts';
import { sealingUnder } from '../../../src/protocols/oidc/sealed-value.ts';
import { sampleSession, startInstant } from '../../core/sample-records.ts';
import { sampleSealingRing } from './sample-sealing-ring.ts';

describe('the question of a log-out page', () => {
  const sealing = sealingUnder(sampleSealingRing(), systemIds);
  const session = sampleSession();
  const asked = { clientId: 'kulasis', state: 's', postLogoutRedirectUri: 'https://kulasis.example/out' };
  const sealed = sealQuestion(sealing, session, { ...asked, secret: 'of oidc-provider' });

  it('comes back with its answer', () => {
    expect(openQuestion(sealing, session, sealed, startInstant)).toEqual({ ...asked, secret: sealed });
  });

  it('cannot be answered by another session', () => {
    expect(openQuestion(sealing, sampleSession({ id: 'another' }), sealed, startInstant)).toBeUndefined();
  });

  it('cannot be answered once the session could not last any more', () => {
    expect(openQuestion(sealing, session, sealed, session.endsAt - 1)).toBeDefined();
    expect(openQuestion(sealing, session, sealed, session.endsAt)).toBeUndefined();
  });

  it.each([undefined, '', 'x'.repeat(48), ['a', 'b']])('cannot be answered with %j', (presented) => {
    expect(openQuestion(sealing, session, presented, startInstant)).toBeUndefined();
  });

  it('cannot be answered with a code or a token of that session', () => {
    const said = { sessionId: session.id, clientId: 'kulasis' };
    for (const model of ['AuthorizationCode', 'AccessToken'] as const) {
      expect(openQuestion(sealing, session, sealing.seal(model, said, session.endsAt), startInstant)).toBeUndefined();
    }
  });
});
