/**
 * What of a certificate is judged and compared, read once. node:crypto does names, keys and signatures; @peculiar/x509 reads
 * the extensions and the parts of the names. Whoever imports this loads that library: only where certificates are configured.
 */
import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Instant } from '../../base/clock.ts';

/** What a configured rule may look at; of each as many values as the certificate has. */
export interface CertificateNames {
  readonly commonName: readonly string[];
  readonly serialNumber: readonly string[];
  readonly emailAddress: readonly string[];
  readonly sanEmail: readonly string[];
  readonly sanUpn: readonly string[];
}

export interface ReadCertificate {
  readonly x509: X509Certificate;
  /** SHA-256 of the whole certificate, base64url; of its public key (SubjectPublicKeyInfo) alike. */
  readonly digest: string;
  readonly keyDigest: string;
  /** RFC 4514. */
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal, lower case, without leading zeros. */
  readonly serial: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly isAuthority: boolean;
  /** How many authorities may stand below it; undefined where it does not say. */
  readonly pathLength?: number;
  /** Bits of RFC 5280 4.2.1.3; undefined where it may be used for anything. */
  readonly keyUsage?: number;
  /** RFC 5280 4.2.1.12; undefined where it may serve any purpose. */
  readonly purposes?: readonly string[];
  readonly criticalExtensions: readonly string[];
  readonly names: CertificateNames;
}

const oid = { commonName: '2.5.4.3', serialNumber: '2.5.4.5', emailAddress: '1.2.840.113549.1.9.1' } as const;

/** Undefined for one whose extensions or names cannot be read: what is not understood is not believed. */
export function readCertificate(certificate: X509Certificate): ReadCertificate | undefined {
  try {
    return read(certificate);
  } catch {
    return undefined;
  }
}

function read(certificate: X509Certificate): ReadCertificate {
  const parsed = new x509.X509Certificate(certificate.raw);
  const constraints = parsed.getExtension(x509.BasicConstraintsExtension);
  const keyUsage = parsed.getExtension(x509.KeyUsagesExtension)?.usages;
  const purposes = parsed.getExtension(x509.ExtendedKeyUsageExtension)?.usages;
  const alternatives = parsed.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? [];
  const subject = (field: keyof typeof oid) => parsed.subjectName.getField(oid[field]);
  const alternative = (type: string) => alternatives.filter((name) => name.type === type).map(({ value }) => value);
  return {
    x509: certificate,
    digest: sha256(certificate.raw),
    keyDigest: sha256(certificate.publicKey.export({ type: 'spki', format: 'der' })),
    subject: nameText(certificate.subject),
    issuer: nameText(certificate.issuer),
    serial: plainSerial(parsed.serialNumber),
    notBefore: parsed.notBefore.getTime(),
    notAfter: parsed.notAfter.getTime(),
    isAuthority: constraints?.ca === true,
    ...(constraints?.pathLength === undefined ? {} : { pathLength: constraints.pathLength }),
    ...(keyUsage === undefined ? {} : { keyUsage }),
    ...(purposes === undefined ? {} : { purposes: purposes.map(String) }),
    criticalExtensions: parsed.extensions.filter(({ critical }) => critical).map(({ type }) => type),
    names: {
      commonName: subject('commonName'),
      serialNumber: subject('serialNumber'),
      emailAddress: subject('emailAddress'),
      sanEmail: alternative('email'),
      sanUpn: alternative('upn'),
    },
  };
}

/** Node writes a part a line, the widest first; RFC 4514 2.1 begins with the narrowest, between commas. */
const nameText = (lines: string | undefined): string => (lines ?? '').split('\n').reverse().join(',');

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');

/** A positive number may be written with a zero byte before it; certificate and list need not agree on that. */
export const plainSerial = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '');

/** All certificates of a PEM file, or the one of a DER file. @throws Error where there is none, or one that cannot be read */
export function certificatesIn(file: Buffer): readonly ReadCertificate[] {
  const blocks = file.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  return (blocks ?? [file]).map((block) => {
    const certificate = readCertificate(new X509Certificate(block));
    if (!certificate) throw new Error('a certificate in it cannot be read');
    return certificate;
  });
}
