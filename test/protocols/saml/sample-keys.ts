/** Keys with certificates of their own, as services and this identity provider have them. Made once a file: RSA takes its time. */
import { createPrivateKey } from 'node:crypto';
import { days } from '../../../src/base/duration.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { forgeKey } from '../../../src/core/keys/forge.ts';
import type { SigningKey } from '../../../src/protocols/saml/signature/sign.ts';

export async function newSigner(algorithm: 'RS256' | 'ES256' = 'RS256', bits = 2048): Promise<SigningKey> {
  const rule = {
    period: days(365),
    publishAhead: days(30),
    keepRetired: days(30),
    host: 'sp.example.ac.jp',
    bits,
  };
  const world = { ids: systemIds, clock: { now: () => Date.now() } };
  const { secret, certificate } = await forgeKey({ algorithm, isCertified: true }, rule, world);
  return {
    id: `${algorithm}-${bits}`,
    key: createPrivateKey({ key: secret, type: 'pkcs8', format: 'der' }),
    certificate: certificate?.der ?? '',
    algorithm: algorithm === 'RS256' ? 'rsa-sha256' : 'ecdsa-sha256',
  };
}

export const pemOf = (certificate: string): string =>
  `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

export const privatePemOf = ({ key }: SigningKey): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
