/** Which passkeys are taken. They belong to the host of server.issuer; all of them must check their owner each time. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { aaguid } from './fields/aaguid.ts';

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
        'required refuses passkeys that bring no certificate of their product; those of telephones and password managers mostly do not. The certificate is checked in itself, and not against its maker.',
      ),
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
