/** Compares what a service presents with the digests on its connection: both slots, while it changes over. */
import type Provider from 'oidc-provider';
import { digestOf, isSameText } from '../../base/digest.ts';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';

interface ClientPrototype {
  clientId: string;
  compareClientSecret(presented: string): Promise<boolean>;
}

/** The stored digest itself, or what oidc-provider holds in place of a secret, is no secret and opens nothing. */
export function checkSecretsIn(world: World, provider: Provider): void {
  const prototype = provider.Client.prototype as unknown as ClientPrototype;
  prototype.compareClientSecret = async function compareClientSecret(presented) {
    const connection = await world.store.get(connections, this.clientId);
    const now = world.clock.now();
    const valid = (connection?.oidc.secrets ?? []).filter(
      ({ expiresAt }) => expiresAt === undefined || now < expiresAt,
    );
    const digest = digestOf(presented);
    // Every slot is compared, so that the time does not tell which one matched.
    return valid.map((slot) => isSameText(slot.digest, digest)).includes(true);
  };
}
