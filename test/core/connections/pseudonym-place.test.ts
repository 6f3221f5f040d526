import { describe, expect, it } from '@jest/globals';
import { samlPlace } from '../../../src/core/connections/pseudonym-place.ts';
import { sectorOf } from '../../../src/protocols/oidc/subjects.ts';
import { sampleConnection } from '../sample-records.ts';

describe('samlPlace', () => {
  it('is no sector of OpenID Connect, also where both services are one host', () => {
    const sector = sectorOf(sampleConnection({ oidc: { redirectUris: ['https://sp.example/callback'] } }));
    expect([samlPlace('https://sp.example'), samlPlace('sp.example:443'), samlPlace(sector)]).not.toContain(sector);
    // A host, with or without its port, has no space.
    expect(samlPlace(sector)).toMatch(/ /);
  });
});
