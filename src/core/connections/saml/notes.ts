/** What an operator is told of a SAML connection though it is imported: what metadata says, and what will surprise somebody. */
import type { Finding } from '../../../base/document/problem.ts';
import type { SamlSettings } from '../saml-settings.ts';
import { certificateRemarks, certificateWords, dayOf } from './certificate.ts';
import type { ReadMetadata, SamlFacts } from './facts.ts';
import type { SamlSetting, SamlSurroundings } from './rules.ts';

type Note = readonly [path: readonly string[], message: string];

/** Paths begin at the `saml` section. */
export function noteSaml(
  saml: SamlSettings,
  read: ReadMetadata | undefined,
  setting: SamlSetting,
  surroundings: SamlSurroundings,
): readonly Finding[] {
  const facts = read?.ok ? read.facts : undefined;
  const notes: readonly Note[] = [
    ...(read?.ok ? [said(['metadata'], `${toldBy(read.facts)}; ${read.trust}`)] : []),
    ...(facts ? noteFacts(facts, setting, surroundings) : []),
    ...noteCertificates(saml, surroundings),
    ...noteAddresses(saml),
    ...noteProtection(saml, surroundings),
    ...noteTold(saml),
  ];
  return notes.map(([path, message]) => ({ path, message }));
}

const said = (path: readonly string[], message: string): Note => [path, message];

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

function toldBy({
  entityId,
  self,
  consumers,
  logout,
  signingCertificates,
  entityCategories,
  validUntil,
}: SamlFacts): string {
  const name = self.name?.en ?? self.name?.ja;
  return [
    `read: ${entityId}${name === undefined ? '' : ` (${name})`}`,
    counted(consumers.length, 'address for responses', 'addresses for responses'),
    counted(logout.length, 'address for logout', 'addresses for logout'),
    signingCertificates.length === 0 ? 'no certificate' : signingCertificates.map(certificateWords).join(' and '),
    ...(entityCategories.length === 0 ? [] : [`entity categories ${entityCategories.join(' ')}`]),
    ...(self.privacyUrl?.en || self.privacyUrl?.ja
      ? [`privacy statement ${self.privacyUrl.en ?? self.privacyUrl.ja}`]
      : []),
    ...(validUntil === undefined ? [] : [`good until ${dayOf(validUntil)}`]),
  ].join('; ');
}

function noteFacts(facts: SamlFacts, { released }: SamlSetting, { definitions }: SamlSurroundings): readonly Note[] {
  const byName = new Map([...definitions].flatMap(([name, { saml }]) => (saml ? [[saml.name, name] as const] : [])));
  const lacking = facts.requestedAttributes.flatMap(({ name, friendlyName, isRequired }): readonly Note[] => {
    const known = byName.get(name);
    if (known !== undefined && released.includes(known)) return [];
    const called = friendlyName === undefined || friendlyName === known ? '' : ` (${friendlyName})`;
    const what = `the service ${isRequired ? 'requires' : 'asks for'} ${known ?? name}${called}`;
    return [
      said(
        ['metadata'],
        known === undefined ? `${what}, which is no attribute here` : `${what}, which release does not grant`,
      ),
    ];
  });
  return [
    ...(facts.validUntil === undefined
      ? [said(['metadata'], 'the metadata has no validUntil: nobody can tell from it when it is out of date')]
      : []),
    ...lacking,
    ...facts.remarks.map((remark) => said(['metadata'], remark)),
  ];
}

function noteCertificates(saml: SamlSettings, { now }: SamlSurroundings): readonly Note[] {
  const { signingCertificates: signing, encryptionCertificates: encryption } = saml;
  const remarks = [...new Set([...signing, ...encryption].flatMap((one) => certificateRemarks(one, now)))];
  return [
    ...remarks.map((remark) => said(['signingCertificates'], remark)),
    ...(signing.length > 1
      ? [said(['signingCertificates'], `there are ${signing.length}; a signature by any of them is accepted`)]
      : []),
    ...(encryption.length > 1
      ? [said(['encryptionCertificates'], `there are ${encryption.length}; assertions are encrypted to the first`)]
      : []),
  ];
}

const noteAddresses = ({ consumers, logout }: SamlSettings): readonly Note[] => [
  ...consumers
    .filter(({ url }) => url.startsWith('http:'))
    .map(({ url }) =>
      said(['consumers'], `responses go to ${url} unprotected; production takes that on a loopback address only`),
    ),
  ...(logout.length === 0
    ? [said(['logout'], 'there is no address for logout: the service cannot be told when a session ends')]
    : []),
];

function noteProtection(saml: SamlSettings, { announcesEcdsa, keys }: SamlSurroundings): readonly Note[] {
  const { encrypts, encryptionCertificates, signatureAlgorithm, pinnedKey, requests, signingCertificates } = saml;
  const hasKey = encryptionCertificates.length > 0;
  const pinned = keys.find(({ id }) => id === pinnedKey);
  return [
    ...(encrypts === 'when-possible' && !hasKey
      ? [said(['encrypts'], 'the service has no key for encryption: assertions are sent in the clear, inside TLS')]
      : []),
    ...(encrypts === 'never' && hasKey
      ? [said(['encrypts'], 'the service has a key for encryption, and it is not used')]
      : []),
    ...(requests === 'any' && signingCertificates.length === 0
      ? [
          said(
            ['requests'],
            'the service has no certificate: a signed request or logout of it cannot be checked, and is refused',
          ),
        ]
      : []),
    ...(signatureAlgorithm === 'ecdsa-sha256' && !announcesEcdsa && pinnedKey === undefined
      ? [
          said(
            ['signatureAlgorithm'],
            'our metadata does not name the ECDSA certificate (saml.metadata.announcesEcdsa): give it by `sekisho connections metadata`',
          ),
        ]
      : []),
    ...(pinned?.state === 'retiring'
      ? [said(['pinnedKey'], `${pinned.id} signs for nobody else any more; it is kept for as long as it is pinned`)]
      : []),
  ];
}

/** The one place where a name goes out without its level: said wherever the connection is looked at. */
export const untrueNameWords = (name: string): string =>
  `a login in which a trusted browser stood in for the second factor is told as ${name}, as if both had been asked: whoever takes over such a browser and knows the password is taken for a person with two factors there`;

const noteTold = ({ tellsTrustedBrowserAs: name, subjectIdentifier }: SamlSettings): readonly Note[] => [
  ...(name === undefined ? [] : [said(['tellsTrustedBrowserAs'], untrueNameWords(name))]),
  // Its own metadata may have asked for it, and nobody else have thought of it.
  ...(subjectIdentifier === 'subject-id'
    ? [
        said(
          ['subjectIdentifier'],
          'the service is told subject-id, one name of the person for all services: they can compare what they know of somebody; pairwise-id is of this one alone',
        ),
      ]
    : []),
];
