import { describe, expect, it } from '@jest/globals';
import {
  acceptableNames,
  assertionOf,
  type Comparison,
  comparisons,
  type LevelNames,
} from '../../../src/core/credentials/assertion.ts';
import { trueLevels } from '../../../src/core/credentials/assurance.ts';
import type { FactorUse } from '../../../src/core/credentials/factor-use.ts';
import { sampleOrder as order } from '../sample-order.ts';
import { passwordUse } from '../sample-records.ts';
import { passkeyUse, useOf } from '../sample-uses.ts';

/** As in SAML by default, and a name for the one that has none there. */
const names: LevelNames = [
  { level: 'password', name: 'ppt' },
  { level: 'sfa', name: 'sfa' },
  { level: 'mfa', name: 'multipleauthn' },
  { level: 'mfa', name: 'mfa' },
  { level: 'aal2', name: 'aal2' },
  { level: 'phishing-resistant', name: 'prmfa' },
];
const everything = names.map(({ name }) => name);
const rule = {
  mfaBy: { mailCode: true, recoveryCode: true, temporaryPass: false },
  aal2By: { totp: true, certificate: false, passkeys: [] },
};

describe('acceptableNames', () => {
  it.each<[Comparison, readonly string[], readonly string[]]>([
    ['exact', ['mfa'], ['mfa']],
    ['exact', ['mfa', 'ppt'], ['mfa', 'ppt']],
    ['exact', ['ppt', 'mfa'], ['ppt', 'mfa']],
    ['exact', ['unknown'], []],
    ['exact', ['unknown', 'sfa'], ['sfa']],
    ['minimum', ['ppt'], ['ppt', 'sfa', 'multipleauthn', 'mfa', 'aal2', 'prmfa']],
    ['minimum', ['mfa'], ['mfa', 'multipleauthn', 'aal2', 'prmfa']],
    ['minimum', ['aal2'], ['aal2']],
    // At least as strong as one of them is enough.
    ['minimum', ['aal2', 'sfa'], ['aal2', 'sfa', 'multipleauthn', 'mfa', 'prmfa']],
    ['minimum', ['unknown'], []],
    ['minimum', ['unknown', 'aal2'], ['aal2']],
    ['maximum', ['mfa'], ['mfa', 'multipleauthn', 'sfa', 'ppt']],
    ['maximum', ['ppt'], ['ppt']],
    ['maximum', ['aal2'], ['aal2', 'multipleauthn', 'mfa', 'sfa', 'ppt']],
    // Not above one of them is enough.
    ['maximum', ['sfa', 'aal2'], ['aal2', 'multipleauthn', 'mfa', 'sfa', 'ppt']],
    ['maximum', ['unknown'], []],
    ['better', ['ppt'], ['sfa', 'multipleauthn', 'mfa', 'aal2', 'prmfa']],
    ['better', ['mfa'], ['aal2', 'prmfa']],
    ['better', ['aal2'], []],
    // Stronger than each of them, and these two cannot be compared.
    ['better', ['aal2', 'prmfa'], []],
    ['better', ['sfa', 'mfa'], ['aal2', 'prmfa']],
    ['better', ['sfa', 'unknown'], []],
    ['better', ['unknown'], []],
  ])('answers %s %j with %j', (comparison, asked, acceptable) => {
    expect(acceptableNames(names, order, { names: asked, comparison }).map(({ name }) => name)).toEqual(acceptable);
  });
});

describe('assertionOf', () => {
  const password = [passwordUse(10)];
  const weak = [passwordUse(10, 'kyoto-2017')];
  const app = [passwordUse(10), useOf('totp', 30)];
  const passkey = [passkeyUse(20)];
  const told = (factors: readonly FactorUse[], asked: readonly string[], comparison: Comparison = 'exact') =>
    assertionOf({ rule, order, names }, factors, { names: asked, comparison });

  it.each<[string, readonly FactorUse[], readonly string[], Comparison, string | undefined]>([
    ['the highest true one where none was requested', app, [], 'exact', 'aal2'],
    ['the highest that is true, not the highest there is', password, [], 'exact', 'sfa'],
    ['the lowest where no more is true', weak, [], 'exact', 'ppt'],
    ['the highest true one where an empty list was compared', app, [], 'better', 'aal2'],
    ['the requested one, although a higher one is true', app, ['ppt'], 'exact', 'ppt'],
    ['the very name that was requested, of two for one level', app, ['multipleauthn'], 'exact', 'multipleauthn'],
    ['the first in the order of the service', app, ['sfa', 'mfa'], 'exact', 'sfa'],
    ['the first of those that is true', password, ['mfa', 'sfa'], 'exact', 'sfa'],
    ['nothing where the requested one is not true', password, ['mfa'], 'exact', undefined],
    ['nothing where the requested one is unknown', app, ['unknown'], 'exact', undefined],
    ['nothing where a passkey alone was used and a password requested', passkey, ['ppt'], 'exact', undefined],
    ['the requested minimum itself before a stronger one', app, ['sfa'], 'minimum', 'sfa'],
    ['a stronger one where the minimum itself is not true', passkey, ['ppt'], 'minimum', 'sfa'],
    ['nothing where the minimum is not reached', password, ['mfa'], 'minimum', undefined],
    ['nothing for a minimum that cannot be compared', passkey, ['aal2'], 'minimum', undefined],
    ['the strongest up to the maximum', app, ['mfa'], 'maximum', 'mfa'],
    ['the strongest that is true below the maximum', password, ['aal2'], 'maximum', 'sfa'],
    ['nothing where all that is true is above the maximum', passkey, ['ppt'], 'maximum', undefined],
    ['one that is better', app, ['sfa'], 'better', 'multipleauthn'],
    ['nothing where none is better', app, ['aal2'], 'better', undefined],
    ['nothing better than what nobody knows', app, ['unknown'], 'better', undefined],
  ])('tells %s', (_what, factors, asked, comparison, name) => {
    expect(told(factors, asked, comparison).name).toBe(name);
  });

  it.each(comparisons)(
    'tells nothing but what is true and would answer, for %s and every request of two',
    (comparison) => {
      for (const factors of [weak, password, app, passkey]) {
        for (const asked of everything.flatMap((one) => everything.map((other) => [one, other]))) {
          const { name, level } = told(factors, asked, comparison);
          if (level === undefined) continue;
          expect(trueLevels(rule, factors)).toContain(level);
          expect(acceptableNames(names, order, { names: asked, comparison })).toContainEqual({ level, name });
        }
      }
    },
  );

  it('tells the time and the methods of what it relies on', () => {
    expect(told(app, ['mfa'])).toEqual({ name: 'mfa', level: 'mfa', at: 10, methods: ['pwd', 'otp', 'mfa'] });
    expect(told(app, ['unknown'])).toEqual({ at: 10, methods: ['pwd', 'otp', 'mfa'] });
  });

  it('tells nothing for a true level that has no name', () => {
    const few = names.filter(({ level }) => level === 'aal2');
    expect(assertionOf({ rule, order, names: few }, password, { names: [], comparison: 'exact' })).not.toHaveProperty(
      'name',
    );
  });

  it('is refused without a factor', () => {
    expect(() => told([], [])).toThrow('without a factor');
  });
});
