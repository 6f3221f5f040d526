/** Whole messages of the running app, as another's library (xmlsec1) sees them: signatures that hold, and what they cover. */
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { SamlSettings } from '../../src/core/connections/saml-settings.ts';
import { namespaces } from '../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { xmlsecDecrypts, xmlsecVerifies } from '../protocols/saml/xmlsec.ts';
import { describeWith, xmlsec1 } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, ask, enter, handWritten, responseIn, type SentResponse } from './saml-party.ts';

const response = `${namespaces.protocol}:Response`;
const assertion = `${namespaces.assertion}:Assertion`;

describeWith(xmlsec1, 'xmlsec1', () => {
  let key: SigningKey;
  beforeAll(async () => {
    key = await newSigner();
  });
  let sekisho: TestSekisho;
  beforeEach(async () => {
    // What has to be escaped goes through signature and encryption too.
    sekisho = await startSekisho();
    await sekisho.addAccount({ entry: { nameEn: { family: `O'"<&>\r\t`, given: '𠮷\u00a0é' } } });
  });
  afterEach(() => sekisho.close());

  const release = ['mail', 'familyName', 'givenName', 'targetedId'].map((attribute) => ({ attribute, required: true }));
  async function entered(saml: Partial<SamlSettings>): Promise<SentResponse> {
    await addSamlConnection(sekisho, { release, saml });
    return enter(sekisho, handWritten(sekisho));
  }
  const ours = (algorithm: SamlSettings['signatureAlgorithm'] = 'rsa-sha256'): string =>
    activeSigner(sekisho.ground.ring.current().keys, algorithm).certificate;

  it.each<[SamlSettings['signatureAlgorithm'], SamlSettings['signs'], string]>([
    ['rsa-sha256', 'response', response],
    ['rsa-sha256', 'assertion', assertion],
    ['ecdsa-sha256', 'response', response],
    ['ecdsa-sha256', 'assertion', assertion],
  ])('verifies with %s the signature over the %s, and none over what was changed', async (algorithm, signs, root) => {
    const { xml } = await entered({ signatureAlgorithm: algorithm, signs });
    xmlsecVerifies(xml, ours(algorithm), root);
    expect(xml).toContain('a0123456@');
    expect(() => xmlsecVerifies(xml.replace('a0123456@', 'a0123457@'), ours(algorithm), root)).toThrow();
    expect(() => xmlsecVerifies(xml, key.certificate, root)).toThrow();
  });

  it('verifies both signatures, the one inside after it was taken out of the one around it', async () => {
    const { xml } = await entered({ signs: 'both' });
    xmlsecVerifies(xml, ours(), response);
    const [inner = ''] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml) ?? [];
    // What is declared around it is declared again where it stands alone.
    const alone = inner.replace('<saml:Assertion', `<saml:Assertion xmlns:saml="${namespaces.assertion}"`);
    xmlsecVerifies(alone.replace(/(xmlns:saml="[^"]*") \1/, '$1'), ours(), assertion);
  });

  it.each<SamlSettings['cipher']>(['aes256-gcm', 'aes128-gcm'])('opens what is encrypted with %s', async (cipher) => {
    const { xml } = await entered({ signs: 'both', cipher, encryptionCertificates: [key.certificate] });
    xmlsecVerifies(xml, ours(), response);
    expect(xml).not.toContain('a0123456');
    const opened = xmlsecDecrypts(xml, key);
    expect(opened).toContain('a0123456@st.kyoto-u.ac.jp');
    const [inner = ''] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(opened) ?? [];
    xmlsecVerifies(inner, ours(), assertion);
  });

  it('verifies a refusal that travels', async () => {
    await addSamlConnection(sekisho, {});
    const { xml } = responseIn(await ask(sekisho, handWritten(sekisho, { attributes: { IsPassive: 'true' } })));
    expect(xml).toContain('status:NoPassive');
    xmlsecVerifies(xml, ours(), response);
  });
});
