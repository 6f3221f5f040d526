/**
 * Reads the metadata that a document of connections names, by path or by address, before the document is judged. It is
 * believed because of how it came, or because of who signed it; which of the two is told with it.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { valueAt } from '../base/document/value-tree.ts';
import { isLoopbackHost } from '../base/loopback-host.ts';
import { metadataKey, type NamedMetadata, type ReadMetadata } from '../core/connections/saml/facts.ts';
import type { Outgoing } from '../outgoing/open-outgoing.ts';
import { largestMetadata, type ReadDocument, readMetadata } from '../protocols/saml/metadata/read.ts';
import { unreachedWords } from './unreached.ts';

interface Reading {
  readonly outgoing: Outgoing;
  /** Where relative paths start. */
  readonly folder: string;
}

/** As `metadataKey` names them. */
export async function readNamedMetadata(tree: unknown, reading: Reading): Promise<ReadonlyMap<string, ReadMetadata>> {
  const entries = valueAt(tree, ['connections']);
  const named = (Array.isArray(entries) ? entries : []).flatMap((entry) => namedIn(valueAt(entry, ['saml'])) ?? []);
  const found = new Map<string, ReadMetadata>();
  for (const one of named) found.set(metadataKey(one), await readOne(one, reading));
  return found;
}

function namedIn(saml: unknown): NamedMetadata | undefined {
  const textAt = (key: string): string | undefined => {
    const value = valueAt(saml, [key]);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const metadata = textAt('metadata');
  if (metadata === undefined) return undefined;
  return { metadata, metadataCertificate: textAt('metadataCertificate'), entityId: textAt('entityId') };
}

type Octets =
  | { readonly ok: true; readonly octets: Uint8Array; readonly way: string; readonly isOpen: boolean }
  | { readonly ok: false; readonly problem: string };

async function readOne(named: NamedMetadata, { outgoing, folder }: Reading): Promise<ReadMetadata> {
  const { metadata, metadataCertificate, entityId } = named;
  const signedBy = metadataCertificate === undefined ? undefined : certificateIn(resolve(folder, metadataCertificate));
  if (metadataCertificate !== undefined && signedBy === undefined) {
    return { ok: false, problem: `cannot be checked: the certificate in ${metadataCertificate} cannot be read` };
  }
  const got = /^https?:\/\//i.test(metadata)
    ? await fetchIt(outgoing, metadata)
    : readIt(resolve(folder, metadata), metadata);
  if (!got.ok) return got;
  const read = readMetadata(got.octets, {
    ...(entityId === undefined ? {} : { entityId }),
    ...(signedBy === undefined ? {} : { signedBy }),
  });
  if (!read.ok) return read;
  // Whoever is on the way would write into it where responses go.
  if (got.isOpen && read.signature !== 'verified') {
    return { ok: false, problem: 'came over http and is not checked: give an https address, or metadataCertificate' };
  }
  return { ok: true, facts: read.facts, trust: `${got.way}, ${signatureWords[read.signature]}` };
}

const signatureWords: Readonly<Record<Extract<ReadDocument, { ok: true }>['signature'], string>> = {
  none: 'not signed',
  unchecked: 'signed, and not checked without metadataCertificate',
  verified: 'signed with the certificate of metadataCertificate',
};

function readIt(path: string, called: string): Octets {
  try {
    return { ok: true, octets: readFileSync(path), way: `from the file ${called}`, isOpen: false };
  } catch {
    return { ok: false, problem: `the file ${called} cannot be read` };
  }
}

function certificateIn(path: string): string | undefined {
  try {
    const pem = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/.exec(readFileSync(path, 'utf8'));
    return pem?.[1]?.replaceAll(/\s+/g, '');
  } catch {
    return undefined;
  }
}

async function fetchIt(outgoing: Outgoing, url: string): Promise<Octets> {
  const headers = { accept: 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8' };
  const limits = { connectTime: 10_000, totalTime: 30_000, bodyBytes: largestMetadata };
  const outcome = await outgoing.request(url, { headers, limits });
  if (outcome.kind === 'failed') {
    return { ok: false, problem: `cannot be fetched from ${url}: ${unreachedWords[outcome.reason]}` };
  }
  const { status, body } = outcome.answer;
  if (status !== 200) return { ok: false, problem: `cannot be fetched from ${url}: it answers with status ${status}` };
  const { protocol, hostname } = new URL(url);
  const isOpen = protocol === 'http:' && !isLoopbackHost(hostname);
  return { ok: true, octets: body, way: `from ${url}${protocol === 'https:' ? ' over TLS' : ''}`, isOpen };
}
