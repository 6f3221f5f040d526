/** What the settings of a SAML connection must be, wherever they came from. Paths begin at the `saml` section. */
import type { Instant } from '../../../base/clock.ts';
import type { Finding, Path } from '../../../base/document/problem.ts';
import { isLoopbackHost } from '../../../base/loopback-host.ts';
import type { AttributeDefinitions } from '../../attributes/definition.ts';
import type { Level } from '../../credentials/level.ts';
import type { RingKey } from '../../keys/ring.ts';
import { calledUriProblem } from '../called-uri.ts';
import type { SamlSettings } from '../saml-settings.ts';
import { readUri } from '../written-uri.ts';
import { certificateProblem } from './certificate.ts';
import type { ReadMetadata } from './facts.ts';

/** What a document may refer to beside itself. */
export interface SamlSurroundings {
  readonly now: Instant;
  /** Whether people with accounts of their own are served: then nothing crosses a network in the clear. */
  readonly isProduction: boolean;
  readonly reachesLoopback: boolean;
  /** The keys for SAML in the ring. */
  readonly keys: readonly Pick<RingKey, 'id' | 'algorithm' | 'state'>[];
  readonly definitions: AttributeDefinitions;
  /** The names of levels in SAML. */
  readonly contexts: readonly { readonly name: string; readonly level: Level }[];
  readonly announcesEcdsa: boolean;
  /** By `metadataKey`. */
  readonly metadata: ReadonlyMap<string, ReadMetadata>;
}

/** What stands elsewhere in the connection. */
export interface SamlSetting {
  readonly released: readonly string[];
  /** Whether a trusted browser does there in place of a second factor. */
  readonly hasTrustedBrowsers: boolean;
}

export const checkSaml = (
  saml: Partial<SamlSettings>,
  setting: SamlSetting,
  surroundings: SamlSurroundings,
): readonly Finding[] => [
  ...checkNames(saml),
  ...checkConsumers(saml, surroundings),
  ...checkLogout(saml, surroundings),
  ...checkCertificates(saml),
  ...checkKey(saml, surroundings),
  ...checkIdentifiers(saml, setting, surroundings),
  ...checkContexts(saml, setting, surroundings),
];

/** SAML2int SDP-G04. Two that differ only in how they are written would be two services. */
const entityProblem = (id: string): string | undefined =>
  id.length > 256 || /[\s\p{Cc}]/u.test(id) || !URL.canParse(id)
    ? 'is no absolute URI of 256 characters or fewer'
    : undefined;

function checkNames({ entityId, issuer, issuerByDomain = {} }: Partial<SamlSettings>): readonly Finding[] {
  const names: readonly (readonly [Path, string | undefined])[] = [
    [['entityId'], entityId],
    [['issuer'], issuer],
    ...Object.entries(issuerByDomain).map(([domain, name]) => [['issuerByDomain', domain], name] as const),
  ];
  const domains = Object.keys(issuerByDomain).filter((domain) => domain !== domain.toLowerCase());
  return [
    ...names.flatMap(([path, name]) => complaint(path, name, name === undefined ? undefined : entityProblem(name))),
    ...domains.map((domain) => ({ path: ['issuerByDomain', domain], message: 'must be written in lower case' })),
  ];
}

const complaint = (path: Path, value: string | undefined, problem: string | undefined): readonly Finding[] =>
  problem === undefined ? [] : [{ path, message: `${problem}; got ${JSON.stringify(value?.slice(0, 200))}` }];

/** Addresses to which a browser carries what was signed for one person. */
function browserUrlProblem(written: string, isProduction: boolean): string | undefined {
  const read = readUri(written);
  if (read.kind === 'refused') return read.problem;
  if (/\p{Cc}/u.test(written)) return 'holds a control character';
  const { protocol, hostname } = read.url;
  if (protocol === 'https:') return undefined;
  // Whoever is on the way could take the response, and be that person at the service.
  if (protocol !== 'http:' || (isProduction && !isLoopbackHost(hostname))) {
    return 'must be https: only a loopback address may be http';
  }
  return undefined;
}

function checkConsumers(
  { consumers = [] }: Partial<SamlSettings>,
  { isProduction }: SamlSurroundings,
): readonly Finding[] {
  const indexes = consumers.map(({ index }) => index);
  const findings = consumers.flatMap(({ url, index }, place): readonly Finding[] => [
    ...complaint(['consumers', place, 'url'], url, browserUrlProblem(url, isProduction)),
    ...(indexes.indexOf(index) < place
      ? [{ path: ['consumers', place, 'index'], message: `${index} stands here twice` }]
      : []),
  ]);
  const defaults = consumers.filter(({ isDefault }) => isDefault);
  return defaults.length > 1 ? [...findings, { path: ['consumers'], message: 'several are the default' }] : findings;
}

function checkLogout(
  { logout = [] }: Partial<SamlSettings>,
  { isProduction, reachesLoopback }: SamlSurroundings,
): readonly Finding[] {
  return logout.flatMap(({ binding, url, responseUrl }, place): readonly Finding[] => {
    const problemOf = (address: string) =>
      binding === 'soap' ? calledUriProblem(address, reachesLoopback) : browserUrlProblem(address, isProduction);
    return [
      ...complaint(['logout', place, 'url'], url, problemOf(url)),
      ...(responseUrl === undefined
        ? []
        : complaint(['logout', place, 'responseUrl'], responseUrl, problemOf(responseUrl))),
    ];
  });
}

function checkCertificates(saml: Partial<SamlSettings>): readonly Finding[] {
  const { signingCertificates = [], encryptionCertificates = [], requests, encrypts } = saml;
  const judge = (key: 'signingCertificates' | 'encryptionCertificates', list: readonly string[]) =>
    list.flatMap((one, place): readonly Finding[] => {
      const problem = certificateProblem(one, key === 'signingCertificates' ? 'signing' : 'encryption');
      return problem === undefined ? [] : [{ path: [key, place], message: problem }];
    });
  const findings = [
    ...judge('signingCertificates', signingCertificates),
    ...judge('encryptionCertificates', encryptionCertificates),
  ];
  if (requests === 'signed' && signingCertificates.length === 0) {
    findings.push({
      path: ['requests'],
      message: 'signed needs signingCertificates: nothing else tells whose a signature is',
    });
  }
  if (encrypts === 'always' && encryptionCertificates.length === 0) {
    findings.push({
      path: ['encrypts'],
      message: 'always needs encryptionCertificates: there is no key to encrypt to',
    });
  }
  return findings;
}

function checkKey(
  { pinnedKey, signatureAlgorithm }: Partial<SamlSettings>,
  { keys }: SamlSurroundings,
): readonly Finding[] {
  if (pinnedKey === undefined) return [];
  const key = keys.find(({ id }) => id === pinnedKey);
  const path = ['pinnedKey'];
  if (!key || key.state === 'gone') {
    const known = keys.filter(({ state }) => state !== 'gone').map(({ id }) => id);
    return [{ path, message: `there is no key ${pinnedKey} for SAML; there are ${known.join(', ')}` }];
  }
  const own = key.algorithm === 'ES256' ? 'ecdsa-sha256' : 'rsa-sha256';
  return own === signatureAlgorithm
    ? []
    : [{ path, message: `${pinnedKey} signs with ${own}, not with ${signatureAlgorithm}` }];
}

function checkIdentifiers(
  { nameIds = [], nameIdFrom, attributeNames = {} }: Partial<SamlSettings>,
  { released }: SamlSetting,
  { definitions }: SamlSurroundings,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (new Set(nameIds).size < nameIds.length) findings.push({ path: ['nameIds'], message: 'one stands here twice' });
  if (nameIdFrom !== undefined && !definitions.has(nameIdFrom)) {
    findings.push({ path: ['nameIdFrom'], message: `there is no attribute ${nameIdFrom}` });
  }
  if (nameIdFrom !== undefined && !nameIds.includes('persistent') && !nameIds.includes('unspecified')) {
    findings.push({ path: ['nameIdFrom'], message: 'is used for persistent and unspecified identifiers only' });
  }
  const others = Object.keys(attributeNames).filter((name) => !released.includes(name));
  return [
    ...findings,
    ...others.map((name) => ({ path: ['attributeNames', name], message: `${name} is not under release` })),
  ];
}

function checkContexts(
  { contexts = [], tellsTrustedBrowserAs: told }: Partial<SamlSettings>,
  { hasTrustedBrowsers }: SamlSetting,
  { contexts: known }: SamlSurroundings,
): readonly Finding[] {
  const names = known.map(({ name }) => name);
  const unknown = contexts.flatMap((name, place): readonly Finding[] =>
    names.includes(name)
      ? []
      : [{ path: ['contexts', place], message: `${name} is no authnContext of assurance.levels` }],
  );
  if (told === undefined) return unknown;
  const path = ['tellsTrustedBrowserAs'];
  if (!hasTrustedBrowsers)
    return [...unknown, { path, message: 'needs trustedBrowser: policy, and a requiredLevel for which it stands in' }];
  return known.some(({ name, level }) => name === told && level === 'mfa')
    ? unknown
    : [...unknown, { path, message: `${told} is no authnContext of the level mfa in assurance.levels` }];
}
