/**
 * One set of settings out of what is written, what metadata says, the preset and the careful defaults. It judges nothing but
 * what stands against itself; rules.ts judges the outcome.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Partly } from '../../../base/document/accepted-part.ts';
import type { Finding } from '../../../base/document/problem.ts';
import type { NameIdKind, SamlConsumer, SamlSettings } from '../saml-settings.ts';
import { certificateProblem } from './certificate.ts';
import type { SamlEntry } from './entry.ts';
import type { SamlFacts } from './facts.ts';
import { microsoft365 } from './microsoft365.ts';

/** Of SAML2int: the response signed (IDP09), the assertion encrypted where that is possible (IDP10). */
const defaults = {
  logout: [],
  signingCertificates: [],
  encryptionCertificates: [],
  requests: 'any',
  signs: 'response',
  signatureAlgorithm: 'rsa-sha256',
  encrypts: 'when-possible',
  cipher: 'aes256-gcm',
  nameIds: ['transient', 'persistent'],
  subjectIdentifier: 'none',
  mayBeUnsolicited: false,
} as const satisfies Partial<SamlSettings>;

export interface Settled {
  /** Whole, unless a finding says what is missing. */
  readonly settings: Partial<SamlSettings>;
  readonly findings: readonly Finding[];
  /** What of the metadata was left out. */
  readonly notes: readonly Finding[];
}

/** `released`: the attributes that the connection is granted. Paths begin at the `saml` section. */
export function settleSaml(
  entry: Partly<SamlEntry>,
  facts: SamlFacts | undefined,
  released: readonly string[],
): Settled {
  const written = writtenIn(entry);
  const fixed: Partial<SamlSettings> = entry.preset === 'microsoft365' ? microsoft365(released[0]) : {};
  const drawn = facts ? drawnFrom(facts, released) : { settings: {}, notes: [] };
  const settings = { ...defaults, ...drawn.settings, ...written, ...fixed };
  return {
    settings,
    findings: [
      ...checkFixed(written, fixed, entry.preset),
      ...checkEntity(settings, facts),
      ...checkWhole(settings, entry, facts),
    ],
    notes: drawn.notes,
  };
}

function writtenIn(entry: Partly<SamlEntry>): Partial<SamlSettings> {
  const { metadata: _read, metadataCertificate: _trusted, consumers, ...fields } = entry;
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...(known as Partial<SamlSettings>), ...(consumers ? { consumers: consumersOf(consumers) } : {}) };
}

/** One without an index has that of its place in the list, or the next that is free. */
function consumersOf(written: NonNullable<Partly<SamlEntry>['consumers']>): readonly SamlConsumer[] {
  const taken = new Set(written.flatMap((one) => one?.index ?? []));
  const free = (): number => {
    let index = 0;
    while (taken.has(index)) index += 1;
    taken.add(index);
    return index;
  };
  return written.flatMap((one) => {
    if (one?.url === undefined) return [];
    const { url, binding = 'post', index = free(), isDefault } = one;
    return [{ url, binding, index, ...(isDefault === undefined ? {} : { isDefault }) }];
  });
}

function drawnFrom(
  facts: SamlFacts,
  released: readonly string[],
): { settings: Partial<SamlSettings>; notes: readonly Finding[] } {
  const { entityId, consumers, logout, signingCertificates, subjectIdentifier, cipher, wantsSignedAssertions } = facts;
  const usable = facts.encryptionCertificates.filter((one) => certificateProblem(one, 'encryption') === undefined);
  // An address is told to whoever was granted it; that metadata asks for it grants nothing.
  const nameIds = facts.nameIds.filter((kind: NameIdKind) => kind !== 'email' || released.includes('mail'));
  const settings: Partial<SamlSettings> = {
    entityId,
    consumers,
    logout,
    signingCertificates,
    encryptionCertificates: usable,
    requests: facts.signsRequests ? 'signed' : 'any',
    signs: wantsSignedAssertions ? 'both' : 'response',
    ...(cipher === undefined ? {} : { cipher }),
    ...(nameIds.length > 0 ? { nameIds } : {}),
    subjectIdentifier,
  };
  const weak = facts.encryptionCertificates.flatMap((one) => certificateProblem(one, 'encryption') ?? []);
  return {
    settings,
    notes: [
      ...weak.map((problem) => ({ path: ['encryptionCertificates'], message: `${problem}; it is left out` })),
      ...(nameIds.length < facts.nameIds.length
        ? [
            {
              path: ['nameIds'],
              message: 'the service can take the mail address as its identifier; it is not granted mail',
            },
          ]
        : []),
    ],
  };
}

const checkFixed = (
  written: Partial<SamlSettings>,
  fixed: Partial<SamlSettings>,
  preset: string | undefined,
): readonly Finding[] =>
  Object.entries(fixed).flatMap(([key, value]) => {
    const own = written[key as keyof SamlSettings];
    if (own === undefined || isDeepStrictEqual(own, value)) return [];
    return [{ path: [key], message: `is fixed by the preset ${preset}: ${JSON.stringify(value)}` }];
  });

const checkEntity = ({ entityId }: Partial<SamlSettings>, facts: SamlFacts | undefined): readonly Finding[] =>
  facts && entityId !== facts.entityId
    ? [{ path: ['metadata'], message: `is that of ${facts.entityId}, not of ${entityId}` }]
    : [];

function checkWhole(
  { entityId, consumers = [] }: Partial<SamlSettings>,
  entry: Partly<SamlEntry>,
  facts: SamlFacts | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (entityId === undefined && entry.entityId === undefined) {
    findings.push({
      path: ['entityId'],
      message: 'is missing: write it, or the metadata of the service under metadata',
    });
  }
  if (consumers.length > 0 || entry.consumers !== undefined) return findings;
  const message = 'the metadata has no address that takes responses by POST or artifact';
  if (facts) return [...findings, { path: ['metadata'], message }];
  return [...findings, { path: ['consumers'], message: 'is missing: the addresses that take responses' }];
}
