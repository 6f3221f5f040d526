/** What a service's metadata says of it, in the words of the record. Believed for what it is: the service's own wishes. */
import type { Instant } from '../../../base/clock.ts';
import type { Locale } from '../../../base/locale.ts';
import type { NameIdKind, SamlConsumer, SamlLogoutPlace, SamlSettings, SubjectIdentifier } from '../saml-settings.ts';

export interface RequestedAttribute {
  readonly name: string;
  readonly friendlyName?: string;
  readonly isRequired: boolean;
}

/** The service as it calls itself in each language (mdui, else its organization's). */
export type SelfDescription = Readonly<
  Partial<Record<'name' | 'description' | 'informationUrl' | 'privacyUrl', Readonly<Partial<Record<Locale, string>>>>>
>;

export interface SamlFacts {
  readonly entityId: string;
  /** From then on it is nobody's word any more. */
  readonly validUntil?: Instant;
  readonly consumers: readonly SamlConsumer[];
  readonly logout: readonly SamlLogoutPlace[];
  /** Base64 of DER, each once. */
  readonly signingCertificates: readonly string[];
  readonly encryptionCertificates: readonly string[];
  readonly cipher?: SamlSettings['cipher'];
  readonly signsRequests: boolean;
  readonly wantsSignedAssertions: boolean;
  /** In the order in which the service wants them. */
  readonly nameIds: readonly NameIdKind[];
  readonly subjectIdentifier: SubjectIdentifier;
  readonly requestedAttributes: readonly RequestedAttribute[];
  readonly entityCategories: readonly string[];
  readonly self: SelfDescription;
  /** What was met and is of no use here, in words. */
  readonly remarks: readonly string[];
}

/** How a document named by its path or address was read. */
export type ReadMetadata =
  | {
      readonly ok: true;
      readonly facts: SamlFacts;
      /** Why it is believed: how it came, or who signed it. */
      readonly trust: string;
    }
  | { readonly ok: false; readonly problem: string };

/** What in a document says which metadata is meant. */
export interface NamedMetadata {
  readonly metadata: string;
  readonly metadataCertificate?: string | undefined;
  readonly entityId?: string | undefined;
}

/** Under which it is found once it was read: two connections can be in one document. */
export const metadataKey = ({ metadata, metadataCertificate, entityId }: NamedMetadata): string =>
  JSON.stringify([metadata, metadataCertificate ?? '', entityId ?? '']);
