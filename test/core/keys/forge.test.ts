import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { forgeKey } from '../../../src/core/keys/forge.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { sampleTurning } from '../fresh-world.ts';

const clock = new FakeClock();
const { certificates: rule } = sampleTurning();
const forge = (host = rule.host, bits = rule.bits) =>
  forgeKey({ algorithm: 'RS256', isCertified: true }, { ...rule, host, bits }, { ids: systemIds, clock });

async function forged(host?: string, bits?: number) {
  const { secret, certificate } = await forge(host, bits);
  if (!certificate) throw new TypeError('no certificate was made');
  return { secret, certificate, read: new X509Certificate(Buffer.from(certificate.der, 'base64')) };
}

describe('a key for SAML', () => {
  it('has a certificate of its own public half, signed by itself', async () => {
    const { secret, read } = await forged();
    const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    expect(read.checkPrivateKey(key)).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.signatureAlgorithm).toBe('sha256WithRSAEncryption');
  });

  it('is named for the host of the issuer, as federations compare it', async () => {
    const { read } = await forged();
    expect({ subject: read.subject, issuer: read.issuer }).toEqual({
      subject: `CN=${rule.host}`,
      issuer: `CN=${rule.host}`,
    });
    expect(read.checkHost(rule.host, { subject: 'never' })).toBe(rule.host);
    expect(read.ca).toBe(false);
  });

  it('lasts ten years, longer than the calendar keeps it, and has begun for a clock that is behind', async () => {
    const { read, certificate } = await forged();
    const until = read.validToDate.getTime();
    expect(until - clock.now()).toBe(days(3285 + 180 + 30 + 180));
    expect(certificate.endsAt).toBe(until);
    expect(read.validFromDate.getTime()).toBe(clock.now() - days(1));
  });

  it('can be one on the curve P-256, for services that ask for it', async () => {
    const made = await forgeKey({ algorithm: 'ES256', isCertified: true }, rule, { ids: systemIds, clock });
    const read = new X509Certificate(Buffer.from(made.certificate?.der ?? '', 'base64'));
    expect(read.checkPrivateKey(createPrivateKey({ key: made.secret, format: 'der', type: 'pkcs8' }))).toBe(true);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.signatureAlgorithm).toBe('ecdsa-with-SHA256');
    expect(read.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });

  it('is as long as configured', async () => {
    const { read } = await forged(rule.host, 3072);
    expect(read.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  it('has a serial number that is positive, short enough and new each time', async () => {
    const serials = await Promise.all([forged(), forged()]);
    const [one, two] = serials.map(({ read }) => read.serialNumber);
    expect(one).toMatch(/^01[0-9A-F]{32}$/);
    expect(one).not.toBe(two);
  });

  it('can be made for a host whose name is too long for a common name', async () => {
    const host = `${'a'.repeat(60)}.${'b'.repeat(20)}.example`;
    const { read } = await forged(host);
    expect(read.subject).toHaveLength('CN='.length + 64);
    expect(read.checkHost(host, { subject: 'never' })).toBe(host);
  });
});

describe('keys of other uses', () => {
  it('have no certificate', async () => {
    const means = { ids: systemIds, clock };
    expect(await forgeKey({ algorithm: 'RS256', isCertified: false }, rule, means)).not.toHaveProperty('certificate');
    expect((await forgeKey({ algorithm: 'HS256', isCertified: false }, rule, means)).secret).toHaveLength(32);
  });
});
