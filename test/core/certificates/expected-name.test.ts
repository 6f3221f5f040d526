import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, it } from '@jest/globals';
import { bearsName, type NameKind, nameProblem } from '../../../src/core/certificates/expected-name.ts';
import { describeWith } from '../../support/needs.ts';
import { openssl, selfSigned } from '../../support/openssl-authority.ts';

describeWith(openssl, 'bearsName', () => {
  let certificate: X509Certificate;
  let nameless: X509Certificate;
  beforeAll(() => {
    const names = [
      'DNS:first.example,DNS:Second.example,DNS:*.wild.example,URI:https://a.example/x,URI:urn:b',
      'IP:10.0.0.1,IP:2001:db8::1,email:Kyoto.Hanako@Example.jp',
    ].join();
    const subject = '/C=JP/O=Kyoto, University/OU=Library+CN=first/UID=7';
    certificate = new X509Certificate(selfSigned({ subject, names }).certificate);
    nameless = new X509Certificate(selfSigned({ subject: '/CN=first.example' }).certificate);
  });

  const borne: readonly (readonly [NameKind, string])[] = [
    ['subjectDn', 'UID=7,OU=Library+CN=first,O=Kyoto\\, University,C=JP'],
    ['subjectDn', 'uid=7, cn=FIRST + ou=library, o=kyoto\\2c university, c=jp'],
    ['sanDns', 'first.example'],
    ['sanDns', 'second.EXAMPLE'],
    ['sanUri', 'https://a.example/x'],
    ['sanUri', 'urn:b'],
    ['sanIp', '10.0.0.1'],
    ['sanIp', '2001:0DB8:0:0::1'],
    ['sanEmail', 'Kyoto.Hanako@example.JP'],
  ];
  it.each(borne)('finds the %s %s, wherever it stands among the others', (kind, expected) => {
    expect(bearsName(certificate, kind, expected)).toBe(true);
    expect(nameProblem(kind, expected)).toBeUndefined();
  });

  const strange: readonly (readonly [NameKind, string])[] = [
    ['subjectDn', 'UID=7,OU=Library+CN=first,O=Kyoto, University,C=JP'],
    ['subjectDn', 'C=JP,O=Kyoto\\, University,OU=Library+CN=first,UID=7'],
    ['subjectDn', 'UID=7,CN=first,O=Kyoto\\, University,C=JP'],
    ['subjectDn', ''],
    ['sanDns', 'irst.example'],
    ['sanDns', 'first.example.'],
    ['sanDns', 'a.wild.example'],
    ['sanDns', '*.wild.example'],
    ['sanUri', 'https://a.example/X'],
    ['sanUri', 'https://a.example/'],
    ['sanIp', '10.0.0.2'],
    ['sanIp', '::ffff:10.0.0.1'],
    ['sanEmail', 'kyoto.hanako@example.jp'],
    ['sanEmail', 'first.example'],
  ];
  it.each(strange)('does not find the %s %j', (kind, expected) => {
    expect(bearsName(certificate, kind, expected)).toBe(false);
  });

  it('does not take the common name for a host', () => {
    expect(bearsName(nameless, 'sanDns', 'first.example')).toBe(false);
    expect(bearsName(nameless, 'subjectDn', 'CN=first.example')).toBe(true);
  });
});
