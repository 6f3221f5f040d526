/** Which passkeys are taken. They belong to the host of server.issuer; all of them must check their owner each time. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { aaguid } from './fields/aaguid.ts';

const pemFiles = () => z.array(z.string().min(1).meta({ words: 'the path of a PEM file' }));

/** Of a page, or of an Android application: `android:apk-key-hash:` and the SHA-256 of its certificate. */
const origin = () =>
  z
    .string()
    .refine((text) => isPageOrigin(text) || /^android:apk-key-hash:[\w-]{43}$/.test(text), notAsDescribed)
    .meta({ words: 'an origin such as https://app.example.ac.jp or android:apk-key-hash:…' });

const isPageOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

export const passkeys = z
  .strictObject({
    origins: z
      .array(origin())
      .prefault([])
      .describe(
        'Where a passkey may be used beside the issuer: origins of pages under its host, and of applications. Each of them can sign in as anybody who uses a passkey there.',
      ),
    attestation: z
      .enum(['none', 'required'])
      .prefault('none')
      .describe(
        'required refuses passkeys that bring no certificate of their product; those of telephones and password managers mostly do not. Where metadata or roots name the makers, it must be of one of them; otherwise anybody can make one.',
      ),
    metadata: z
      .strictObject({
        file: z
          .string()
          .min(1)
          .meta({ words: 'the path of a file' })
          .describe(
            'As it was fetched from https://mds3.fidoalliance.org/. Read at the start; the doctor says when there is a newer one.',
          ),
        roots: pemFiles()
          .min(1)
          .describe('To which its signature must lead: that of FIDO to the root of GlobalSign, a PEM file.'),
        signer: z
          .string()
          .min(1)
          .prefault('mds.fidoalliance.org')
          .describe('The host name in the certificate that it is signed with.'),
      })
      .exactOptional()
      .describe(
        'The list of authenticators of the FIDO Alliance (Metadata Service 3). A product is refused that it does not know, unless roots do, or of which it says that it was revoked or can be broken.',
      ),
    roots: pemFiles()
      .prefault([])
      .describe('Makers that are believed besides: PEM files with their root certificates.'),
    allowed: z
      .array(aaguid())
      .prefault([])
      .describe(
        'Only these products, by AAGUID; empty for all. Without attestation the number is the word of the passkey itself.',
      ),
    refused: z.array(aaguid()).prefault([]).describe('These products are not registered, by AAGUID.'),
  })
  .prefault({})
  .describe(
    'Passkeys. They are made for the host of server.issuer and are lost when it changes. What is refused here is refused when a passkey is made; those made before stay.',
  );
