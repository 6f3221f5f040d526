import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

describe('checkConsistency', () => {
  it.each([
    ['session: { idleLifetime: 13h }', 'session.idleLifetime: is longer than session.absoluteLifetime'],
    [
      'login: { throttle: { address: { firstDelay: 10m } } }',
      'login.throttle.address.firstDelay: is longer than login.throttle.address.longestDelay',
    ],
    [
      'server: { issuer: "https://a.jp", certificateOrigin: "https://a.jp", proxy: { trusted: [10.0.0.1] }, certificates: { header: { name: Client-Cert, format: rfc9440 } } }',
      'server.certificateOrigin: must be another origin than server.issuer',
    ],
    [
      'assurance: { levels: [{ level: mfa, acr: "urn:a" }, { level: mfa, acr: "urn:a" }] }',
      'assurance.levels[1].acr: urn:a stands here twice',
    ],
    [
      'assurance: { levels: [{ level: password, acr: "urn:a" }, { level: sfa, acr: "urn:a" }] }',
      'assurance.levels[1].acr: urn:a stands here twice',
    ],
    [
      'mail: { host: smtp.example.ac.jp, security: none, user: sekisho, from: a@example.ac.jp }',
      'mail.security: would send mail.password in the clear: write starttls or tls, or leave out mail.user',
    ],
    [
      'keys: { rotation: { keepRetired: 1h } }\noidc: { tokens: { accessToken: 2h } }',
      'keys.rotation.keepRetired: is shorter than oidc.tokens.accessToken',
    ],
    [
      'keys: { rotation: { keepRetired: 1h } }\noidc: { tokens: { idToken: 2h } }',
      'keys.rotation.keepRetired: is shorter than oidc.tokens.idToken',
    ],
    [
      'assurance: { aal2By: { passkeys: [2fc0579f-8113-47ea-b116-bb5a8db9202a] } }',
      'assurance.aal2By.passkeys: counts for nothing without passkeys.attestation: required',
    ],
    [
      'server: { workers: 2 }\nstore: { url: "sqlite::memory:" }',
      'server.workers: is more than 1, and a store in memory has one process',
    ],
    ['assurance: { order: [[sfa, sfa]] }', 'assurance.order[0]: makes sfa stronger than itself'],
  ])('refuses %s', (text, complaint) => {
    expect(complaintsOf(loadBeside(text))).toEqual([complaint]);
  });

  it.each([
    ['to a server on this machine', 'host: 127.0.0.1, security: none, user: sekisho'],
    ['over an encrypted connection', 'host: smtp.example.ac.jp, security: starttls, user: sekisho'],
    ['without one', 'host: smtp.example.ac.jp, security: none'],
  ])('accepts a login at the SMTP server %s', (_, settings) => {
    expect(complaintsOf(loadBeside(`mail: { ${settings}, from: a@example.ac.jp }`))).toEqual([]);
  });

  it('refuses an order of levels that comes back to where it began', () => {
    expect(complaintsOf(loadBeside('assurance: { order: [[password, sfa], [sfa, mfa], [mfa, sfa]] }'))).toEqual([
      'assurance.order[1]: makes sfa stronger than itself',
      'assurance.order[2]: makes mfa stronger than itself',
    ]);
  });

  it('accepts a level with several names, and levels that cannot be compared', () => {
    const text =
      'assurance: { levels: [{ level: mfa, acr: "urn:a" }, { level: mfa, acr: "urn:b" }], order: [[sfa, mfa], [sfa, aal2]] }';
    expect(complaintsOf(loadBeside(text))).toEqual([]);
  });

  it('refuses an example that the pattern matches only in part', () => {
    expect(complaintsOf(loadBeside('', { SEKISHO__ACCOUNTS__KINDS__MEMBER__LOGINNAME__EXAMPLE: 'abc1x' }))).toEqual([
      'accounts.kinds.member.loginName.example: does not match accounts.kinds.member.loginName.pattern',
    ]);
  });
});
