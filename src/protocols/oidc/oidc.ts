/** OpenID Connect as the rest of the house sees it: paths it answers, and how a finished login is told to it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tlsAuthenticationsOf } from '../../config/tls-authentications.ts';
import type { LiveRing } from '../../core/keys/live-ring.ts';
import type { Outcome } from '../../login/outcome.ts';
import { keepPosted, readPosted } from '../../login/posted-request.ts';
import type { Outgoing } from '../../outgoing/open-outgoing.ts';
import { isToldOutage } from '../../store/watch.ts';
import { answerUnavailable } from './answer-unavailable.ts';
import { claimMapOf } from './claims.ts';
import { clientsIn } from './client.ts';
import { routes } from './endpoints.ts';
import { keySetFetch } from './key-set-fetch.ts';
import { deliverResult } from './login-result.ts';
import { openProvider, type ProviderMeans } from './provider.ts';
import { subjectsOf } from './subjects.ts';
import { turningProvider } from './turning-provider.ts';

export interface OidcMeans
  extends Omit<ProviderMeans, 'subjects' | 'assertable' | 'clients' | 'claims' | 'ring' | 'fetchKeySet'> {
  readonly ring: LiveRing;
  readonly outgoing: Outgoing;
}

export interface Oidc {
  readonly name: 'oidc';
  serves(path: string): boolean;
  /** Addresses at which a request may also come by POST from elsewhere; its body is kept, then asked for by GET. */
  takesPost(path: string): boolean;
  keepPosted(parameters: string): Promise<string>;
  answer(req: IncomingMessage, res: ServerResponse): Promise<void>;
  deliver(handle: string, outcome: Outcome): Promise<string>;
  /** Serves with the keys as they now stand in the store. */
  followRing(): Promise<void>;
}

const places = Object.values(routes);
const discoveryPath = '/.well-known/openid-configuration';

export async function openOidc(means: OidcMeans): Promise<Oidc> {
  const { config, world, ring, log } = means;
  const assertable = {
    rule: config.assurance,
    order: config.assurance.order,
    names: config.assurance.levels.flatMap(({ level, acr }) => (acr === undefined ? [] : [{ level, name: acr }])),
  };
  const claims = claimMapOf(means.attributes.definitions);
  const clients = clientsIn(world, claims, tlsAuthenticationsOf(config));
  const { totalTime } = config.outgoing;
  const fetchKeySet = keySetFetch({ outgoing: means.outgoing, clock: world.clock, log, totalTime });
  const turning = await turningProvider(ring, async ({ keys }) => {
    const provider = await openProvider({
      ...means,
      ring: keys,
      assertable,
      clients,
      claims,
      fetchKeySet,
      subjects: subjectsOf(keys),
    });
    provider.on('server_error', (ctx, error) => {
      answerUnavailable(ctx, error);
      if (!isToldOutage(error)) log.error({ err: error }, 'oidc: server error');
    });
    return provider;
  });

  return {
    name: 'oidc',
    serves: (path) => path === discoveryPath || places.some((place) => path === place || path.startsWith(`${place}/`)),
    takesPost: (path) => path === routes.authorization || path === routes.end_session,
    keepPosted: (parameters) => keepPosted(world, parameters),
    async answer(req, res) {
      const [path = '', query = ''] = (req.url ?? '').split('?');
      const handleOfPosted =
        path.startsWith('/oidc/') && query.includes('posted=') ? new URLSearchParams(query).get('posted') : null;
      const posted = handleOfPosted === null ? undefined : await readPosted(world, handleOfPosted);
      if (posted !== undefined) req.url = `${path}?${posted}`;
      await turning.now().answer(req, res);
    },
    deliver: (uid, outcome) => deliverResult(turning.now().provider, uid, outcome),
    followRing: () => turning.follow(),
  };
}
