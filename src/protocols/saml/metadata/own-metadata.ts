/**
 * Our metadata as it is served: signed once for a while and for a ring, since whoever asks often should neither cost a
 * signature nor be told of changes where there are none.
 */
import { digestOf } from '../../../base/digest.ts';
import type { Config } from '../../../config/schema.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { LiveRing } from '../../../core/keys/live-ring.ts';
import type { OpenedKey } from '../../../core/keys/ring.ts';
import type { World } from '../../../core/world.ts';
import { servedEndpoints } from '../endpoints.ts';
import { activeSigner } from '../signing-key.ts';
import { describeSelf } from './describe.ts';
import { signMetadata } from './write.ts';

export interface ServedMetadata {
  readonly xml: string;
  /** Differs whenever the document does. */
  readonly tag: string;
  /** Seconds for which whoever fetched it need not ask again. */
  readonly maxAge: number;
}

export interface OwnMetadata {
  readonly current: () => Promise<ServedMetadata>;
}

export interface OwnMeans {
  readonly config: Config;
  readonly world: Pick<World, 'clock' | 'ids'>;
  readonly ring: Pick<LiveRing, 'current'>;
}

/** Short beside how long a key is published before it signs, and long enough for a crowd that asks at once. */
const longestKept = 3600;

export function ownMetadata({ config, world, ring }: OwnMeans): OwnMetadata {
  const { cache } = config.saml.metadata;
  const maxAge = Math.min(longestKept, Math.floor(cache / 1000));
  let held: { readonly version: string; readonly until: number; readonly made: Promise<ServedMetadata> } | undefined;
  return {
    async current() {
      const { version, keys } = ring.current();
      const now = world.clock.now();
      if (held?.version === version && now < held.until) return held.made;
      const made = signedMetadata({ config, world }, keys).then((xml) => ({ xml, tag: digestOf(xml), maxAge }));
      held = { version, until: now + cache, made };
      // A failure is not kept: the next one tries again.
      made.catch(() => {
        held = undefined;
      });
      return made;
    },
  };
}

/** For everybody, or for one service that knows us by a name or a key of its own. */
export function signedMetadata(
  { config, world }: Omit<OwnMeans, 'ring'>,
  keys: readonly OpenedKey[],
  connection?: Pick<SamlConnection, 'saml'>,
): Promise<string> {
  const description = describeSelf({ config, keys, now: world.clock.now(), endpoints: servedEndpoints, connection });
  return signMetadata(description, `_${world.ids.bytes(16).toString('hex')}`, activeSigner(keys));
}
