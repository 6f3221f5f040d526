import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { isSigned, verifyEnveloped } from '../../../../src/protocols/saml/signature/verify.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { refusalOf } from '../refused.ts';
import { newSigner } from '../sample-keys.ts';
import { forgedSignature, type MessageName, messageNames, partsOf } from './sample-message.ts';
import { type Captured, evilMessage, wrappingForms } from './wrapped.ts';

let signer: SigningKey;
beforeAll(async () => {
  signer = await newSigner();
});

function captured(name: MessageName): Captured {
  const [tag, who, rest] = partsOf({ name });
  const original = `${tag}${who}${rest}`;
  const signature = forgedSignature(original, { key: signer });
  return { name, original, signature, signed: `${tag}${who}${signature}${rest}` };
}

const rows = messageNames.flatMap((name) =>
  Object.entries(wrappingForms).flatMap(([form, wrap]) =>
    [
      { whose: 'its own', id: '_evil' },
      { whose: "the original's", id: '_1' },
    ].map(({ whose, id }) => ({ name, form, wrap, whose, id })),
  ),
);

describe('a signed message wrapped into another', () => {
  it.each(messageNames)('would be good by itself: %s', (name) => {
    const document = parseXml(captured(name).signed);
    expect(verifyEnveloped(document, [signer.certificate])).toMatchObject({ name, attributes: { ID: '_1' } });
  });

  it.each(rows)('is refused: $form, in a $name under $whose ID', ({ name, wrap, id }) => {
    const document = parseXml(wrap(captured(name), evilMessage(name, id)));
    expect(document.root.attributes.Destination).toBe('https://evil.example.org');
    expect(isSigned(document)).toBe(true);
    expect(refusalOf(() => verifyEnveloped(document, [signer.certificate]))).toMatch(/^signature_(?:invalid|missing)$/);
  });
});
