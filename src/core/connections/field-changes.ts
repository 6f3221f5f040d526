/** Which fields of a connection an import changes, from what to what, said so that an operator can read it. */
import { isDeepStrictEqual } from 'node:util';
import type { Connection, OidcConnection } from './connection.ts';
import { certificateIn } from './registered-certificate.ts';
import { certificateWords } from './saml/certificate.ts';

export interface FieldChange {
  /** `oidc.redirectUris`, `name.ja`. */
  readonly field: string;
  /** Undefined where there was nothing. Images and secrets are only described. */
  readonly before: unknown;
  /** Undefined where there is nothing any more. */
  readonly after: unknown;
}

/** What the record keeps by itself is no change of an author's. */
const ownFields = new Set(['id', 'state', 'suspensionReason', 'createdAt', 'changedAt', 'version', 'entityId']);

export function fieldChanges(before: Connection, after: Connection): readonly FieldChange[] {
  return changesBetween(before, after, []).filter(({ field }) => !ownFields.has(field));
}

function changesBetween(before: object, after: object, above: readonly string[]): readonly FieldChange[] {
  const [left, right] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key): readonly FieldChange[] => {
    const [was, is] = [left[key], right[key]];
    if (isDeepStrictEqual(was, is)) return [];
    const path = [...above, key];
    if (isSection(was) && isSection(is)) return changesBetween(was, is, path);
    const field = path.join('.');
    return [{ field, before: shown(field, was), after: shown(field, is) }];
  });
}

const isSection = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(field: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (field === 'logo') return `an image of ${String(value).length} characters`;
  if (field === 'oidc.secrets')
    return (value as OidcConnection['oidc']['secrets']).map(({ digest }) => shortDigest(digest));
  if (field === 'oidc.keys') return (value as NonNullable<OidcConnection['oidc']['keys']>).map(keyWords);
  if (field === 'saml.signingCertificates' || field === 'saml.encryptionCertificates')
    return (value as readonly string[]).map(certificateWords);
  return value;
}

/** Of a key that is there for its certificate, the certificate. */
function keyWords(key: Readonly<Record<string, unknown>>): unknown {
  const certificate = certificateIn(key);
  return certificate ? certificateWords(certificate.raw.toString('base64')) : (key.kid ?? 'a key without kid');
}

/** Enough to tell two apart. */
const shortDigest = (digest: string): string => `sha256 ${digest.slice(0, 8)}…`;
