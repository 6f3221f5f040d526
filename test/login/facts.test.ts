import { describe, expect, it } from '@jest/globals';
import { consentWrite } from '../../src/core/consents/consent.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import type { FactorUse } from '../../src/core/credentials/factor-use.ts';
import { openPolicy } from '../../src/core/policy/policy.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { Progress } from '../../src/login/attempt.ts';
import { type Gathering, gatherFacts } from '../../src/login/facts.ts';
import { remove } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { passwordUse, sampleSession, startInstant } from '../core/sample-records.ts';
import { useOf } from '../core/sample-uses.ts';
import { freshLogin } from './fresh-login.ts';
import { asStored, sampleOrigin, sampleRequest } from './sample-situation.ts';

const session = asStored(sampleSession());
const hanako = { accountId: 'account-1', factors: [passwordUse(startInstant + 5)], edition: 'edition-1' };
const jiro = { accountId: 'account-2', factors: [passwordUse(startInstant + 5)], edition: 'edition-1' };

describe('gatherFacts', () => {
  const fresh = freshLogin();
  const gather = (wishes: Partial<Gathering> = {}) =>
    gatherFacts(fresh().world, {
      request: sampleRequest(),
      progress: {},
      session: undefined,
      policy: openPolicy([]),
      origin: sampleOrigin,
      termsVersion: '2026-04',
      aliasOf: fresh().means.aliasOf,
      assurance: fresh().means.assurance,
      enrolment: fresh().means.enrolment,
      canMail: true,
      ...wishes,
    });
  const addBoth = async () => {
    await fresh().addAccount();
    await fresh().addAccount({ account: { id: 'account-2', personId: 'person-2', loginName: 'a0222222' } });
  };

  it('knows nobody without a session and without a password', async () => {
    await fresh().addConnection();
    const situation = await gather();
    expect(situation).toMatchObject({ now: startInstant, connection: { id: 'kulasis' }, termsVersion: '2026-04' });
    expect(situation).not.toHaveProperty('subject');
    expect(situation).not.toHaveProperty('session');
  });

  const hanakoById = { kind: 'account', id: 'account-1' } as const;
  const hanakoHere = { kind: 'alias', alias: 'account-1 at clinic', place: 'clinic' } as const;

  it.each<[boolean, string, Gathering['request']['named']]>([
    [true, 'nobody was named', []],
    [true, 'the id is theirs', [hanakoById]],
    [true, 'the alias is theirs', [hanakoHere]],
    [true, 'both are theirs', [hanakoById, hanakoHere]],
    [false, 'the id is of somebody else', [{ kind: 'account', id: 'account-2' }]],
    [false, 'the alias is theirs elsewhere', [{ ...hanakoHere, place: 'law' }]],
    [false, 'the id stands where an alias should', [{ ...hanakoHere, alias: 'account-1' }]],
    [false, 'one of two is of somebody else', [hanakoById, { kind: 'account', id: 'account-2' }]],
  ])('says %s to whether the person is the one named where %s', async (isNamed, _what, named) => {
    await addBoth();
    const { subject } = await gather({ session, request: sampleRequest({ named }) });
    expect(subject).toMatchObject({ account: { id: 'account-1' }, isNamed });
  });

  it.each<[string, Partial<Gathering>, string | undefined]>([
    ['whom the session answers for', { session }, 'account-1'],
    ['whom the password proved', { progress: { proven: jiro } }, 'account-2'],
    ['whom the password proved, whatever the session says', { session, progress: { proven: jiro } }, 'account-2'],
    ['nobody while the choice is open', { session, request: sampleRequest({ chooseAccount: true }) }, undefined],
    ['nobody where somebody else was chosen', { session, progress: { choice: 'other' } }, undefined],
    [
      'who was chosen',
      { session, request: sampleRequest({ chooseAccount: true }), progress: { choice: { accountId: 'account-1' } } },
      'account-1',
    ],
    [
      // Another tab has signed somebody else in since: the session must not answer for the one who was chosen.
      'nobody where the session is not that of the one who was chosen',
      { session, request: sampleRequest({ chooseAccount: true }), progress: { choice: { accountId: 'account-2' } } },
      undefined,
    ],
    ['nobody where the account of the session is gone', { session: { ...session, accountId: 'gone' } }, undefined],
  ])('takes for the subject %s', async (_whom, wishes, accountId) => {
    await addBoth();
    expect((await gather(wishes)).subject?.account.id).toBe(accountId);
  });

  it('leaves out a session whose account is gone', async () => {
    expect(await gather({ session })).not.toHaveProperty('session');
  });

  it.each<[string, Partial<Gathering>, readonly unknown[], boolean]>([
    ['those that the session remembers', { session }, session.factors, false],
    ['none where all are to be proven again', { session, request: sampleRequest({ force: true }) }, [], false],
    [
      'the one proven here in place of the one remembered',
      { session, progress: { proven: hanako } },
      hanako.factors,
      true,
    ],
    ['none from the session of somebody else', { session, progress: { proven: jiro } }, jiro.factors, true],
  ])('counts as factors %s', async (_which, wishes, factors, isProvenHere) => {
    await addBoth();
    expect((await gather(wishes)).subject).toMatchObject({ factors, isProvenHere });
  });

  describe('of several factors', () => {
    const [young, old] = [startInstant - 30_000, startInstant - 90_000];
    const remembering = asStored(sampleSession({ factors: [passwordUse(old), useOf('totp', young)] }));
    const wish = (wishes: Parameters<typeof sampleRequest>[0]) => ({
      session: remembering,
      request: sampleRequest(wishes),
    });
    const proven = (...factors: readonly FactorUse[]): Progress => ({ proven: { ...hanako, factors } });

    it.each<[string, Partial<Gathering>, readonly FactorUse[]]>([
      ['all that the session remembers', wish({}), remembering.factors],
      ['those that are young enough', wish({ maxAgeSeconds: 60 }), [useOf('totp', young)]],
      ['none where all are too old', wish({ maxAgeSeconds: 29 }), []],
      ['each that is just as old as allowed', wish({ maxAgeSeconds: 90 }), remembering.factors],
      [
        'the one given again and the other one remembered',
        { ...wish({ maxAgeSeconds: 60 }), progress: proven(passwordUse()) },
        [useOf('totp', young), passwordUse()],
      ],
      [
        'only what was given here, where all are forced',
        { ...wish({ force: true }), progress: proven(passwordUse()) },
        [passwordUse()],
      ],
      [
        'what was given here a moment ago by any clock, however young it had to be',
        {
          ...wish({ force: true, maxAgeSeconds: 0 }),
          progress: proven(passwordUse(startInstant - 121_000), useOf('mail-code', startInstant - 119_000)),
        },
        [useOf('mail-code', startInstant - 119_000)],
      ],
      [
        'what was given here by a clock that is ahead',
        { ...wish({ maxAgeSeconds: 0 }), progress: proven(passwordUse(startInstant + 60_000)) },
        [passwordUse(startInstant + 60_000)],
      ],
      [
        'nothing that the session remembers from a time to come, as if it were of this moment',
        {
          session: asStored(sampleSession({ factors: [passwordUse(startInstant + 60_000)] })),
          request: sampleRequest({ maxAgeSeconds: 0 }),
        },
        [],
      ],
      [
        'none of the session of somebody else',
        { session: asStored({ ...remembering, accountId: 'account-2' }), progress: proven(passwordUse()) },
        [passwordUse()],
      ],
    ])('counts %s', async (_which, wishes, factors) => {
      await addBoth();
      await fresh().put(credentials, sampleCredential('totp'));
      await fresh().put(credentials, sampleCredential('mail-code'));
      expect((await gather(wishes)).subject?.factors).toEqual(factors);
    });
  });

  it('forgets a factor that was taken away in the middle of the login', async () => {
    await addBoth();
    const used = await fresh().put(credentials, sampleCredential('totp'));
    const progress = { proven: { ...hanako, factors: [...hanako.factors, useOf('totp')] } };
    expect((await gather({ progress })).subject?.factors).toHaveLength(2);
    await fresh().world.store.commit([remove(credentials, used.id)]);
    const situation = await gather({ progress });
    expect(situation.subject?.factors).toEqual(hanako.factors);
    expect(situation.progress.proven?.factors).toEqual(hanako.factors);
  });

  it('knows nobody by a second factor alone when the password was changed, and the session not by it either', async () => {
    await fresh().addAccount({ credential: { edition: 'edition-2' } });
    await fresh().put(credentials, sampleCredential('totp'));
    const progress = { proven: { ...hanako, factors: [...hanako.factors, useOf('totp')] } };
    expect((await gather({ progress })).subject?.factors).toEqual([useOf('totp')]);
  });

  it('goes on with what was begun for the person, and with nothing of somebody else', async () => {
    await addBoth();
    const begun = { about: 'account-1', enrolling: { kind: 'totp', sealedSecret: 'x' } } as const;
    expect((await gather({ session, progress: begun })).progress).toEqual(begun);
    expect((await gather({ session, progress: { ...begun, proven: jiro } })).progress).toEqual({
      about: 'account-2',
      proven: jiro,
    });
  });

  it('reads what the person has only where more is needed', async () => {
    await addBoth();
    await fresh().put(credentials, sampleCredential('totp'));
    const demand = { acceptable: ['mfa'], essential: true } as const;
    expect((await gather({ session })).subject).not.toHaveProperty('held');
    expect((await gather({ session, request: sampleRequest({ demand }) })).subject?.held).toMatchObject([
      { kind: 'totp' },
    ]);
  });

  it('requires what the connection requires', async () => {
    await fresh().addAccount();
    await fresh().addConnection({ requiredLevel: 'mfa' });
    expect((await gather({ session })).requirements).toEqual([
      { anyOf: ['mfa'], isEssential: true, reason: 'connection' },
    ]);
  });

  it.each([
    [{ state: 'suspended' }, 'suspended'],
    [{ expiresAt: startInstant }, 'expired'],
    [{ expiresAt: startInstant + 1 }, 'active'],
  ] as const)('applies the calendar to %j', async (account, standing) => {
    await fresh().addAccount({ account });
    expect((await gather({ session })).subject).toMatchObject({ standing });
  });

  it.each([
    [{ roles: ['student'] }, true],
    [{ roles: ['staff'] }, false],
  ] as const)('tells whether the service for %j is for the person', async (audience, isAudience) => {
    await fresh().addAccount();
    await fresh().addConnection({ audience });
    expect((await gather({ session })).subject).toMatchObject({ isAudience });
  });

  it.each([
    ['all that is asked', 'once', ['displayName', 'mail'], true],
    ['less than is asked', 'once', ['displayName'], false],
    ['all, to a service that asks nobody', 'none', ['displayName', 'mail'], false],
  ] as const)('counts a consent to %s', async (_what, consent, attributes, hasConsented) => {
    const { world, addAccount, addConnection } = fresh();
    await addAccount();
    await addConnection({ consent });
    await world.store.commit([consentWrite(undefined, 'account-1', 'kulasis', attributes, 0)]);
    expect((await gather({ session })).subject).toMatchObject({ hasConsented });
  });

  it('reads what the store says now, not what the session remembers', async () => {
    const { put, addAccount } = fresh();
    await addAccount({ account: { state: 'closed' } });
    expect((await gather({ session: await put(sessions, sampleSession()) })).subject).toMatchObject({
      standing: 'closed',
    });
  });
});
