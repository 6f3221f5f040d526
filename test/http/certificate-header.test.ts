/** Certificates in the header of a proxy: believed of the proxy, at the origin that asks for them, and of nobody else. */
import { X509Certificate } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openReport } from '../../src/core/credentials/certificates/certificate-report.ts';
import { attemptIdOf } from '../../src/login/attempt.ts';
import { describeWith } from '../support/needs.ts';
import { type Authority, type KeyedCertificate, openAuthority, openssl } from '../support/openssl-authority.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

const host = 'cert.auth.example';
const handle = 'h'.repeat(43);
const path = `/certificate/${handle}?turn=1`;

interface Answered {
  readonly status: number;
  /** What was found; undefined without a report. */
  readonly report: string | undefined;
}

describeWith(openssl, 'the header of a proxy', () => {
  let authority: Authority;
  let own: KeyedCertificate;
  let sekisho: TestSekisho;

  const open = (format: string, trusted: string, name = 'Client-Cert') =>
    startSekisho({
      environment: {
        SEKISHO__SERVER__CERTIFICATEORIGIN: `https://${host}`,
        SEKISHO__SERVER__PROXY__TRUSTED: `["${trusted}"]`,
        SEKISHO__SERVER__CERTIFICATES__HEADER__NAME: name,
        SEKISHO__SERVER__CERTIFICATES__HEADER__FORMAT: format,
        SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([authority.file]),
        SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
      },
    });

  /** Over a connection from loopback; of a header several values are several lines. */
  const ask = (headers: Readonly<Record<string, string | readonly string[]>>, at = host): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const { port } = sekisho.app.address;
      const asking = request(
        { host: '127.0.0.1', port, path, headers: { host: at, ...headers } as never },
        (answer) => {
          answer.resume();
          const location = answer.headers.location;
          const sealed = location ? new URL(location).searchParams.get('certificate') : undefined;
          const { world, masterKey } = sekisho.ground;
          const report = sealed && openReport(world, masterKey, { attemptId: attemptIdOf(handle), turn: 1 }, sealed);
          const found = report ? (report.kind === 'good' ? report.certificate.serial : report.reason) : undefined;
          resolve({ status: answer.statusCode ?? 0, report: found });
        },
      );
      asking.on('error', reject);
      asking.end();
    });

  const field = ({ certificate }: KeyedCertificate = own) =>
    `:${new X509Certificate(certificate).raw.toString('base64')}:`;
  const found = () => ({
    status: 303,
    report: new X509Certificate(own.certificate).serialNumber.toLowerCase().replace(/^0+/, ''),
  });
  const none = { status: 303, report: 'none_sent' };

  beforeAll(() => {
    authority = openAuthority();
    own = authority.issue();
  });
  afterAll(() => authority.close());
  beforeEach(async () => {
    sekisho = await open('rfc9440', '127.0.0.1');
  });
  afterEach(() => sekisho.close());

  it('is believed of the proxy', async () => {
    expect(await ask({ 'Client-Cert': field() })).toEqual(found());
    expect(await ask({})).toEqual(none);
  });

  it('is judged like any other', async () => {
    const expired = authority.issue({ from: '20200101000000Z', until: '20210101000000Z' });
    expect(await ask({ 'Client-Cert': field(expired) })).toEqual({ status: 303, report: 'expired' });
  });

  it('is not read from anybody who is not the proxy', async () => {
    await sekisho.close();
    sekisho = await open('rfc9440', '192.0.2.1');
    expect(await ask({ 'Client-Cert': field() })).toEqual(none);
    expect(await ask({ 'Client-Cert': field(), 'X-Forwarded-For': '192.0.2.1' })).toEqual(none);
  });

  it('is not read where it stands twice: one of them is not of the proxy', async () => {
    expect(await ask({ 'Client-Cert': [field(), field()] })).toEqual(none);
    expect(await ask({ 'Client-Cert': `${field()}, ${field()}` })).toEqual(none);
  });

  it('is not read under another name', async () => {
    expect(await ask({ 'X-Client-Cert': field() })).toEqual(none);
  });

  it('leads nowhere under the Host of the issuer, where the proxy asks nobody for one', async () => {
    const { host: issuer } = new URL(sekisho.issuer);
    expect(await ask({ 'Client-Cert': field() }, issuer)).toEqual({ status: 404, report: undefined });
  });

  it.each<[string, (value: string) => string]>([
    ['longer than a certificate', (value) => `:${value.slice(1, -1)}${'AAAA'.repeat(3000)}:`],
    ['with something behind it', (value) => `:${value.slice(1, -1)}AAAA:`],
    ['without its colons', (value) => value.slice(1, -1)],
    ['that is no base64', (value) => value.replace('M', '!')],
    ['that is empty', () => '::'],
    ['that is no certificate', () => ':AAAA:'],
    ['that is PEM', () => encodeURIComponent(own.certificate)],
  ])('is not read with a value %s', async (_, made) => {
    expect(await ask({ 'Client-Cert': made(field()) })).toEqual(none);
  });

  it('is read as PEM, as nginx escapes it and as Apache writes it', async () => {
    await sekisho.close();
    sekisho = await open('pem-escaped', '127.0.0.1', 'X-Client-Cert');
    expect(await ask({ 'X-Client-Cert': encodeURIComponent(own.certificate) })).toEqual(found());
    expect(await ask({ 'X-Client-Cert': own.certificate.trim().replaceAll('\n', ' ') })).toEqual(found());
    for (const value of [field(), '%', encodeURIComponent(own.certificate.repeat(2))]) {
      expect(await ask({ 'X-Client-Cert': value })).toEqual(none);
    }
  });
});
