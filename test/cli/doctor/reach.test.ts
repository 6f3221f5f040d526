import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { reachCertificates } from '../../../src/cli/doctor/certificate.ts';
import { admit, discharge } from '../../../src/cli/doctor/patient.ts';
import { serve } from '../../outgoing/local-server.ts';
import { selfSigned } from '../../outgoing/self-signed.ts';
import { startSekisho, testConfig } from '../../support/sekisho.ts';
import { doctorStage, says } from './doctor-stage.ts';

const { cli, findingsOn } = doctorStage();

describe('doctor --reach', () => {
  it('asks the issuer as a service would', async () => {
    const sekisho = await startSekisho();
    const environment = { SEKISHO__SERVER__ISSUER: sekisho.issuer };
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual([]);
    await sekisho.close();
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(
      says('problem', /unreachable/, /server runs/),
    );
    expect(await findingsOn('issuer', { environment })).toEqual([]);
  });

  it.each([
    ['something else', 'HTTP/1.1 200 OK', 'It works!', /no discovery document/],
    [
      'another installation',
      'HTTP/1.1 200 OK',
      '{"issuer":"https://other.example"}',
      /calls itself https:\/\/other.example/,
    ],
    ['a proxy without us behind it', 'HTTP/1.1 502 Bad Gateway', '', /status 502/],
  ])('finds %s at the address of the issuer', async (_, head, body, what) => {
    const server = await serve((socket) => socket.end(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    const environment = { SEKISHO__SERVER__ISSUER: `http://localhost:${server.port}` };
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(says('problem', what));
    await server.close();
  });

  it.each([
    ['expired', new Date('2021-01-01'), /expired 2021-01-01/],
    ['is not accepted', new Date('2049-01-01'), /is not accepted: .*SELF_SIGNED/],
  ])('finds a certificate that %s', async (_, until, what) => {
    const server = await serve(() => {}, { tls: selfSigned('localhost', { until }) });
    const environment = { SEKISHO__SERVER__ISSUER: `https://localhost:${server.port}` };
    expect(await findingsOn('certificate', { environment }, ['--reach'])).toEqual(says('problem', what));
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(says('problem', /: tls$/));
    await server.close();
  });

  it('accepts a certificate that it trusts, and finds that nobody takes the connection', async () => {
    const tls = selfSigned('localhost');
    const server = await serve(() => {}, { tls });
    const config = testConfig(cli().folder, { SEKISHO__SERVER__ISSUER: `https://localhost:${server.port}` });
    const patient = { ...(await admit(config, { ids: systemIds })), ca: [tls.cert] };
    expect(await reachCertificates(patient)).toMatchObject([{ severity: 'ok' }]);
    await server.close();
    expect(await reachCertificates(patient)).toMatchObject([
      { severity: 'problem', what: expect.stringMatching(/no TLS/) },
    ]);
    await discharge(patient);
  });

  it('knocks at the SMTP server, and says when nobody opens', async () => {
    const server = createServer((socket) => {
      socket.write('220 mail.test ready\r\n');
      socket.on('data', (bytes) =>
        socket.write(String(bytes).startsWith('QUIT') ? '221 bye\r\n' : '250 mail.test\r\n'),
      );
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const environment = {
      SEKISHO__MAIL__HOST: '127.0.0.1',
      SEKISHO__MAIL__PORT: String(typeof address === 'object' ? address?.port : ''),
      SEKISHO__MAIL__SECURITY: 'none',
      SEKISHO__MAIL__FROM: 'noreply@example.ac.jp',
    };
    expect(await findingsOn('mail', { environment }, ['--reach'])).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
    expect(await findingsOn('mail', { environment }, ['--reach'])).toEqual(
      says('problem', /does not take mail: ECONNREFUSED/),
    );
  });
});
