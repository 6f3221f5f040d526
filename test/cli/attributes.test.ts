import { describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';

const cli = commandLine();

/** An own definition, as an installation adds one. */
const room = {
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__SOURCE: 'constant',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__VALUES: '[E-1]',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__LABEL__JA: '部屋',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__LABEL__EN: 'Room',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__SAML__NAME: 'urn:example:room',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__CLAIM: 'room',
};

describe('attributes list', () => {
  it('lists those of the presets and the university’s own, as connections write them', async () => {
    const { attributes } = await cli().json(['attributes', 'list'], { environment: room });
    expect(attributes).toEqual(
      expect.arrayContaining([
        {
          name: 'familyName',
          source: 'familyName',
          label: { ja: '姓(ローマ字)', en: 'Family name' },
          saml: { name: 'urn:oid:2.5.4.4', format: 'uri', friendlyName: 'sn' },
          claim: 'family_name',
          scope: 'profile',
        },
        {
          name: 'room',
          source: 'constant',
          values: ['E-1'],
          label: { ja: '部屋', en: 'Room' },
          saml: { name: 'urn:example:room', format: 'uri' },
          claim: 'room',
        },
      ]),
    );
  });

  it('shows a person the names in both protocols, and opens nothing', async () => {
    const { exitCode, out } = await cli().sekisho(['attributes', 'list'], { environment: room });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/familyName +│ Family name +│ sn +│ family_name +│ profile/);
    expect(out).toMatch(/room +│ Room +│ urn:example:room +│ room +│ /);
    expect(out).toMatch(/targetedId .+│ eduPersonTargetedID +│ +│ +│/);
  });

  it('says what is wrong with a definition that repeats a name', async () => {
    const environment = { ...room, SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__CLAIM: 'name' };
    const { exitCode, err } = await cli().sekisho(['attributes', 'list'], { environment });
    expect(exitCode).toBe(1);
    expect(err).toContain('attributes.definitions.room.claim: name is that of displayName already');
  });
});
