/** Compares what a service presents with the digests on its connection: both slots, while it changes over. */

import type Provider from 'oidc-provider';
import type { Client } from 'oidc-provider';
import { digestOf, isSameText } from '../../base/digest.ts';
import type { World } from '../../core/world.ts';
import type { Clients } from './client.ts';

interface ClientPrototype {
  compareClientSecret(presented: string): boolean;
}

/** The stored digest itself, or what oidc-provider holds in place of a secret, is no secret and opens nothing. */
export function checkSecretsIn(world: World, clients: Clients, provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as ClientPrototype;
  prototype.compareClientSecret = function compareClientSecret(presented) {
    const connection = clients.connectionOf(this as unknown as Client);
    const now = world.clock.now();
    const valid = (connection?.oidc?.secrets ?? []).filter(
      ({ expiresAt }) => expiresAt === undefined || now < expiresAt,
    );
    const digest = digestOf(presented);
    // Every slot is compared, so that the time does not tell which one matched.
    return valid.map((slot) => isSameText(slot.digest, digest)).includes(true);
  };
}
