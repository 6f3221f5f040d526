/** A service whose certificate is registered itself (RFC 8705, 2.2): found by its value, whoever issued it. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { keyOfPem } from '../../src/core/connections/registered-certificate.ts';
import { answer, serve } from '../outgoing/local-server.ts';
import { describeWith } from '../support/needs.ts';
import { type KeyedCertificate, openAuthority, openssl, selfSigned } from '../support/openssl-authority.ts';
import {
  type CertificateMeans,
  type CertificateStage,
  certificateMeans,
  letIn,
  openStage,
  refused,
} from './certificate-stage.ts';

let means: CertificateMeans;
let stage: CertificateStage;

const keyOf = ({ certificate }: KeyedCertificate) => {
  const read = keyOfPem(certificate);
  if (!read.ok) throw new Error(read.problem);
  return read.key;
};

const register = (...registered: readonly KeyedCertificate[]) =>
  stage.sekisho.addConnection({
    id: 'library',
    oidc: { authentication: 'self_signed_tls_client_auth', keys: registered.map(keyOf) },
  });

const knock = (shown: KeyedCertificate | undefined) => stage.knock(shown);

describeWith(openssl, 'a service whose certificate is registered', () => {
  beforeAll(() => {
    means = certificateMeans();
  });
  afterAll(() => means.close());
  beforeEach(async () => {
    stage = await openStage(means);
  });
  afterEach(() => stage.sekisho.close());

  it('is let in by it, and by another one that is registered beside it', async () => {
    const [one, two] = [selfSigned(), selfSigned()];
    await register(one, two);
    expect(await knock(one)).toMatchObject(letIn);
    expect(await knock(two)).toMatchObject(letIn);
  });

  it('is let in by one of an authority that is unknown here, since nobody asks who issued it', async () => {
    const foreign = openAuthority('/CN=Unknown');
    const leaf = foreign.issue();
    foreign.close();
    await register(leaf);
    expect(await knock(leaf)).toMatchObject(letIn);
  });

  it('is let in by one that it publishes, and not by a key alone', async () => {
    const [one, other] = [selfSigned(), selfSigned()];
    const { x5c: _none, ...bare } = keyOf(other);
    const set = JSON.stringify({ keys: [keyOf(one), bare] });
    const host = await serve((socket) => answer('HTTP/1.1 200 OK', set)(socket));
    const jwksUri = `http://library.localhost:${host.port}/keys`;
    await stage.sekisho.addConnection({
      id: 'library',
      oidc: { authentication: 'self_signed_tls_client_auth', jwksUri },
    });
    try {
      expect(await knock(one)).toMatchObject(letIn);
      expect(await knock(other)).toMatchObject(refused);
    } finally {
      await host.close();
    }
  });

  it('is refused without one, or with one that is not registered', async () => {
    const one = selfSigned();
    await register(one);
    expect(await knock(undefined)).toMatchObject(refused);
    expect(stage.reasonTold()).toBe('client certificate was not provided');
    expect(await knock(selfSigned())).toMatchObject(refused);
    expect(stage.reasonTold()).toBe('unregistered client certificate provided');
    expect(await knock(means.authority.issue())).toMatchObject(refused);
  });

  it('is refused with one that has expired, or is not good yet', async () => {
    for (const [from, until] of [
      ['20200101000000Z', '20210101000000Z'],
      ['21000101000000Z', '21010101000000Z'],
    ] as const) {
      const one = selfSigned({ from, until });
      await stage.sekisho.close();
      stage = await openStage(means);
      await register(one);
      expect(await knock(one)).toMatchObject(refused);
      expect(stage.reasonTold()).toBe('client certificate is outside its validity');
    }
  });
});
