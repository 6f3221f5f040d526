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
      'server: { issuer: "https://a.jp", certificateOrigin: "https://a.jp" }',
      'server.certificateOrigin: must be another origin than server.issuer',
    ],
    [
      'assurance: { levels: [{ level: sfa, acr: "urn:a" }, { level: sfa }] }',
      'assurance.levels[1].level: sfa stands here twice',
    ],
    [
      'assurance: { levels: [{ level: password, acr: "urn:a" }, { level: sfa, acr: "urn:a" }] }',
      'assurance.levels[1].acr: urn:a stands here twice',
    ],
  ])('refuses %s', (text, complaint) => {
    expect(complaintsOf(loadBeside(text))).toEqual([complaint]);
  });

  it('refuses an example that the pattern matches only in part', () => {
    expect(complaintsOf(loadBeside('', { SEKISHO__ACCOUNTS__KINDS__MEMBER__LOGINNAME__EXAMPLE: 'abc1x' }))).toEqual([
      'accounts.kinds.member.loginName.example: does not match accounts.kinds.member.loginName.pattern',
    ]);
  });
});
