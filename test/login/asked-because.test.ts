import { describe, expect, it } from '@jest/globals';
import type { PolicyClause, PolicyVisit } from '../../src/core/policy/policy.ts';
import { openPolicy } from '../../src/core/policy/policy.ts';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { askedBecause } from '../../src/login/asked-because.ts';
import { clausesFor } from '../core/policy/clauses-for.ts';
import { sampleConnection } from '../core/sample-records.ts';
import { sampleRequest, sampleSituation } from './sample-situation.ts';

const visit: PolicyVisit = { address: '203.0.113.9', isNewBrowser: true };
const subject = { roles: ['student'], units: [], groups: [], accountKind: 'ecs' } as const;
const clausesOf = (when: PolicyRule['when'], wishes: Partial<PolicyRule> = {}): readonly PolicyClause[] =>
  clausesFor(openPolicy([{ name: 'a', when, level: 'mfa', ...wishes }]), {
    place: { id: 'kulasis', stage: 'production' },
    subject,
    visit,
  });

describe('why more is asked for', () => {
  it('is nothing where nothing is missing', () => {
    expect(askedBecause(sampleSituation(), 'ja')).toEqual({});
  });

  it.each([
    ['connection', { connections: ['kulasis'] }],
    ['policy', { roles: ['student' as const] }],
    ['outside', { outsideNetworks: ['192.0.2.0/24'] }],
    ['network', { networks: ['203.0.113.0/24'] }],
    ['new_browser', { newDevice: true as const }],
  ])('is %s for the rule %j', (because, when) => {
    expect(askedBecause(sampleSituation({ policy: clausesOf(when) }), 'ja')).toEqual({ because });
  });

  it('is the line that the university has written, in the language of the reader', () => {
    const words = { ja: '学外からの利用です。', en: 'You are off campus.' };
    const situation = sampleSituation({ policy: clausesOf({ outsideNetworks: ['192.0.2.0/24'] }, { words }) });
    expect(askedBecause(situation, 'ja')).toEqual({ because: { words: words.ja } });
    expect(askedBecause(situation, 'en')).toEqual({ because: { words: words.en } });
  });

  it('is the connection before the policy, and the policy before what the service asks', () => {
    const policy = clausesOf({ roles: ['student'] });
    const request = sampleRequest({ demand: { acceptable: ['mfa'], essential: true } });
    expect(askedBecause(sampleSituation({ policy, request }), 'en')).toEqual({ because: 'policy' });
    const connection = sampleConnection({ requiredLevel: 'mfa' });
    expect(askedBecause(sampleSituation({ policy, request, connection }), 'en')).toEqual({ because: 'connection' });
  });
});
