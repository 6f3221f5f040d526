/**
 * What this installation says of itself: to everybody, or to one service that knows it by another name or by a key of its own.
 * Only what is served is announced.
 */
import type { Instant } from '../../../base/clock.ts';
import type { Locale } from '../../../base/locale.ts';
import type { Config } from '../../../config/schema.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { RingKey } from '../../../core/keys/ring.ts';
import type { ServedEndpoint } from '../endpoints.ts';
import { entityIdOf } from '../issuer.ts';
import { publishedCertificates } from '../signing-key.ts';
import { type LogoSize, sizeOfLogo } from './logo-size.ts';

export interface Description {
  readonly entityId: string;
  readonly validUntil: Instant;
  /** Milliseconds. */
  readonly cacheDuration: number;
  readonly certificates: readonly string[];
  /** To whose key a service can encrypt whom it means (EncryptedID in a LogoutRequest). */
  readonly encryptionCertificate?: string;
  readonly endpoints: readonly (ServedEndpoint & { readonly url: string })[];
  readonly scopes: readonly string[];
  readonly names: InLanguages;
  readonly organizationUrls: InLanguages;
  readonly privacyUrl?: string;
  readonly logo?: LogoSize & { readonly uri: string };
  readonly errorUrl?: string;
  readonly contacts: Config['saml']['metadata']['contacts'];
  /** Of our entity, by the name of the attribute. */
  readonly entityAttributes: readonly { readonly name: string; readonly values: readonly string[] }[];
}

type InLanguages = Readonly<Record<Locale, string>>;

export interface Describing {
  readonly config: Config;
  readonly keys: readonly RingKey[];
  readonly now: Instant;
  readonly endpoints: readonly ServedEndpoint[];
  /** For which service alone; absent: for all. */
  readonly connection?: Pick<SamlConnection, 'saml'> | undefined;
}

const categorySupport = 'http://macedir.org/entity-category-support';
const assuranceCertification = 'urn:oasis:names:tc:SAML:attribute:assurance-certification';

export function describeSelf({ config, keys, now, endpoints, connection }: Describing): Description {
  const { metadata } = config.saml;
  const { issuer } = config.server;
  const { privacyUrl, logo } = config.university;
  const errorUrl = metadata.errorUrl ?? config.desks[config.mainDesk]?.url?.en;
  const size = logo === undefined ? undefined : sizeOfLogo(logo);
  return {
    entityId: connection?.saml.issuer ?? entityIdOf(config),
    validUntil: now + metadata.validity,
    cacheDuration: metadata.cache,
    certificates: certificatesFor(config, keys, now, connection),
    ...encryptionFor(keys),
    endpoints: endpoints.map((one) => ({ ...one, url: `${issuer}${one.path}` })),
    scopes: [config.university.scope, ...metadata.scopes],
    names: config.university.name,
    organizationUrls: metadata.organizationUrl ?? { ja: issuer, en: issuer },
    ...(privacyUrl === undefined ? {} : { privacyUrl }),
    ...(logo === undefined || size === undefined ? {} : { logo: { uri: logo, ...size } }),
    ...(errorUrl === undefined ? {} : { errorUrl }),
    contacts: metadata.contacts,
    entityAttributes: [
      { name: categorySupport, values: metadata.entityCategories },
      { name: assuranceCertification, values: metadata.assuranceCertifications },
    ].filter(({ values }) => values.length > 0),
  };
}

/** The one kind of key that can be encrypted to. */
function encryptionFor(keys: readonly RingKey[]): Pick<Description, 'encryptionCertificate'> {
  const active = keys.find(
    ({ use, algorithm, state }) => use === 'saml-signing' && algorithm === 'RS256' && state === 'active',
  );
  return active?.certificate ? { encryptionCertificate: active.certificate.der } : {};
}

/** A service that pins a key is told of that one; one with ECDSA of those; all others of what signs for them. */
function certificatesFor(
  { keys: { certificates }, saml }: Config,
  keys: readonly RingKey[],
  now: Instant,
  connection: Describing['connection'],
): readonly string[] {
  const pinned = keys.find(({ id, state }) => id === connection?.saml.pinnedKey && state !== 'gone')?.certificate?.der;
  if (pinned !== undefined) return [pinned];
  const { keepRetired } = certificates;
  const general = saml.metadata.announcesEcdsa ? (['rsa-sha256', 'ecdsa-sha256'] as const) : (['rsa-sha256'] as const);
  const algorithms = connection ? [connection.saml.signatureAlgorithm] : general;
  return publishedCertificates(keys, { now, keepRetired, algorithms });
}
