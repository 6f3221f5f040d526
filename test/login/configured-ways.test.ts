import { describe, expect, it } from '@jest/globals';
import { configuredWays } from '../../src/login/configured-ways.ts';
import { testConfig } from '../support/sekisho.ts';

const ways = (environment: Readonly<Record<string, string>> = {}) =>
  configuredWays(testConfig('/nowhere', environment));

describe('configuredWays', () => {
  it('has mail where a server is configured', () => {
    expect(ways().canMail).toBe(false);
    const mail = { SEKISHO__MAIL__HOST: 'localhost', SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp' };
    expect(ways(mail).canMail).toBe(true);
  });

  it('has passkeys where browsers take them, and no certificates unless somebody is asked for one', () => {
    expect(ways()).toMatchObject({ hasNoPasskeys: false, certifiedKinds: [] });
    expect(ways({ SEKISHO__SERVER__ISSUER: 'http://127.0.0.1:3000' }).hasNoPasskeys).toBe(true);
  });
});
