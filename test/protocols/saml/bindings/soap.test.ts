import { beforeAll, describe, expect, it } from '@jest/globals';
import { envelope, openEnvelope } from '../../../../src/protocols/saml/bindings/soap.ts';
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { type SigningKey, signEnveloped } from '../../../../src/protocols/saml/signature/sign.ts';
import { isSigned, verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { element, write } from '../../../../src/protocols/saml/xml/write.ts';
import { refusalOf } from '../refused.ts';
import { newSigner } from '../sample-keys.ts';

let signer: SigningKey;
beforeAll(async () => {
  signer = await newSigner('ES256');
});

const message = write(element('samlp:ArtifactResolve', { ID: '_1' }, [element('saml:Issuer', {}, ['sp'])]));
const soap = (inner: string) => `<S:Envelope xmlns:S="${namespaces.soap}">${inner}</S:Envelope>`;
const refusal = (text: string) => refusalOf(() => openEnvelope(text));

describe('the SOAP binding', () => {
  it('opens what it enveloped, with its signature whole', async () => {
    const document = openEnvelope(envelope(await signEnveloped(message, signer)));
    expect(isSigned(document)).toBe(true);
    expect(verifyEnveloped(document, [signer.certificate])).toMatchObject({
      name: 'ArtifactResolve',
      attributes: { ID: '_1' },
    });
  });

  it('takes the message alone: what the envelope says of prefixes and IDs is not its own', async () => {
    const signed = await signEnveloped(message, signer);
    const around = soap(`<S:Header><a ID="_1"/></S:Header><S:Body ID="_1">\n${signed}\n</S:Body>`);
    expect(verifyEnveloped(openEnvelope(around), [signer.certificate]).children).toHaveLength(1);
  });

  it('reads a message whose prefix the envelope declares', () => {
    const xml = soap('<S:Body><p:Logout/></S:Body>').replace('xmlns:S', 'xmlns:p="urn:p" xmlns:S');
    expect(openEnvelope(xml).root).toMatchObject({ namespace: 'urn:p', name: 'Logout' });
  });

  it.each([
    ['a message without an envelope', message],
    ['a body without an envelope', soap('<S:Body><a/></S:Body>').replaceAll('S:Envelope', 'S:Other')],
    ['SOAP 1.2', soap('<S:Body><a/></S:Body>').replace(namespaces.soap, 'http://www.w3.org/2003/05/soap-envelope')],
    ['an envelope without a body', soap('<S:Header/>')],
    ['an empty body', soap('<S:Body/>')],
    ['two messages', soap('<S:Body><a/><b/></S:Body>')],
    ['two bodies', soap('<S:Body><a/></S:Body><S:Body/>')],
    ['a header that has to be understood', soap('<S:Header><a S:mustUnderstand="1"/></S:Header><S:Body><a/></S:Body>')],
  ])('cannot read %s', (_, text) => expect(refusal(text)).toBe('message_unreadable'));

  it('is as strict about XML as all others', () => {
    expect(refusal(`<!DOCTYPE a>${soap('<S:Body><a/></S:Body>')}`)).toBe('xml_forbidden');
  });
});
