import { beforeAll, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { connections } from '../../../src/core/connections/connection.ts';
import type { OidcSettings } from '../../../src/core/connections/oidc-settings.ts';
import { keyOfPem } from '../../../src/core/connections/registered-certificate.ts';
import { insert } from '../../../src/store/port.ts';
import { sampleConnection } from '../../core/sample-records.ts';
import { answer, serve } from '../../outgoing/local-server.ts';
import { describeWith } from '../../support/needs.ts';
import { openssl, selfSigned } from '../../support/openssl-authority.ts';
import { at, doctorStage, says } from './doctor-stage.ts';

type Jwk = Readonly<Record<string, unknown>>;

const { begin, findingsOn } = doctorStage();
const end = Date.parse('2030-03-31T00:00:00Z');
const laterEnd = Date.parse('2031-03-31T00:00:00Z');

const seen = (instant: number) => ({
  ...at(instant),
  environment: {
    SEKISHO__SERVER__CERTIFICATEORIGIN: 'http://127.0.0.1:3443',
    SEKISHO__SERVER__PROXY__TRUSTED: '[127.0.0.1/32]',
    SEKISHO__SERVER__CERTIFICATES__HEADER__NAME: 'Client-Cert',
    SEKISHO__SERVER__CERTIFICATES__HEADER__FORMAT: 'rfc9440',
  },
});

const connect = (oidc: Partial<OidcSettings>) =>
  begin(({ world }) => world.store.commit([insert(connections, sampleConnection({ id: 'library', oidc }))]));
const register = (...keys: readonly Jwk[]) => connect({ authentication: 'self_signed_tls_client_auth', keys });

describeWith(openssl, 'doctor on services with certificates', () => {
  let first: Jwk;
  let second: Jwk;
  beforeAll(() => {
    const keyUntil = (until: string): Jwk => {
      const read = keyOfPem(selfSigned({ from: '20250101000000Z', until }).certificate);
      if (!read.ok) throw new Error(read.problem);
      return read.key;
    };
    [first, second] = [keyUntil('20300331000000Z'), keyUntil('20310331000000Z')];
  });

  it('says nothing of one that lasts', async () => {
    await register(first);
    expect(await findingsOn('connections', seen(end - days(31)))).toEqual([]);
  });

  it('warns a month before one expires, and calls it a problem when it has', async () => {
    await register(first);
    const desk = /^Tell its desk: KULASIS front desk/;
    const almost = await findingsOn('connections', seen(end - days(29)));
    expect(almost).toEqual(says('warning', /^the certificate of library expires 2030-03-31/, desk));
    const over = await findingsOn('connections', seen(end + 1));
    expect(over).toEqual(says('problem', /^the certificate of library expired 2030-03-31/, desk));
  });

  it('looks at the one that lasts longest: the others are on their way out', async () => {
    await register(first, second);
    expect(await findingsOn('connections', seen(end + 1))).toEqual([]);
    expect(await findingsOn('connections', seen(laterEnd + 1))).toEqual(says('problem', /expired 2031-03-31/));
  });

  it('finds what this configuration cannot check', async () => {
    await connect({ authentication: 'tls_client_auth', tls: { sanDns: 'library.example' } });
    const todo = /server\.certificateOrigin and server\.certificates/;
    expect(await findingsOn('connections')).toEqual(says('problem', /^library shows a certificate/, todo));
    expect(await findingsOn('connections', seen(end))).toEqual(says('problem', /^library shows/, /authorities/));
  });

  it('looks at those that are published as well, and finds keys without any', async () => {
    let keys: readonly Jwk[] = [first];
    const host = await serve((socket) => answer('HTTP/1.1 200 OK', JSON.stringify({ keys }))(socket));
    try {
      const jwksUri = `http://localhost:${host.port}/keys`;
      await connect({ authentication: 'self_signed_tls_client_auth', jwksUri });
      expect(await findingsOn('connections', seen(end + 1), ['--reach'])).toEqual(says('problem', /expired 2030/));
      const { x5c: _none, ...bare } = first;
      keys = [bare];
      expect(await findingsOn('connections', seen(end), ['--reach'])).toEqual(says('problem', /hold no certificate/));
    } finally {
      await host.close();
    }
  });
});
