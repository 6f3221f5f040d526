/** Our LogoutRequest to a service that was entered: in the names that it was told, and in nobody else's. */
import { minutes } from '../../../base/duration.ts';
import type { Config } from '../../../config/schema.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { LiveRing } from '../../../core/keys/live-ring.ts';
import type { World } from '../../../core/world.ts';
import { encryptNameId } from '../encryption/encrypt.ts';
import type { EnteredAs } from '../entry.ts';
import { nameIdFormats } from '../names.ts';
import { messageId } from '../responses/response.ts';
import type { XmlPiece } from '../xml/write.ts';
import { logoutRequestXml } from './logout-request.ts';

export interface LogoutMeans {
  readonly world: World;
  readonly config: Config;
  readonly ring: LiveRing;
}

/** Whoever catches one can do little with it, and not for long. */
const lifetime = minutes(5);

export function ownRequest(
  { clock, ids }: Pick<World, 'clock' | 'ids'>,
  { saml }: SamlConnection,
  destination: string,
  entered: EnteredAs,
): { readonly id: string; readonly xml: XmlPiece } {
  const now = clock.now();
  const id = messageId(ids);
  const certificate = recipientOf(saml, entered);
  const xml = logoutRequestXml({
    id,
    destination,
    issuedAt: now,
    notOnOrAfter: now + lifetime,
    entered,
    ...(certificate === undefined
      ? {}
      : { encrypt: (plain) => encryptNameId(plain, certificate, { cipher: saml.cipher, ids }) }),
  });
  return { id, xml };
}

/**
 * A transient name says nothing to anybody else, and services are in use that open no EncryptedID here: so it is encrypted only
 * where the connection says always. What stays with a person does not stand in an address for all to read.
 */
function recipientOf(
  { encrypts, encryptionCertificates }: SamlConnection['saml'],
  { nameId }: EnteredAs,
): string | undefined {
  const isOpen = encrypts === 'never' || (encrypts === 'when-possible' && nameId.format === nameIdFormats.transient);
  return isOpen ? undefined : encryptionCertificates[0];
}
