import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

const listed = 'assurance: { aal2By: { passkeys: [2fc0579f-8113-47ea-b116-bb5a8db9202a] } }';
const metadata = 'metadata: { file: blob.jwt, roots: [root.pem] }';

describe('makers of passkeys', () => {
  it.each([
    ['passkeys: { roots: [maker.pem] }', 'passkeys.roots: counts for nothing without passkeys.attestation: required'],
    [`passkeys: { ${metadata} }`, 'passkeys.metadata: counts for nothing without passkeys.attestation: required'],
    [
      `${listed}\npasskeys: { attestation: required }`,
      'assurance.aal2By.passkeys: needs passkeys.metadata or passkeys.roots: anybody can make a certificate of such a product',
    ],
  ])('are refused where they are of no use, or are missing: %s', (text, complaint) => {
    expect(complaintsOf(loadBeside(text))).toEqual([complaint]);
  });

  it.each([
    `${listed}\npasskeys: { attestation: required, roots: [maker.pem] }`,
    `${listed}\npasskeys: { attestation: required, ${metadata} }`,
    'passkeys: { attestation: required }',
  ])('are accepted: %s', (text) => {
    expect(complaintsOf(loadBeside(text))).toEqual([]);
  });
});
