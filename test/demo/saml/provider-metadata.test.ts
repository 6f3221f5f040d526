import { describe, expect, it } from '@jest/globals';
import { readMetadata } from '../../../src/demo/services/saml/provider-metadata.ts';
import { metadataOf, providerKey } from '../plain-saml-provider.ts';

const now = Date.parse('2026-04-10T08:00:00Z');
const origin = 'https://idp.example';

describe('the metadata of the provider', () => {
  it('says where it takes what, and with which key it signs', async () => {
    const key = await providerKey;
    const validUntil = 'validUntil="2026-04-11T08:00:00Z"';
    expect(readMetadata(metadataOf(origin, key, { attributes: validUntil }), now)).toEqual({
      entityId: `${origin}/metadata`,
      signOnUrl: `${origin}/sso`,
      logoutUrl: `${origin}/slo`,
      logoutAnswerUrl: `${origin}/slo`,
      certificates: [key.certificate],
    });
  });

  it('may name another address for answers about a logout', async () => {
    const text = metadataOf(origin, await providerKey).replace(
      '/slo"',
      '/slo" ResponseLocation="https://idp.example/slr"',
    );
    expect(readMetadata(text, now)).toMatchObject({ logoutUrl: `${origin}/slo`, logoutAnswerUrl: `${origin}/slr` });
  });

  it.each<[string, (text: string) => string]>([
    ['what is no XML', () => 'hello'],
    ['what is nearly XML', (text) => text.replace('use="signing"', 'use=signing')],
    ['what breaks off', (text) => text.slice(0, -20)],
    ['a service', (text) => text.replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
    ['what is out of date', (text) => text.replace(' entityID', ' validUntil="2026-04-10T07:59:59Z" entityID')],
    ['what has no address', (text) => text.replace('SingleSignOnService', 'Nothing')],
    ['what has no key to verify with', (text) => text.replace('use="signing"', 'use="encryption"')],
  ])('is of no use: %s', async (_what, change) => {
    const good = metadataOf(origin, await providerKey);
    expect(() => readMetadata(good, now)).not.toThrow();
    expect(() => readMetadata(change(good), now)).toThrow();
  });
});
