/**
 * A connected service: the record from which both protocols run. There is no copy: what the committee approved is what
 * answers, and a suspended connection stops at the next request.
 */
import type { Instant } from '../../base/clock.ts';
import type { Localized } from '../../base/locale.ts';
import type { Collection } from '../../store/port.ts';
import type { AttributeName } from '../attributes/definition.ts';
import type { Level } from '../credentials/level.ts';
import type { Role } from '../people/person.ts';
import type { OidcSettings } from './oidc-settings.ts';
import type { SamlSettings } from './saml-settings.ts';

export interface ConnectionDesk {
  readonly name: Localized;
  readonly place?: Localized;
  readonly hours?: Localized;
  readonly phone?: string;
  readonly mail?: string;
  readonly url?: string;
  readonly mapUrl?: string;
}

/** Who may use the service. Every list given must match; none given: everybody who has an account. */
export interface Audience {
  readonly roles?: readonly Role[];
  readonly accountKinds?: readonly string[];
  readonly units?: readonly string[];
  /** In words, for those who are turned away: "for students". */
  readonly words?: Localized;
}

export interface Release {
  readonly attribute: AttributeName;
  /** The service does not work without it: the person may not withhold it. */
  readonly required: boolean;
  readonly reason?: Localized;
}

/** `once`: asked again when the released attributes change. */
export type ConsentRule = 'none' | 'once' | 'always';

/** What holds for a service whatever its protocol. */
export interface Approved {
  /** Short and public: it is the service's identifier in its protocol, and part of addresses. */
  readonly id: string;
  readonly stage: 'test' | 'production';
  readonly state: 'active' | 'suspended';
  readonly suspensionReason?: string;
  readonly name: Localized;
  readonly description?: Localized;
  /** A data: URI; a service's logo is never fetched from it while somebody logs in. */
  readonly logo?: string;
  /** Where a tile in the portal leads. */
  readonly homeUrl: string;
  readonly desk: ConnectionDesk;
  readonly audience: Audience;
  readonly release: readonly Release[];
  readonly consent: ConsentRule;
  /** The level that every login there must reach, whatever the service asks for; absent: none. */
  readonly requiredLevel?: Level;
  /**
   * `policy`: a browser that its owner trusts does in place of `requiredLevel`. The login is then told for what it was: a
   * level that was not reached goes out to nobody. Absent: no.
   */
  readonly trustedBrowser?: 'no' | 'policy';
  readonly isListed: boolean;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

export interface OidcConnection extends Approved {
  readonly oidc: OidcSettings;
  readonly saml?: never;
  readonly entityId?: never;
}

export interface SamlConnection extends Approved {
  readonly saml: SamlSettings;
  /** That of `saml` once more, where an index finds it. */
  readonly entityId: string;
  readonly oidc?: never;
}

/** A service speaks one protocol; one that speaks two is two connections. */
export type Connection = OidcConnection | SamlConnection;

export const isOidc = (connection: Connection): connection is OidcConnection => connection.oidc !== undefined;
export const isSaml = (connection: Connection): connection is SamlConnection => connection.saml !== undefined;

export const connections: Collection<Connection> = {
  name: 'connections',
  indexes: [
    { name: 'byState', fields: ['state', 'createdAt'] },
    { name: 'byChange', fields: ['changedAt'] },
    // A connection without the field is not in the index: those by OpenID Connect are not.
    { name: 'byEntityId', fields: ['entityId'], unique: true },
  ],
};
