import { describe, expect, it } from '@jest/globals';
import { isAudience } from '../../../src/core/connections/audience.ts';
import type { Audience } from '../../../src/core/connections/connection.ts';
import { sampleAccount, sampleConnection, samplePerson, startInstant } from '../sample-records.ts';

/** A student of engineering with an ECS-ID, until a moment ago a member of staff of the library. */
const person = samplePerson({
  affiliations: [
    { unit: 'f-engineering', role: 'student', from: 0 },
    { unit: 'main-library', role: 'staff', from: 0, until: startInstant },
  ],
});

describe('isAudience', () => {
  it.each<[string, Audience, boolean]>([
    ['everybody', {}, true],
    ['students', { roles: ['student'] }, true],
    ['students and staff', { roles: ['staff', 'student'] }, true],
    ['members, which a student is', { roles: ['member'] }, true],
    ['staff, which the person no longer is', { roles: ['staff'] }, false],
    ['nobody', { roles: [] }, false],
    ['holders of an ECS-ID', { accountKinds: ['ecs'] }, true],
    ['holders of an SPS-ID', { accountKinds: ['sps'] }, false],
    ['the unit of the person', { units: ['f-engineering'] }, true],
    ['a unit that the person has left', { units: ['main-library'] }, false],
    [
      'students of the unit with an ECS-ID',
      { roles: ['student'], accountKinds: ['ecs'], units: ['f-engineering'] },
      true,
    ],
    ['students with an SPS-ID', { roles: ['student'], accountKinds: ['sps'] }, false],
    ['students of another unit', { roles: ['student'], units: ['f-letters'] }, false],
  ])('judges a service for %s', (_whom, audience, isFor) => {
    expect(isAudience(sampleConnection({ audience }), person, sampleAccount(), startInstant)).toBe(isFor);
  });
});
