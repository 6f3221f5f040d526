/** What an operator writes of a connection's SAML side: the whole of it, or its metadata and what differs from that. */
import { z } from 'zod';
import { nameIdKinds, subjectIdentifiers } from '../saml-settings.ts';

/** What is said otherwise elsewhere; mere spellings (entityID) are recognised by their letters. */
const refusedKeys = {
  acs: 'write a list under consumers: { url, binding: post or artifact, index }',
  assertionConsumerService: 'write a list under consumers: { url, binding: post or artifact, index }',
  singleLogoutService: 'write a list under logout: { url, binding: redirect, post or soap }',
  certificates: 'write signingCertificates and encryptionCertificates: services may have one for each',
  attributes: 'what a service receives stands under release',
};

/** PEM or bare base64; kept as base64 of the DER without breaks. */
const certificate = z
  .string()
  .transform((text) => text.replaceAll(/-----(?:BEGIN|END) CERTIFICATE-----|\s+/g, ''))
  .meta({ words: 'a certificate as PEM or as base64 of its DER' });

const consumer = z.strictObject({
  url: z.string(),
  binding: z.enum(['post', 'artifact']).prefault('post'),
  index: z.int().min(0).max(65535).exactOptional(),
  isDefault: z.boolean().exactOptional(),
});

const logoutPlace = z.strictObject({
  binding: z.enum(['redirect', 'post', 'soap']),
  url: z.string(),
  responseUrl: z.string().exactOptional(),
});

export const samlEntry = z
  .strictObject({
    metadata: z
      .string()
      .min(1)
      .meta({ words: 'the path of an XML file, or the https address of the metadata' })
      .exactOptional(),
    metadataCertificate: z
      .string()
      .min(1)
      .meta({ words: 'the path of the certificate, as PEM, with which the metadata is signed' })
      .exactOptional(),
    preset: z.enum(['microsoft365']).exactOptional(),
    entityId: z.string().exactOptional(),
    consumers: z.array(consumer).min(1).meta({ words: 'a list with at least one address' }).exactOptional(),
    logout: z.array(logoutPlace).exactOptional(),
    signingCertificates: z.array(certificate).exactOptional(),
    encryptionCertificates: z.array(certificate).exactOptional(),
    requests: z.enum(['any', 'signed']).exactOptional(),
    signs: z.enum(['assertion', 'response', 'both']).exactOptional(),
    signatureAlgorithm: z
      .enum(['rsa-sha256', 'ecdsa-sha256'])
      .meta({ refused: { 'rsa-sha1': 'SHA-1 is broken: anybody with some money forges such a signature' } })
      .exactOptional(),
    encrypts: z.enum(['when-possible', 'always', 'never']).exactOptional(),
    cipher: z
      .enum(['aes256-gcm', 'aes128-gcm'])
      .meta({
        refused: {
          'aes256-cbc': 'whoever can send it changed messages reads what is encrypted so',
          'aes128-cbc': 'whoever can send it changed messages reads what is encrypted so',
        },
      })
      .exactOptional(),
    nameIds: z.array(z.enum(nameIdKinds)).min(1).meta({ words: 'a list with at least one kind' }).exactOptional(),
    nameIdFrom: z.string().exactOptional(),
    subjectIdentifier: z.enum(subjectIdentifiers).exactOptional(),
    mayBeUnsolicited: z.boolean().exactOptional(),
    issuer: z.string().exactOptional(),
    issuerByDomain: z.record(z.string(), z.string()).exactOptional(),
    pinnedKey: z.string().exactOptional(),
    attributeNames: z.record(z.string(), z.string()).exactOptional(),
    contexts: z.array(z.string()).min(1).meta({ words: 'a list with at least one URI' }).exactOptional(),
    tellsTrustedBrowserAs: z.string().exactOptional(),
  })
  .meta({ refused: refusedKeys });

export type SamlEntry = z.output<typeof samlEntry>;
