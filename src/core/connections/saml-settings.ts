/** What a connection by SAML 2.0 adds to the record. Protocol code maps it; nothing here is sent as it stands. */
import type { AttributeName } from '../attributes/definition.ts';

/** Where a response is taken (Metadata 2.4.4, AssertionConsumerService). */
export interface SamlConsumer {
  readonly url: string;
  readonly binding: 'post' | 'artifact';
  readonly index: number;
  readonly isDefault?: boolean;
}

/** Where the end of a session is told (Metadata 2.4.2, SingleLogoutService). */
export interface SamlLogoutPlace {
  readonly binding: 'redirect' | 'post' | 'soap';
  readonly url: string;
  /** Where an answer goes, if elsewhere (ResponseLocation). */
  readonly responseUrl?: string;
}

export const nameIdKinds = ['transient', 'persistent', 'email', 'unspecified'] as const;
export type NameIdKind = (typeof nameIdKinds)[number];

/** Which subject identifier the service asks for (Subject Identifier Attributes 1.0, 4). */
export const subjectIdentifiers = ['none', 'subject-id', 'pairwise-id', 'any'] as const;
export type SubjectIdentifier = (typeof subjectIdentifiers)[number];

export interface SamlSettings {
  readonly entityId: string;
  readonly consumers: readonly SamlConsumer[];
  readonly logout: readonly SamlLogoutPlace[];
  /** X.509 certificates as base64 of their DER; each is tried in turn. Only their keys count, not who issued them. */
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificates: readonly string[];
  /** `signed`: an unsigned request is refused (Metadata 2.4.4, AuthnRequestsSigned). A bad signature always is. */
  readonly requests: 'any' | 'signed';
  readonly signs: 'assertion' | 'response' | 'both';
  readonly signatureAlgorithm: 'rsa-sha256' | 'ecdsa-sha256';
  /** `when-possible`: where the service publishes a key for it. */
  readonly encrypts: 'when-possible' | 'always' | 'never';
  readonly cipher: 'aes256-gcm' | 'aes128-gcm';
  /** Those that the service may be given; the first where it asks for none. */
  readonly nameIds: readonly NameIdKind[];
  /** Where `persistent` or `unspecified` is the value of an attribute; absent: a pseudonym of this connection alone. */
  readonly nameIdFrom?: AttributeName;
  readonly subjectIdentifier: SubjectIdentifier;
  /** A response may begin here, without a request (Profiles 4.1.5). */
  readonly mayBeUnsolicited: boolean;
  /** As which identity provider the service knows this one; absent: as all others do. */
  readonly issuer?: string;
  /** Of that too, by the domain of the person's university mail (Microsoft 365 with several domains). */
  readonly issuerByDomain?: Readonly<Record<string, string>>;
  /** Id of the key of the ring that signs for this service whatever the others are signed with. */
  readonly pinnedKey?: string;
  /** Names of attributes where the service wants others than the installation's (a name alone, without a format). */
  readonly attributeNames?: Readonly<Record<string, string>>;
  /** The names of levels that the service knows: it is told no other. Absent: it may be told any of the installation's. */
  readonly contexts?: readonly string[];
  /**
   * The one place where a name goes out without its level: a login in which a trusted browser stood in for the second
   * factor is told as `mfa` under this name. Off unless an operator switched it on for this connection.
   */
  readonly tellsTrustedBrowserAs?: string;
  readonly preset?: 'microsoft365';
}
