import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../protocols/saml/metadata/sample-metadata.ts';
import { complaints, plain, settingsOf, type Wishes } from './stage.ts';

const good = { rsa: '', ec: '', weak: '' };
beforeAll(async () => {
  const [rsa, ec, weak] = await Promise.all([
    makeCertificate(),
    makeCertificate({ algorithm: 'ES256' }),
    makeCertificate({ bits: 1024 }),
  ]);
  Object.assign(good, { rsa, ec, weak });
});

const saml = (change: object, more: Omit<Wishes, 'saml'> = {}): Wishes => ({ ...more, saml: { ...plain, ...change } });
const consumer = (change: object) => saml({ consumers: [{ url: 'https://sp.example.ac.jp/acs', ...change }] });
const url = 'https://sp.example.ac.jp/';
const policy = { requiredLevel: 'mfa', trustedBrowser: 'policy' };
const mfa = 'https://refeds.org/profile/mfa';

describe('a SAML connection in a document', () => {
  it('is accepted with an entityID and one address, and filled in with the careful values', () => {
    expect(settingsOf({})).toEqual({
      entityId: plain.entityId,
      consumers: [{ url: 'https://sp.example.ac.jp/acs', binding: 'post', index: 0 }],
      logout: [],
      signingCertificates: [],
      encryptionCertificates: [],
      requests: 'any',
      signs: 'response',
      signatureAlgorithm: 'rsa-sha256',
      encrypts: 'when-possible',
      cipher: 'aes256-gcm',
      nameIds: ['transient', 'persistent'],
      subjectIdentifier: 'none',
      mayBeUnsolicited: false,
    });
  });

  it('gives addresses the indexes that nobody wrote for another', () => {
    const consumers = [{ url: `${url}a` }, { url: `${url}b`, index: 0 }, { url: `${url}c`, binding: 'artifact' }];
    expect(settingsOf(saml({ consumers })).consumers.map(({ index }) => index)).toEqual([1, 0, 2]);
  });

  it('takes a certificate as PEM, and keeps its DER', () => {
    const pem = `-----BEGIN CERTIFICATE-----\n${good.rsa.replaceAll(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`;
    expect(settingsOf(saml({ signingCertificates: [pem] })).signingCertificates).toEqual([good.rsa]);
  });

  const rows: readonly (readonly [string, () => Wishes, RegExp])[] = [
    ['no protocol', () => ({ saml: null }), /^: is missing its protocol/],
    [
      'two protocols',
      () => ({ connection: { oidc: { authentication: 'none', redirectUris: [url], subject: 'public' } } }),
      /^saml: stands beside oidc/,
    ],
    ['no name', () => ({ saml: { consumers: plain.consumers } }), /^saml\.entityId: is missing/],
    ['no address', () => ({ saml: { entityId: plain.entityId } }), /^saml\.consumers: is missing/],
    ['a name that is no URI', () => saml({ entityId: 'wiki' }), /^saml\.entityId: is no absolute URI/],
    [
      'a name that is too long',
      () => saml({ entityId: `urn:${'a'.repeat(256)}` }),
      /^saml\.entityId: is no absolute URI/,
    ],
    [
      'an http address',
      () => consumer({ url: 'http://sp.example.ac.jp/acs' }),
      /^saml\.consumers\[0\]\.url: must be https/,
    ],
    [
      'an address with a fragment',
      () => consumer({ url: `${url}#a` }),
      /^saml\.consumers\[0\]\.url: must not have a fragment/,
    ],
    [
      'an address that is a script',
      () => consumer({ url: 'javascript:alert(1)' }),
      /^saml\.consumers\[0\]\.url: must be https/,
    ],
    ['a binding of its own', () => consumer({ binding: 'paos' }), /^saml\.consumers\[0\]\.binding: expected/],
    [
      'one index twice',
      () =>
        saml({
          consumers: [
            { url, index: 1 },
            { url: `${url}b`, index: 1 },
          ],
        }),
      /^saml\.consumers\[1\]\.index: 1 stands here twice/,
    ],
    [
      'two defaults',
      () =>
        saml({
          consumers: [
            { url, isDefault: true },
            { url: `${url}b`, isDefault: true },
          ],
        }),
      /^saml\.consumers: several are the default/,
    ],
    [
      'a logout over http',
      () => saml({ logout: [{ binding: 'redirect', url: 'http://sp.example.ac.jp/' }] }),
      /^saml\.logout\[0\]\.url: must be https/,
    ],
    [
      'a logout that answers over http',
      () => saml({ logout: [{ binding: 'post', url, responseUrl: 'http://sp.example.ac.jp/' }] }),
      /^saml\.logout\[0\]\.responseUrl: must be https/,
    ],
    [
      'a logout on our own machine',
      () => saml({ logout: [{ binding: 'soap', url: 'https://localhost/slo' }] }),
      /^saml\.logout\[0\]\.url: lies on the machine of Sekisho itself/,
    ],
    [
      'what is no certificate',
      () => saml({ signingCertificates: ['AAAA'] }),
      /^saml\.signingCertificates\[0\]: is no X\.509 certificate/,
    ],
    [
      'two certificates in one place, of which only the first would be read',
      () => saml({ signingCertificates: [`${good.rsa.replace(/=*$/, '==')}\n${good.ec}`] }),
      /^saml\.signingCertificates\[0\]: holds something after its certificate: .* an entry of its own/,
    ],
    [
      'a weak key',
      () => saml({ signingCertificates: [good.weak] }),
      /^saml\.signingCertificates\[0\]: .* 1024 bits; at least 2048/,
    ],
    [
      'a weak key to encrypt to',
      () => saml({ encryptionCertificates: [good.weak] }),
      /^saml\.encryptionCertificates\[0\]: .* 1024 bits/,
    ],
    [
      'a curve to encrypt to',
      () => saml({ encryptionCertificates: [good.ec] }),
      /^saml\.encryptionCertificates\[0\]: .* only RSA keys/,
    ],
    [
      'signed requests without a certificate',
      () => saml({ requests: 'signed' }),
      /^saml\.requests: signed needs signingCertificates/,
    ],
    [
      'encryption without a key',
      () => saml({ encrypts: 'always' }),
      /^saml\.encrypts: always needs encryptionCertificates/,
    ],
    [
      'SHA-1',
      () => saml({ signatureAlgorithm: 'rsa-sha1' }),
      /^saml\.signatureAlgorithm: rsa-sha1 is not accepted: SHA-1 is broken/,
    ],
    ['AES-CBC', () => saml({ cipher: 'aes256-cbc' }), /^saml\.cipher: aes256-cbc is not accepted/],
    [
      'a key that is not there',
      () => saml({ pinnedKey: 'saml-signing-rs256-9' }),
      /^saml\.pinnedKey: there is no key saml-signing-rs256-9 for SAML; there are saml-signing-rs256-1/,
    ],
    [
      'a key of another algorithm',
      () => saml({ pinnedKey: 'saml-signing-es256-1' }),
      /^saml\.pinnedKey: .* signs with ecdsa-sha256, not with rsa-sha256/,
    ],
    [
      'one identifier twice',
      () => saml({ nameIds: ['transient', 'transient'] }),
      /^saml\.nameIds: one stands here twice/,
    ],
    [
      'an identifier from no attribute',
      () => saml({ nameIdFrom: 'shoeSize' }),
      /^saml\.nameIdFrom: there is no attribute shoeSize/,
    ],
    [
      'an attribute for identifiers that have none',
      () => saml({ nameIds: ['transient'], nameIdFrom: 'staffNumber' }, { connection: { consent: 'none' } }),
      /^saml\.nameIdFrom: is used for persistent and unspecified/,
    ],
    [
      'a name for what is not released',
      () => saml({ attributeNames: { mail: 'Mail' } }),
      /^saml\.attributeNames\.mail: mail is not under release/,
    ],
    ['an issuer that is no URI', () => saml({ issuer: 'kyoto' }), /^saml\.issuer: is no absolute URI/],
    [
      'an issuer of a domain that is none',
      () => saml({ issuerByDomain: { 'kyoto-u.ac.jp': 'x' } }),
      /^saml\.issuerByDomain\.kyoto-u\.ac\.jp: is no absolute URI/,
    ],
    [
      'a domain that is never met',
      () => saml({ issuerByDomain: { 'Kyoto-U.ac.jp': 'urn:kyoto' } }),
      /must be written in lower case/,
    ],
    [
      'a level that has no such name',
      () => saml({ contexts: ['urn:none'] }),
      /^saml\.contexts\[0\]: urn:none is no authnContext/,
    ],
    [
      'a word for trusted browsers without them',
      () => saml({ tellsTrustedBrowserAs: mfa }),
      /^saml\.tellsTrustedBrowserAs: needs trustedBrowser: policy/,
    ],
    [
      'a word for trusted browsers that no level has',
      () => saml({ tellsTrustedBrowserAs: 'urn:none' }, { connection: policy }),
      /^saml\.tellsTrustedBrowserAs: urn:none is no authnContext of the level mfa/,
    ],
    ['a field that does not exist', () => saml({ entityID: plain.entityId }), /^saml\.entityID: .*entityId/],
  ];
  it.each([
    ['a name', saml({ entityId: 'urn:\u009b2J' }), /^saml\.entityId: is no absolute URI/],
    ['an address', consumer({ url: `${url}\u009b2J` }), /^saml\.consumers\[0\]\.url: holds a control character/],
  ])('refuses %s that would steer the terminal of who reads it', (_, wishes, words) => {
    expect(complaints(wishes)).toEqual([expect.stringMatching(words)]);
  });

  it.each(rows)('refuses %s', (_, wishes, words) => {
    const found = complaints(wishes());
    expect(found).toEqual([expect.stringMatching(words)]);
  });

  it('takes http on a loopback address, and in development elsewhere', () => {
    expect(complaints(consumer({ url: 'http://sp.localhost:3001/acs' }))).toEqual([]);
    const development = { surroundings: { isProduction: false } };
    expect(complaints({ ...consumer({ url: 'http://sp.example.ac.jp/acs' }), ...development })).toEqual([]);
  });

  it('refuses two connections with one entityID in a document', async () => {
    const { judgeConnections } = await import('../../../../src/core/connections/document.ts');
    const { samlSurroundings } = await import('../sample-saml.ts');
    const one = {
      stage: 'test',
      name: { ja: 'ウィキ', en: 'Wiki' },
      homeUrl: url,
      desk: { name: { ja: '窓口', en: 'Desk' } },
      release: [],
      saml: plain,
    };
    const judged = judgeConnections(
      {
        connections: [
          { id: 'one', ...one },
          { id: 'two', ...one },
        ],
      },
      { accountKinds: [], units: [], folder: '.', reachesLoopback: false, saml: samlSurroundings },
    );
    expect(judged).toMatchObject({
      ok: false,
      findings: [{ path: ['connections', 1, 'saml'], message: `${plain.entityId} is connections[0] already` }],
    });
  });
});
