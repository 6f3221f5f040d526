/**
 * A metadata document, read for one service. A signature is checked where a certificate is given for it; else the document is
 * worth what the way is worth by which it came, and whoever calls says so.
 */
import type { SamlFacts } from '../../../core/connections/saml/facts.ts';
import { SamlRefusal } from '../refusal.ts';
import { isSigned, verifyEnveloped } from '../signature/verify.ts';
import { limitsFor } from '../xml/limits.ts';
import { textOf } from '../xml/octets.ts';
import { parseXml } from '../xml/parse.ts';
import { chooseEntity } from './choose.ts';
import { readFacts } from './read-facts.ts';

/** Bytes: an aggregate of a federation of ten thousand entities is larger, and is no document of one service. */
export const largestMetadata = 4 * 1024 * 1024;

export interface Wanted {
  /** Needed where the document holds several. */
  readonly entityId?: string;
  /** Base64 of the DER; with one, a document that it has not signed is refused. */
  readonly signedBy?: string;
}

export type ReadDocument =
  | { readonly ok: true; readonly facts: SamlFacts; readonly signature: 'none' | 'unchecked' | 'verified' }
  | { readonly ok: false; readonly problem: string };

export function readMetadata(octets: Uint8Array, { entityId, signedBy }: Wanted = {}): ReadDocument {
  if (octets.length > largestMetadata) return refused('is larger than 4 MiB; give the metadata of this one service');
  try {
    const text = textOf(octets);
    if (text.trim() === '') return refused('is empty');
    // What an address answers that asks for a login first.
    if (/^\s*<(?:!doctype\s+html|html)[\s>]/i.test(text)) return refused('is a web page, and no metadata');
    const document = parseXml(text, limitsFor(text.length));
    const root = signedBy === undefined ? document.root : verifyEnveloped(document, [signedBy]);
    const chosen = chooseEntity(root, entityId);
    if (!chosen.ok) return chosen;
    const read = readFacts(chosen.entity, chosen.validUntil);
    const signature = signedBy !== undefined ? 'verified' : isSigned(document) ? 'unchecked' : 'none';
    return read.ok ? { ...read, signature } : read;
  } catch (error) {
    if (error instanceof SamlRefusal)
      return refused(`${refusalWords[error.reason] ?? 'is no metadata'}: ${error.message}`);
    throw error;
  }
}

const refused = (problem: string) => ({ ok: false, problem }) as const;

const refusalWords: Readonly<Partial<Record<SamlRefusal['reason'], string>>> = {
  xml_malformed: 'is no well-formed XML',
  xml_forbidden: 'holds XML that is not accepted',
  message_too_large: 'is too large',
  message_invalid: 'is no metadata',
  signature_missing: 'is not signed',
  signature_invalid: 'is not signed with the certificate of metadataCertificate',
  algorithm_refused: 'is signed in a way that is not accepted',
};
