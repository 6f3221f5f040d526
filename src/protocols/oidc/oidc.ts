/** OpenID Connect as the rest of the house sees it: paths it answers, and how a finished login is told to it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../../base/errors.ts';
import { tlsAuthenticationsOf } from '../../config/tls-authentications.ts';
import type { LiveRing } from '../../core/keys/live-ring.ts';
import type { LoginOrigin } from '../../login/facts.ts';
import type { Outcome } from '../../login/outcome.ts';
import type { PostedRequests } from '../../login/posted-request.ts';
import { longestUncounted } from '../../login/request-allowance.ts';
import type { Outgoing } from '../../outgoing/open-outgoing.ts';
import { isToldOutage } from '../../store/watch.ts';
import { answerUnavailable } from './answer-unavailable.ts';
import { claimMapOf } from './claims.ts';
import { clientsIn } from './client.ts';
import { routes } from './endpoints.ts';
import { keptLength } from './kept-length.ts';
import { keySetFetch } from './key-set-fetch.ts';
import { checkAsker } from './known-asker.ts';
import { deliverResult } from './login-result.ts';
import { openProvider, type ProviderMeans } from './provider.ts';
import { subjectsOf } from './subjects.ts';
import { turningProvider } from './turning-provider.ts';

export interface OidcMeans
  extends Omit<ProviderMeans, 'subjects' | 'assertable' | 'clients' | 'claims' | 'ring' | 'fetchKeySet' | 'here'> {
  readonly ring: LiveRing;
  readonly outgoing: Outgoing;
  readonly posted: PostedRequests;
}

export interface Oidc {
  readonly name: 'oidc';
  serves(path: string): boolean;
  /** Addresses at which a request may also come by POST from elsewhere; its body is kept, then asked for by GET. */
  takesPost(path: string): boolean;
  /** @throws DomainError `request.too_many`, `connection.not_found` */
  keepPosted(parameters: string, from: LoginOrigin): Promise<string>;
  /** @throws DomainError `request.too_many`; `attempt.not_found` when a posted one has been kept too long. */
  answer(req: IncomingMessage, res: ServerResponse, from: () => LoginOrigin): Promise<void>;
  deliver(handle: string, outcome: Outcome): Promise<string>;
  /** Serves with the keys as they now stand in the store. */
  followRing(): Promise<void>;
}

const places = Object.values(routes);
const discoveryPath = '/.well-known/openid-configuration';
const takesPost = (path: string): boolean => path === routes.authorization || path === routes.end_session;

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
  // The same in every edition of the ring.
  const here = { name: world.ids.bytes(6).toString('base64url') };
  const turning = await turningProvider(ring, async ({ keys }) => {
    const provider = await openProvider({
      ...means,
      ring: keys,
      assertable,
      clients,
      claims,
      fetchKeySet,
      here,
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
    takesPost,
    keepPosted: (parameters, from) =>
      means.posted.keep({ parameters, from, checkAsker: () => checkAsker(world, parameters) }),
    async answer(req, res, from) {
      const [path = '', query = ''] = (req.url ?? '').split('?');
      const handleOfPosted =
        path.startsWith('/oidc/') && query.includes('posted=') ? new URLSearchParams(query).get('posted') : null;
      const asked = handleOfPosted === null ? undefined : await means.posted.read(handleOfPosted);
      if (asked !== undefined) req.url = `${path}?${asked}`;
      // The service has made no mistake, and its name is not there to be told.
      else if (path === routes.authorization && handleOfPosted !== null && !query.includes('client_id=')) {
        throw new DomainError('attempt.not_found');
      }
      const length = keptLength(req.url ?? '');
      if (length > longestUncounted) await means.allowance.take(from(), length);
      await turning.now().answer(req, res);
    },
    deliver: (uid, outcome) => deliverResult(turning.now().provider, uid, outcome),
    followRing: () => turning.follow(),
  };
}
