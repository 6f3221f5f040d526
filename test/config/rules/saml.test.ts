import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

const metadata = (text: string) => complaintsOf(loadBeside(`saml: { metadata: { ${text} } }`));

describe('SAML metadata', () => {
  it.each([
    ['has ended before it is fetched again', 'validity: 1d, cache: 1d', /^saml\.metadata\.cache: is not shorter/],
    [
      'outlasts the time in which the next key is told',
      'validity: 200d',
      /^saml\.metadata\.validity: is longer than keys/,
    ],
    [
      'claims Sirtfi without a contact for incidents',
      'assuranceCertifications: ["https://refeds.org/sirtfi"]',
      /^saml\.metadata\.contacts: has no security contact/,
    ],
    [
      'names a category that is no URI',
      'entityCategories: [research]',
      /^saml\.metadata\.entityCategories\[0\]: expected an absolute URI/,
    ],
  ])('is refused when it %s', (_, text, words) => {
    expect(metadata(text)).toEqual([expect.stringMatching(words)]);
  });

  it('is accepted with the contact', () => {
    const contact = '{ kind: security, name: CSIRT, mail: csirt@example.ac.jp }';
    expect(metadata(`assuranceCertifications: ["https://refeds.org/sirtfi2"], contacts: [${contact}]`)).toEqual([]);
    expect(metadata('')).toEqual([]);
  });

  it('is refused for an entityID with a space', () => {
    expect(complaintsOf(loadBeside('saml: { entityId: "https://idp.example.ac.jp/idp shibboleth" }'))).toEqual([
      expect.stringMatching(/^saml\.entityId: expected an absolute URI/),
    ]);
  });
});
