import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

const header = 'certificates: { header: { name: Client-Cert, format: rfc9440 } }';
const proxy = 'proxy: { trusted: [10.0.0.1] }';
const server = `server: { certificateOrigin: "https://cert.example.ac.jp", ${proxy}, ${header} }`;
const subject = '{ field: sanEmail, to: universityMail }';
const certificates = (more = '') =>
  `certificates: { authorities: [root.pem], revocation: { lists: [{ file: list.crl }] }, subjects: [${subject}]${more} }`;
const whole = `${server}\n${certificates()}`;
const withRule = (rule: string) => `${server}\n${certificates().replace(subject, rule)}`;
const listen = '{ listen: { port: 3443, key: key.pem, certificate: cert.pem } }';

describe('checkCertificates', () => {
  it.each([
    ['the header of a proxy', whole],
    [
      'a listener of our own',
      `server: { certificateOrigin: "https://cert.example.ac.jp", certificates: ${listen} }\n${certificates()}`,
    ],
    ['services only', `${server}\n${certificates().replace(subject, '')}`],
    ['a rule bound to an organisation', withRule('{ field: commonName, to: loginName, under: "O=Example, C=JP" }')],
    [
      'a rule bound to an issuer',
      withRule('{ field: sanUpn, to: loginName, issuer: "CN=CA,O=Example", pattern: "(?<id>.+)@a" }'),
    ],
  ])('accepts %s', (_, text) => {
    expect(complaintsOf(loadBeside(text))).toEqual([]);
  });

  it.each<[string, string]>([
    [
      certificates(),
      'server.certificateOrigin: is needed with certificates: they are asked for at an origin of their own',
    ],
    [`server: { ${proxy}, ${header} }`, 'server.certificates: is of no use without server.certificateOrigin'],
    [
      'server: { certificateOrigin: "https://cert.example.ac.jp" }',
      'server.certificates: is needed with server.certificateOrigin: listen, or the header of a proxy',
    ],
    [
      whole.replace('certificates: { header', `certificates: { ${listen.slice(2, -2)}, header`),
      'server.certificates: needs one of listen and header: TLS ends here, or at a proxy',
    ],
    [
      whole.replace('header: { name: Client-Cert, format: rfc9440 }', ''),
      'server.certificates: needs one of listen and header: TLS ends here, or at a proxy',
    ],
    [
      `server: { certificateOrigin: "http://localhost:3443", certificates: ${listen} }`,
      'server.certificateOrigin: must be https: its own listener speaks TLS',
    ],
    [
      `server: { certificateOrigin: "https://a.jp", listen: { port: 3443 }, certificates: ${listen} }`,
      'server.certificates.listen.port: is that of server.listen',
    ],
    [
      whole.replace(`${proxy}, `, ''),
      'server.proxy.trusted: must name the proxy whose server.certificates.header is read',
    ],
    [
      whole.replace('{ file: list.crl }', '{ file: list.crl, url: "https://a.jp/list.crl" }'),
      'certificates.revocation.lists[0]: needs one of url and file',
    ],
    [whole.replace('{ file: list.crl }', '{}'), 'certificates.revocation.lists[0]: needs one of url and file'],
    [
      whole.replace('[{ file: list.crl }]', '[]'),
      'certificates.revocation.lists: names no list, so that every certificate would be refused; name those of the authorities, or write whenStale: accept',
    ],
    [
      withRule('{ field: commonName, to: loginName }'),
      'certificates.subjects[0]: needs under or issuer: the authority may issue a certificate with this name for somebody elsewhere',
    ],
    [
      withRule('{ field: sanEmail, to: universityMail, accountKinds: [membre] }'),
      'certificates.subjects[0].accountKinds[0]: there is no kind of account membre; did you mean member?',
    ],
    [
      withRule('{ field: sanEmail, to: universityMail, under: Example University }'),
      'certificates.subjects[0].under: expected a name such as O=Example University,C=JP (RFC 4514)',
    ],
    [
      withRule('{ field: sanEmail, to: universityMail, pattern: "(?<name>.+)@a" }'),
      'certificates.subjects[0].pattern: may have one group with a name, (?<id>…)',
    ],
  ])('objects to %s', (text, complaint) => {
    expect(complaintsOf(loadBeside(text))).toEqual([complaint]);
  });

  it.each(['Cookie', 'X-Forwarded-For', 'a b'])('takes no header that others send as well: %s', (name) => {
    const [complaint] = complaintsOf(loadBeside(whole.replace('Client-Cert', name)));
    expect(complaint).toMatch(/^server\.certificates\.header\.name: /);
  });
});
