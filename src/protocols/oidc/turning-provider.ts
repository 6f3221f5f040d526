/**
 * oidc-provider reads its keys once, when it is made. So there is one Provider per edition of the key ring: a new one
 * takes the next request, and requests in flight finish on the one that took them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { LiveRing, RingEdition } from '../../core/keys/live-ring.ts';

interface Serving {
  readonly version: string;
  readonly provider: Provider;
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

export interface TurningProvider {
  now(): Serving;
  /** Reads the ring again, and serves with a new Provider where it has turned. */
  follow(): Promise<void>;
}

export async function turningProvider(
  ring: LiveRing,
  open: (edition: RingEdition) => Promise<Provider>,
): Promise<TurningProvider> {
  const serve = async (edition: RingEdition): Promise<Serving> => {
    const provider = await open(edition);
    const answer = provider.callback();
    return { version: edition.version, provider, answer: async (req, res) => void (await answer(req, res)) };
  };
  let serving = await serve(ring.current());
  return {
    now: () => serving,
    async follow() {
      const edition = await ring.refresh();
      if (edition.version !== serving.version) serving = await serve(edition);
    },
  };
}
