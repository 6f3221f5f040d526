import { describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Level } from '../../src/core/credentials/level.ts';
import type { Situation, Subject } from '../../src/login/facts.ts';
import type { HeldFactor } from '../../src/login/held-factors.ts';
import {
  enrolmentDue,
  isShort,
  maySkip,
  missing,
  openWays,
  wantsPassword,
  wayDue,
} from '../../src/login/second-factor.ts';
import { passwordUse, sampleAccount, sampleConnection, startInstant } from '../core/sample-records.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';
import { sampleHeld } from './sample-held.ts';
import { asStored, sampleRequest, sampleRule, sampleSituation, sampleSubject } from './sample-situation.ts';

interface Wishes {
  readonly held?: readonly (SecondFactorKind | HeldFactor)[];
  readonly subject?: Partial<Subject>;
  readonly rest?: Partial<Situation>;
}

const insists = (...acceptable: readonly Level[]) => sampleRequest({ demand: { acceptable, essential: true } });
const wishes = (...acceptable: readonly Level[]) => sampleRequest({ demand: { acceptable, essential: false } });

/** Somebody with a password, at a service that insists on MFA. */
const situation = ({ held = [], subject = {}, rest = {} }: Wishes = {}): Situation =>
  sampleSituation({
    request: insists('mfa'),
    subject: sampleSubject({
      held: held.map((each) => (typeof each === 'string' ? sampleHeld(each) : each)),
      ...subject,
    }),
    ...rest,
  });

const weakMail = { ...sampleRule, mfaBy: { ...sampleRule.mfaBy, mailCode: false } };
const goodPass = { ...sampleRule, mfaBy: { ...sampleRule.mfaBy, temporaryPass: true } };
const listedPasskey = sampleHeld('passkey', { potential: passkeyUse(startInstant, { aaguid: 'listed' }) });
const listing = { ...sampleRule, aal2By: { ...sampleRule.aal2By, passkeys: ['listed'] } };

describe('the ways that are open', () => {
  it.each<[string, Situation, readonly SecondFactorKind[]]>([
    ['none to nobody', sampleSituation({ request: insists('mfa'), subject: undefined as never }), []],
    ['none where the person has none', situation(), []],
    ['none where nothing is missing', situation({ held: ['totp'], rest: { request: wishes() } }), []],
    ['each that would do', situation({ held: ['mail-code', 'totp', 'passkey'] }), ['passkey', 'totp', 'mail-code']],
    ['each kind once', situation({ held: ['totp', sampleHeld('totp', { credentialId: 'totp-2' })] }), ['totp']],
    [
      'the one used last first',
      situation({
        held: ['passkey', sampleHeld('totp', { lastUsedAt: 1 }), sampleHeld('mail-code', { lastUsedAt: 2 })],
      }),
      ['mail-code', 'totp', 'passkey'],
    ],
    [
      'recovery codes last, however recently one was used',
      situation({ held: [sampleHeld('recovery-code', { lastUsedAt: 9 }), sampleHeld('totp', { lastUsedAt: 1 })] }),
      ['totp', 'recovery-code'],
    ],
    ['not what would not do', situation({ held: ['mail-code'], rest: { assurance: weakMail } }), []],
    [
      'one that does for everything before one that does for a part',
      situation({
        held: [sampleHeld('totp', { lastUsedAt: 9 }), listedPasskey],
        rest: { assurance: listing, connection: sampleConnection({ requiredLevel: 'mfa' }), request: wishes('aal2') },
      }),
      ['passkey', 'totp'],
    ],
    [
      'none where all together would not do',
      situation({
        held: ['totp', 'passkey'],
        rest: { request: insists('aal2'), connection: sampleConnection({ requiredLevel: 'mfa' }) },
      }),
      [],
    ],
    [
      'the first of two that are both needed',
      situation({
        held: ['totp', sampleHeld('passkey', { potential: passkeyUse(startInstant, { userVerified: false }) })],
        rest: {
          assurance: { ...sampleRule, aal2By: { ...sampleRule.aal2By, totp: true } },
          request: insists('aal2'),
          connection: sampleConnection({ requiredLevel: 'phishing-resistant' }),
        },
      }),
      ['passkey', 'totp'],
    ],
    ['what a wish asks for', situation({ held: ['totp'], rest: { request: wishes('mfa') } }), ['totp']],
    [
      'no code that stands in for a factor, where it is a wish',
      situation({ held: ['recovery-code', 'temporary-pass'], rest: { assurance: goodPass, request: wishes('mfa') } }),
      [],
    ],
    ['a pass that opens the setting up of a factor', situation({ held: ['temporary-pass'] }), ['temporary-pass']],
    ['no pass beside something that does', situation({ held: ['temporary-pass', 'totp'] }), ['totp']],
    [
      'a pass beside others where it makes MFA true itself',
      situation({ held: ['temporary-pass', 'totp'], rest: { assurance: goodPass } }),
      ['totp', 'temporary-pass'],
    ],
    [
      // Whoever took the paper must not get past the factor that the account has.
      'no pass where the account has a factor of its own',
      situation({ held: ['temporary-pass', 'mail-code'], rest: { assurance: weakMail } }),
      [],
    ],
    ['no pass for a wish', situation({ held: ['temporary-pass'], rest: { request: wishes('mfa') } }), []],
    [
      'no pass where nothing that it opens would do',
      situation({ held: ['temporary-pass'], rest: { request: insists('aal2') } }),
      [],
    ],
    [
      'no pass a second time',
      situation({ held: ['temporary-pass'], subject: { factors: [passwordUse(), useOf('temporary-pass')] } }),
      [],
    ],
    ['none for which there is no step', situation({ held: ['certificate'] }), []],
  ])('are %s', (_what, given, ways) => {
    expect(openWays(given)).toEqual(ways);
  });
});

describe('the way that is due', () => {
  const both: Wishes = { held: ['totp', 'mail-code'] };
  const way = (chosen: Situation['progress']['way'] & string, more: Wishes = both) =>
    situation({ ...more, rest: { progress: { way: chosen }, ...more.rest } });

  it.each<[string, Situation, ReturnType<typeof wayDue>]>([
    ['the first that is open', situation(both), 'totp'],
    ['the one that was chosen', way('mail-code'), 'mail-code'],
    ['another where the chosen one is gone', way('passkey'), 'totp'],
    ['the choice where that is wished for', way('choose'), 'choose'],
    ['the choice even of one', way('choose', { held: ['totp'] }), 'choose'],
    ['none, and no choice, where nothing is open', way('choose', { held: [] }), undefined],
    ['none where nothing is missing', way('choose', { ...both, rest: { request: wishes() } }), undefined],
    ['none where a wish was put aside', way('skip', { ...both, rest: { request: wishes('mfa') } }), undefined],
    // Posted by hand where the page did not offer it.
    ['the first that is open, where what is essential was put aside', way('skip'), 'totp'],
  ])('is %s', (_what, given, due) => {
    expect(wayDue(given)).toBe(due);
  });
});

describe('what is missing', () => {
  const essential = { anyOf: ['mfa'], isEssential: true, reason: 'service_asked' };

  it.each<[string, Situation, object]>([
    ['an essential level', situation(), { isShort: true, maySkip: false, missing: essential }],
    [
      'a wish',
      situation({ rest: { request: wishes('mfa') } }),
      { isShort: false, maySkip: true, missing: { ...essential, isEssential: false, reason: 'service_wishes' } },
    ],
    [
      'both, the essential one first',
      situation({ rest: { request: wishes('aal2'), connection: sampleConnection({ requiredLevel: 'mfa' }) } }),
      { isShort: true, maySkip: false, missing: { ...essential, reason: 'connection' } },
    ],
    ['nothing', situation({ rest: { request: wishes() } }), { isShort: false, maySkip: true, missing: undefined }],
    [
      'nothing any more',
      situation({ subject: { factors: [passwordUse(), useOf('totp')] } }),
      { isShort: false, maySkip: true, missing: undefined },
    ],
  ])('is %s', (_what, given, expected) => {
    expect({ isShort: isShort(given), maySkip: maySkip(given), missing: missing(given) }).toEqual(expected);
  });

  it.each<[boolean, string, Situation]>([
    [
      true,
      'a passkey was used alone, and a password insisted on',
      situation({ subject: { factors: [passkeyUse()] }, rest: { request: insists('password') } }),
    ],
    [false, 'a passkey was used alone, and MFA insisted on', situation({ subject: { factors: [passkeyUse()] } })],
    [
      false,
      'a password would change nothing',
      situation({ subject: { factors: [passkeyUse()] }, rest: { request: insists('aal2') } }),
    ],
    [false, 'a password was given', situation({ rest: { request: insists('sfa') } })],
    [false, 'nobody is known', sampleSituation({ request: insists('password'), subject: undefined as never })],
  ])('is a password: %s, where %s', (isWanted, _what, given) => {
    expect(wantsPassword(given)).toBe(isWanted);
  });
});

describe('setting one up', () => {
  const activated = (handed: 'in-person' | 'post', at: number) => ({
    account: asStored(sampleAccount({ activation: { handed, at } })),
  });
  const newcomer = activated('in-person', startInstant - days(14) + 1);
  const open = (...kinds: readonly string[]) => ({ kind: 'open', kinds });
  const closed = { kind: 'closed' };
  const useless = { kind: 'useless' };
  const passUsed = { factors: [passwordUse(), useOf('temporary-pass')] };

  it.each<[string, Situation, unknown]>([
    ['is open within the window', situation({ subject: newcomer }), open('passkey', 'totp', 'mail-code')],
    ['is closed at its end', situation({ subject: activated('in-person', startInstant - days(14)) }), closed],
    ['is closed after a key that came by post', situation({ subject: activated('post', startInstant) }), closed],
    ['is closed without an activation', situation(), closed],
    ['is open after a temporary pass', situation({ subject: passUsed }), open('passkey', 'totp', 'mail-code')],
    [
      'is closed where the account has a factor that will not do',
      situation({ held: ['mail-code'], subject: newcomer, rest: { assurance: weakMail } }),
      closed,
    ],
    [
      'is closed after a pass where the account has a factor that will not do',
      situation({ held: ['mail-code'], subject: passUsed, rest: { assurance: weakMail } }),
      closed,
    ],
    [
      'is open with recovery codes that will not do',
      situation({
        held: ['recovery-code'],
        subject: newcomer,
        rest: { assurance: { ...sampleRule, mfaBy: { ...sampleRule.mfaBy, recoveryCode: false } } },
      }),
      open('passkey', 'totp', 'mail-code'),
    ],
    [
      'offers no passkey where no browser takes one',
      situation({ subject: newcomer, rest: { hasNoPasskeys: true } }),
      open('totp', 'mail-code'),
    ],
    [
      'offers only what would do',
      situation({ subject: newcomer, rest: { assurance: weakMail } }),
      open('passkey', 'totp'),
    ],
    [
      'offers only what would do for the hardest of what is essential',
      situation({ subject: newcomer, rest: { request: insists('phishing-resistant') } }),
      open('passkey'),
    ],
    [
      'would be useless where a better password is what is missing',
      situation({
        subject: { ...newcomer, factors: [passwordUse(1, 'kyoto-2017')] },
        rest: { request: insists('sfa') },
      }),
      useless,
    ],
    ['would be useless', situation({ subject: newcomer, rest: { request: insists('aal2') } }), useless],
    ['would be useless for what nobody knows', situation({ subject: newcomer, rest: { request: insists() } }), useless],
    [
      'is not due where something that the person has will do',
      situation({ held: ['totp'], subject: newcomer }),
      undefined,
    ],
    ['is not due where a pass is to be given first', situation({ held: ['temporary-pass'] }), undefined],
    ['is not due for a wish', situation({ subject: newcomer, rest: { request: wishes('mfa') } }), undefined],
    [
      'is not due where nothing is missing',
      situation({ subject: { ...newcomer, factors: [passwordUse(), useOf('totp')] } }),
      undefined,
    ],
    ['is not due to nobody', sampleSituation({ request: insists('mfa'), subject: undefined as never }), undefined],
  ])('%s', (_what, given, enrolment) => {
    expect(enrolmentDue(given)).toEqual(enrolment);
  });
});
