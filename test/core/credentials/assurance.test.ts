import { describe, expect, it } from '@jest/globals';
import {
  assertedName,
  authenticatedAt,
  type LevelNames,
  reaches,
  satisfies,
  trueLevels,
} from '../../../src/core/credentials/assurance.ts';
import type { Level } from '../../../src/core/credentials/level.ts';
import { passwordUse } from '../sample-records.ts';

describe('trueLevels', () => {
  it.each([
    ['no factor', [], []],
    ['a password of a rule too weak for SFA', [passwordUse(1, 'kyoto-2017')], ['password']],
    ['a password of the default rule', [passwordUse(1, 'default')], ['password', 'sfa']],
    ['a password of the rule of Kyoto', [passwordUse(1, 'kyoto')], ['password', 'sfa']],
  ])('says what %s proves', (_factors, factors, levels) => {
    expect(trueLevels(factors)).toEqual(levels);
  });
});

describe('authenticatedAt', () => {
  it('is the time of the oldest factor relied on', () => {
    expect(authenticatedAt([passwordUse(30), passwordUse(10), passwordUse(20)])).toBe(10);
  });

  it('is unknown without a factor', () => {
    expect(authenticatedAt([])).toBeUndefined();
  });
});

describe('assertedName', () => {
  const names: LevelNames = [
    { level: 'password', name: 'urn:password' },
    { level: 'sfa', name: 'urn:sfa' },
  ];
  const both: readonly Level[] = ['password', 'sfa'];

  it.each<[string, readonly Level[], LevelNames, readonly string[], string | undefined]>([
    ['the highest true one where none was requested', both, names, [], 'urn:sfa'],
    ['the highest that is true, not the highest there is', ['password'], names, [], 'urn:password'],
    ['the requested one, although a higher one is true', both, names, ['urn:password'], 'urn:password'],
    ['the first requested that is true', ['password'], names, ['urn:sfa', 'urn:password'], 'urn:password'],
    ['the first in the order of the service', both, names, ['urn:password', 'urn:sfa'], 'urn:password'],
    ['the first in the order of the service, highest first', both, names, ['urn:sfa', 'urn:password'], 'urn:sfa'],
    ['nothing where the requested one is not true', ['password'], names, ['urn:sfa'], undefined],
    ['nothing where the requested one is unknown', both, names, ['urn:mfa'], undefined],
    ['nothing where nothing is true', [], names, [], undefined],
    ['nothing for a true level without a name', ['password'], names.slice(1), [], undefined],
  ])('is %s', (_what, held, known, requested, asserted) => {
    expect(assertedName(held, known, requested)).toBe(asserted);
  });
});

describe('satisfies', () => {
  it.each<[string, readonly Level[], readonly Level[], boolean, boolean]>([
    ['holds where the service insists and gets', ['password', 'sfa'], ['sfa'], true, true],
    ['holds with one of several', ['password'], ['sfa', 'password'], true, true],
    ['fails where the service insists on what is not true', ['password'], ['sfa'], true, false],
    ['fails where the service insists on what nobody can reach', ['password', 'sfa'], [], true, false],
    ['holds where the service merely prefers', ['password'], ['sfa'], false, true],
    ['holds where nothing is asked', [], [], false, true],
  ])('%s', (_what, held, acceptable, essential, isSatisfied) => {
    expect(satisfies(held, { acceptable, essential })).toBe(isSatisfied);
  });
});

describe('reaches', () => {
  it.each<[readonly Level[], Level | undefined, boolean]>([
    [['password', 'sfa'], 'sfa', true],
    [['password'], 'sfa', false],
    [['password'], 'password', true],
    [[], 'password', false],
    [[], undefined, true],
  ])('says whether %j is enough where %s is required: %s', (held, required, isEnough) => {
    expect(reaches(held, required)).toBe(isEnough);
  });
});
