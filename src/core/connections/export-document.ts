/**
 * Connections as a document that imports again without change: secrets as their digests, logos as data URIs. Suspension is
 * not in it: it is an act with its reason, and belongs to the installation where it was taken.
 */
import type { Instant } from '../../base/clock.ts';
import type { Connection } from './connection.ts';
import type { OidcSettings, SecretSlot } from './oidc-settings.ts';
import type { SamlSettings } from './saml-settings.ts';
import { isCurrent } from './secret-slots.ts';

export const exportConnections = (connections: readonly Connection[], now: Instant): object => ({
  connections: connections.map((connection) => entryOf(connection, now)),
});

function entryOf(connection: Connection, now: Instant): object {
  const { id, stage, name, description, logo, homeUrl, desk, audience, release, consent, isListed, oidc } = connection;
  const { requiredLevel, trustedBrowser, saml } = connection;
  return {
    id,
    stage,
    name,
    ...(description === undefined ? {} : { description }),
    ...(logo === undefined ? {} : { logo }),
    homeUrl,
    desk,
    ...(Object.keys(audience).length === 0 ? {} : { audience }),
    release,
    consent,
    ...(requiredLevel === undefined ? {} : { requiredLevel }),
    ...(trustedBrowser === undefined ? {} : { trustedBrowser }),
    listed: isListed,
    ...(oidc ? { oidc: oidcOf(oidc, now) } : {}),
    ...(saml ? { saml: samlOf(saml) } : {}),
  };
}

const samlOf = ({ preset, entityId, consumers, ...settings }: SamlSettings): object => ({
  ...(preset === undefined ? {} : { preset }),
  entityId,
  consumers,
  ...settings,
});

const oidcOf = ({ application, authentication, secrets, keys, ...settings }: OidcSettings, now: Instant): object => ({
  application,
  authentication,
  ...secretOf(secrets, now),
  ...(keys === undefined ? {} : { keys }),
  ...settings,
});

function secretOf(slots: readonly SecretSlot[], now: Instant): object {
  const written = slots
    .filter((slot) => isCurrent(slot, now))
    .map(({ digest, expiresAt }) => ({
      sha256: digest,
      ...(expiresAt === undefined ? {} : { until: new Date(expiresAt).toISOString() }),
    }));
  if (written.length === 0) return {};
  return { secret: written.length === 1 ? written[0] : written };
}
