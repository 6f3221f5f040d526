import { describe, expect, it } from '@jest/globals';
import type { Situation } from '../../../src/login/facts.ts';
import { chooseFactor } from '../../../src/login/steps/choose-factor.ts';
import { sampleConnection, startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleHeld } from '../sample-held.ts';
import { sampleRequest, sampleSituation, sampleSubject } from '../sample-situation.ts';

/** Somebody with two apps and an address, where a second factor is a must, or a wish. */
const choosing = (essential = true, wishes: Partial<Situation> = {}): Situation =>
  sampleSituation({
    request: sampleRequest({ demand: { acceptable: ['mfa'], essential } }),
    progress: { way: 'choose', about: 'account-1' },
    subject: sampleSubject({
      held: [
        sampleHeld('totp', { label: 'My phone', lastUsedAt: startInstant - 1 }),
        sampleHeld('totp', { credentialId: 'totp-2', label: 'Tablet', lastUsedAt: startInstant }),
        sampleHeld('mail-code', { label: 'h***@example.com' }),
        sampleHeld('certificate'),
      ],
    }),
    ...wishes,
  });

describe('choosing a factor', () => {
  const fresh = freshLogin();
  const take = (choice: string, situation = choosing()) =>
    chooseFactor.take(fresh().means, situation, answerOf({ choice }));
  const show = (situation: Situation) => chooseFactor.show(fresh().means, situation, { locale: 'ja' });

  it('is due when the person wishes to choose, and something can be chosen', () => {
    expect(chooseFactor.isDue(choosing())).toBe(true);
    expect(chooseFactor.isDue(choosing(true, { progress: {} }))).toBe(false);
    expect(chooseFactor.isDue(choosing(true, { subject: sampleSubject({ held: [] }) }))).toBe(false);
  });

  it('shows each kind once, with its names and when one was last used', () => {
    expect(show(choosing())).toMatchObject({
      service: { name: '教務情報システム' },
      because: 'service_asked',
      ways: [
        { kind: 'totp', labels: ['My phone', 'Tablet'], lastUsed: '2026年4月10日(金)' },
        { kind: 'mail-code', labels: ['h***@example.com'] },
      ],
      maySkip: false,
      desk: { name: '情報環境支援センター' },
    });
  });

  it('tells why: what the service must have before what it wishes', () => {
    const required = sampleConnection({ requiredLevel: 'mfa' });
    expect(show(choosing(false, { connection: required }))).toMatchObject({ because: 'connection', maySkip: false });
    expect(show(choosing(false))).toMatchObject({ because: 'service_wishes', maySkip: true });
  });

  it('takes what was shown', async () => {
    const progress = { about: 'account-1', way: 'mail-code' };
    expect(await take('mail-code')).toEqual({ kind: 'progress', progress, writes: [] });
  });

  it('lets a wish be put aside', async () => {
    const progress = { about: 'account-1', way: 'skip' };
    expect(await take('skip', choosing(false))).toEqual({ kind: 'progress', progress, writes: [] });
  });

  it.each([
    ['what the person does not have', 'passkey'],
    ['what cannot be used here', 'certificate'],
    ['putting aside what is a must', 'skip'],
    ['the choice itself', 'choose'],
    ['nothing', ''],
  ])('refuses %s', async (_what, choice) => {
    expect(await take(choice)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });
});
