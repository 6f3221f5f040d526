/** A certificate that was never used here: it may be there or not, so it is offered, and counts for nothing. */
import { describe, expect, it } from '@jest/globals';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { Level } from '../../src/core/credentials/level.ts';
import type { Situation, Subject } from '../../src/login/facts.ts';
import { enrolmentDue, hasOwnFactor, offeredWays, openWays, wayDue } from '../../src/login/second-factor.ts';
import { sampleAccount, startInstant } from '../core/sample-records.ts';
import { sampleHeld } from './sample-held.ts';
import { asStored, sampleRequest, sampleRule, sampleSituation, sampleSubject } from './sample-situation.ts';

const demand = (essential: boolean, ...acceptable: readonly Level[]) =>
  sampleRequest({ demand: { acceptable, essential } });
const newcomer = { account: asStored(sampleAccount({ activation: { handed: 'in-person', at: startInstant } })) };

function situation(held: readonly SecondFactorKind[], rest: Partial<Situation> = {}, subject: Partial<Subject> = {}) {
  const known = sampleSubject({ held: held.map((kind) => sampleHeld(kind)), ...subject });
  return sampleSituation({ request: demand(true, 'mfa'), certifiedKinds: ['ecs'], subject: known, ...rest });
}
const byCertificate = { ...sampleRule, aal2By: { ...sampleRule.aal2By, certificate: true } };

describe('a certificate that may be there', () => {
  it.each<[string, Situation, readonly SecondFactorKind[]]>([
    [
      'last, beside what the person has',
      situation(['totp', 'recovery-code']),
      ['totp', 'recovery-code', 'certificate'],
    ],
    ['alone, where the person has nothing', situation([]), ['certificate']],
    ['in its place, once it was used', situation(['certificate', 'recovery-code']), ['certificate', 'recovery-code']],
    ['not to an account that no rule leads to', situation(['totp'], { certifiedKinds: ['sps'] }), ['totp']],
    ['not where nothing is configured', situation(['totp'], { certifiedKinds: [] }), ['totp']],
    ['not where nothing is missing', situation(['totp'], { request: demand(false) }), []],
    ['not where it would not do', situation(['totp'], { request: demand(true, 'aal2') }), []],
    [
      'where it alone would do',
      situation(['totp'], { request: demand(true, 'aal2'), assurance: byCertificate }),
      ['certificate'],
    ],
    ['for a wish', situation([], { request: demand(false, 'mfa') }), ['certificate']],
  ])('is offered %s', (_, given, ways) => {
    expect(offeredWays(given)).toEqual(ways);
  });

  it('is no way that is open, and no factor', () => {
    const given = situation([], {}, newcomer);
    expect(openWays(given)).toEqual([]);
    expect(given.subject && hasOwnFactor(given.subject)).toBe(false);
    expect(enrolmentDue(given)).toMatchObject({ kind: 'open', kinds: ['passkey', 'totp', 'mail-code'] });
  });

  it('closes the setting up of others once it was used', () => {
    const given = situation(['certificate'], { certifiedKinds: [] }, newcomer);
    expect(enrolmentDue(given)).toEqual({ kind: 'closed' });
  });

  const way = (chosen: Situation['progress']['way'] & string) => ({ progress: { way: chosen } });
  it.each<[string, Situation, ReturnType<typeof wayDue>]>([
    ['is not asked for by itself', situation(['totp']), 'totp'],
    ['is asked for where it was chosen', situation(['totp'], way('certificate')), 'certificate'],
    ['is asked for where it was chosen, with nothing beside it', situation([], way('certificate')), 'certificate'],
    ['is asked for by itself where it was used last', situation(['certificate']), 'certificate'],
    ['makes way for setting something up', situation([], {}, newcomer), undefined],
    ['makes way for it also after it was left', situation([], way('choose'), newcomer), undefined],
    ['stands beside the desk where nothing may be set up', situation([]), 'choose'],
    ['stops nobody for a wish', situation([], { request: demand(false, 'mfa') }), undefined],
    [
      'does not come back when a wish was put aside',
      situation([], { request: demand(false, 'mfa'), ...way('skip') }),
      undefined,
    ],
    [
      'is not asked for where it was posted by hand',
      situation(['totp'], { ...way('certificate'), certifiedKinds: [] }),
      'totp',
    ],
  ])('%s', (_, given, due) => {
    expect(wayDue(given)).toBe(due);
  });
});
