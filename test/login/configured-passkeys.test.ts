import { describe, expect, it } from '@jest/globals';
import { configuredPasskeys, isPasskeySite } from '../../src/login/configured-passkeys.ts';
import { testConfig } from '../support/sekisho.ts';

function ruleOf(issuer: string, environment: Readonly<Record<string, string>> = {}) {
  const config = testConfig('/nowhere', environment);
  return configuredPasskeys({ ...config, server: { ...config.server, issuer } });
}

describe('passkeys by configuration', () => {
  it('belong to the host of the issuer, and are used on its pages', () => {
    expect(ruleOf('https://auth.kyoto-u.ac.jp')).toEqual({
      site: 'auth.kyoto-u.ac.jp',
      origins: ['https://auth.kyoto-u.ac.jp'],
      attestation: 'none',
      allowed: [],
      refused: [],
    });
  });

  it('belong to localhost in a demonstration, whatever the port', () => {
    expect(ruleOf('http://localhost:3000')).toMatchObject({ site: 'localhost', origins: ['http://localhost:3000'] });
  });

  it.each([
    ['https://auth.kyoto-u.ac.jp', true],
    ['http://localhost:3000', true],
    ['http://127.0.0.1:3000', false],
    ['http://[::1]:3000', false],
  ])('are taken at a name and not at an address: %s', (issuer, isTaken) => {
    const config = testConfig('/nowhere');
    expect(isPasskeySite({ ...config, server: { ...config.server, issuer } })).toBe(isTaken);
  });

  it('are used in other places that are named, and are of the products that are named', () => {
    const app = 'android:apk-key-hash:cMnwbFlIFCq5pRD0T3N2zlFJxBmCN3BZn2M0wqPM4Ow';
    const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
    const environment = {
      SEKISHO__PASSKEYS__ORIGINS: JSON.stringify([app]),
      SEKISHO__PASSKEYS__ATTESTATION: 'required',
      SEKISHO__PASSKEYS__ALLOWED: JSON.stringify([aaguid]),
    };
    expect(ruleOf('https://auth.kyoto-u.ac.jp', environment)).toMatchObject({
      origins: ['https://auth.kyoto-u.ac.jp', app],
      attestation: 'required',
      allowed: [aaguid],
    });
  });

  it.each(['https://app.example.ac.jp/path', 'app.example.ac.jp', 'android:apk-key-hash:short'])(
    'are not used at %s, which is no origin',
    (origin) => {
      expect(() => testConfig('/nowhere', { SEKISHO__PASSKEYS__ORIGINS: JSON.stringify([origin]) })).toThrow(
        'passkeys.origins',
      );
    },
  );
});
