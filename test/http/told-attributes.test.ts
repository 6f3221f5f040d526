/** One person, told to a service in each protocol: what both are told is the same, under the names of the definitions. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { exchange, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { ask, enter, openService } from './enter.ts';
import { accepted, addSamlConnection, enter as enterSaml, requestUrl, samlParty } from './saml-party.ts';

const room = {
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__SOURCE: 'constant',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__VALUES: '[E-1]',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__LABEL__JA: '研究室の部屋',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__LABEL__EN: 'Laboratory room',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__SAML__NAME: 'urn:example:room',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__CLAIM: 'room',
  SEKISHO__ATTRIBUTES__DEFINITIONS__ROOM__SCOPE: 'campus',
  SEKISHO__ATTRIBUTES__ENTITLEMENTS: '[{ uri: "urn:mace:dir:entitlement:common-lib-terms", roles: [member] }]',
};

let sekisho: TestSekisho;
beforeAll(async () => {
  sekisho = await startSekisho({ environment: room });
  await sekisho.addAccount({ entry: { studentNumber: '1029361234' } });
});
afterAll(() => sekisho.close());

const granted = ['displayName', 'jaDisplayName', 'uniqueId', 'entitlement', 'scopedPersonalCode', 'room'];
const release = granted.map((attribute) => ({ attribute, required: true }));
const uniqueId = expect.stringMatching(/^[0-9a-f]{64}@kyoto-u\.ac\.jp$/) as unknown;

const userinfo = ({ config }: Party, tokens: Awaited<ReturnType<typeof exchange>>) =>
  client.fetchUserInfo(config, tokens.access_token, String(tokens.claims()?.sub));

describe('an attribute that the university defines itself', () => {
  it('is asked about by its label, and comes with its scope and with no other', async () => {
    const party = await openService(sekisho, { id: 'labs', consent: 'once', release });
    const browser = new CookieBrowser();
    const scope = 'openid campus';
    const { begun, page } = await ask(sekisho, party, browser, { scope });
    const typed = { username: 'a0123456', password: goodPassword };
    const { page: asked } = await submit(browser, sekisho.issuer, page as Page, typed);
    expect(asked?.html).toContain('研究室の部屋');
    expect(asked?.html).toContain('E-1');
    const { left } = await submit(browser, sekisho.issuer, asked as Page, { choice: 'allow' });
    const claims = await userinfo(party, await exchange(party, left as URL, begun));
    expect(claims).toMatchObject({ room: 'E-1' });
    expect(claims).not.toHaveProperty('eduperson_unique_id');
  });
});

describe('what is told of one person', () => {
  it('is the same in both protocols, each with its own names', async () => {
    const party = await openService(sekisho, { id: 'journals', release });
    const { tokens } = await enter(sekisho, party, { scope: 'openid profile affiliation campus' });
    const claims = await userinfo(party, tokens);
    expect(claims).toMatchObject({
      name: '京都 花子',
      'name#ja-Hani-JP': '京都 花子',
      eduperson_unique_id: uniqueId,
      eduperson_entitlement: ['urn:mace:dir:entitlement:common-lib-terms'],
      gakunin_scoped_personal_unique_code: ['student:1029361234@kyoto-u.ac.jp'],
      room: 'E-1',
    });
    const subjectIdentifier = 'subject-id';
    await addSamlConnection(sekisho, { id: 'kumoi', release, saml: { subjectIdentifier } });
    const saml = samlParty(sekisho);
    const profile = await accepted(saml, await enterSaml(sekisho, await requestUrl(saml)));
    expect(profile).toMatchObject({
      // No page and no request says which language a service by SAML wants: Latin letters.
      'urn:oid:2.16.840.1.113730.3.1.241': 'Hanako Kyoto',
      'urn:oid:1.3.6.1.4.1.32264.1.1.3': '京都 花子',
      'urn:oid:1.3.6.1.4.1.5923.1.1.1.13': claims.eduperson_unique_id,
      'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'urn:mace:dir:entitlement:common-lib-terms',
      'urn:oid:1.3.6.1.4.1.32264.1.1.6': 'student:1029361234@kyoto-u.ac.jp',
      'urn:example:room': 'E-1',
      'urn:oasis:names:tc:SAML:attribute:subject-id': claims.eduperson_unique_id,
    });
  });
});
