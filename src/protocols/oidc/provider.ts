/**
 * oidc-provider, placed: the issuer at the root, its routes under /oidc/, our registry as its clients, our store, our
 * login for its interactions. This is the whole of its configuration; each hook lies in a file of its own.
 */
import type { Client, Configuration, JWKS, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { clockDifference } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Config } from '../../config/schema.ts';
import type { Attributes } from '../../core/attributes/attributes.ts';
import { announcedNames } from '../../core/credentials/assertion.ts';
import { activeKey, type OpenedKey } from '../../core/keys/ring.ts';
import type { DerivedSessions } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { adapterFor } from './adapter.ts';
import { afterAnswer } from './after-answer.ts';
import { atLogOut } from './at-log-out.ts';
import type { ClaimMap } from './claims.ts';
import { checkClaimsParameter } from './claims-parameter.ts';
import { type MakeClient, ownProperties, pkceProperty } from './client.ts';
import { checkSecretsIn } from './client-secret.ts';
import { deriveSessions } from './derived-session.ts';
import { routes } from './endpoints.ts';
import { accountFinder } from './find-account.ts';
import { openWithFormPost } from './form-post.ts';
import { type GateMeans, loginPolicy } from './gate.ts';
import { beginInteraction } from './interaction.ts';
import { issueSealed } from './issue-sealed.ts';
import type { IssuingNode } from './issued-elsewhere.ts';
import { privateJwks } from './jwks.ts';
import { countPushed } from './kept-length.ts';
import type { FetchLike } from './key-set-fetch.ts';
import { letGo } from './let-go.ts';
import { logoutPages } from './logout-pages.ts';
import { introspectionPolicy } from './may-introspect.ts';
import { type MutualTlsMeans, mutualTls } from './mutual-tls.ts';
import { sealingUnder } from './sealed-value.ts';
import { catchFailures, errorPage } from './show-error.ts';
import { skipEmptyLogout } from './skip-empty-logout.ts';
import { tellRefusals } from './tell-refusals.ts';
import { logoutMetadata, tellSid } from './told-sid.ts';

export interface ProviderMeans extends GateMeans, Pick<MutualTlsMeans, 'certificates'> {
  readonly log: Log;
  readonly world: World;
  readonly config: Config;
  readonly attributes: Attributes;
  readonly ring: readonly OpenedKey[];
  readonly derivedSessions: readonly DerivedSessions[];
  readonly fetchKeySet: FetchLike;
  readonly here: IssuingNode;
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const asymmetric = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

export async function openProvider(means: ProviderMeans): Promise<Provider> {
  const { world, pages, config, subjects, clients, claims } = means;
  const sealing = sealingUnder(means.ring, world.ids);
  const tls = mutualTls({ ...means, clock: world.clock });
  const holder: { provider?: Provider } = {};
  const isSecure = config.server.issuer.startsWith('https:');
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true } as const;
  const { tokens } = config.oidc;

  const configuration: Configuration = {
    adapter: adapterFor(world, sealing, means.here),
    jwks: (await privateJwks(means.ring)) as JWKS,
    cookies: {
      names: cookieNames(isSecure),
      keys: cookieKeys(means.ring),
      long: { ...cookie, path: '/' },
      short: cookie,
    },
    routes,
    claims: claims.byScope as NonNullable<Configuration['claims']>,
    scopes: ['openid', 'offline_access', ...Object.keys(claims.byScope).filter((scope) => isAsked(claims, scope))],
    acrValues: announcedNames(means.assertable),
    responseTypes: ['code'],
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: async (_ctx, accountId, client) =>
      subjects.pairwise(accountId, String(client.sectorIdentifier)),
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', ...tls.methods, 'none'],
    // HS*, A*KW and dir would turn a stored digest or a placeholder into a key; none of them is left on.
    enabledJWA: {
      clientAuthSigningAlgValues: asymmetric,
      idTokenSigningAlgValues: ['RS256', 'ES256', 'Ed25519', 'EdDSA'],
    } as NonNullable<Configuration['enabledJWA']>,
    pkce: { required: isPkceRequired },
    extraClientMetadata: { properties: ownProperties },
    conformIdTokenClaims: true,
    discovery: { ...logoutMetadata, ...tls.metadata },
    allowOmittingSingleRegisteredRedirectUri: false,
    // FAPI 2.0 Security Profile, 5.3.2.1: at most so much; that of a service, or of one of our nodes, may be off by as much.
    clockTolerance: clockDifference / 1000,
    // entry.ts finds the grant, or makes it, once the login machine has said that the request may pass.
    loadExistingGrant: async () => undefined,
    findAccount: accountFinder(means),
    interactions: { policy: loginPolicy(means), url: beginInteraction(means, holder) },
    renderError: errorPage(world, pages),
    fetch: means.fetchKeySet,
    // It would fetch the list whenever it makes a client, in the middle of a login. Ours was read when it was approved.
    sectorIdentifierUriValidate: () => false,
    // Programs that run in a page of their own (public services) call the token endpoint from there, and only from there.
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientAuthMethod === 'none' && (client.redirectUris ?? []).some((uri) => originOf(uri) === origin),
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    ttl: {
      AccessToken: seconds(tokens.accessToken),
      AuthorizationCode: seconds(tokens.authorizationCode),
      IdToken: seconds(tokens.idToken),
      RefreshToken: seconds(tokens.refreshToken),
      PushedAuthorizationRequest: seconds(tokens.pushedRequest),
      Interaction: seconds(config.login.attemptLifetime),
      Session: seconds(config.session.absoluteLifetime),
      // A grant outlives the last refresh token that hangs on it.
      Grant: seconds(Math.max(tokens.refreshToken * 4, config.session.absoluteLifetime)),
    } as NonNullable<Configuration['ttl']>,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: true, assertClaimsParameter: checkClaimsParameter },
      introspection: { enabled: true, allowedPolicy: introspectionPolicy(world) },
      mTLS: tls.feature,
      revocation: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: true, ...logoutPages(clients, pages, sealing) },
      userinfo: { enabled: true },
    } as NonNullable<Configuration['features']>,
  };

  const provider = openWithFormPost(config.server.issuer, configuration, world, pages);
  holder.provider = provider;
  // web has set Host and scheme from the issuer before the request comes here.
  provider.proxy = true;
  provider.use(letGo as Parameters<typeof provider.use>[0]);
  provider.use(catchFailures(pages) as Parameters<typeof provider.use>[0]);
  provider.use(tls.judge);
  const model = provider.Client as unknown as { new (...of: Parameters<MakeClient>): Client; find: unknown };
  model.find = clients.finder((metadata) => new model(metadata));
  checkSecretsIn(world, clients, provider);
  deriveSessions(provider, { world, pages, sealing });
  issueSealed(provider, world, sealing, means.here);
  countPushed(provider, means);
  provider.use(atLogOut(skipEmptyLogout) as Parameters<typeof provider.use>[0]);
  tellSid(provider);
  tellRefusals(provider, means.log);
  provider.use(atLogOut(afterAnswer(world, pages, means.derivedSessions)) as Parameters<typeof provider.use>[0]);
  return provider;
}

/** The active key signs; the others verify: another node may already sign with the next one, or still with the last. */
function cookieKeys(ring: readonly OpenedKey[]): string[] {
  const active = activeKey(ring, 'cookie-signing');
  const others = ring.filter(({ use, id }) => use === 'cookie-signing' && id !== active.id);
  return [active, ...others].map(({ key }) => key.export().toString('base64url'));
}

/** __Host- wants the path /; the other two are bound to the path of one login. */
const cookieNames = (isSecure: boolean) => ({
  session: isSecure ? '__Host-sekisho-oidc' : 'sekisho-oidc',
  interaction: isSecure ? '__Secure-sekisho-interaction' : 'sekisho-interaction',
  resume: isSecure ? '__Secure-sekisho-resume' : 'sekisho-resume',
});

const isAsked = ({ byScope }: ClaimMap, scope: string): boolean => scope !== 'openid' && byScope[scope] !== null;

/**
 * Public services always; a confidential one may be approved without, and is then protected by its nonce, without
 * which a stolen code could be put into another browser's login (OAuth 2.1, 7.6).
 */
const isPkceRequired = (ctx: KoaContextWithOIDC, client: Client): boolean =>
  client[pkceProperty] !== 'optional' || ctx.oidc.params?.nonce === undefined;

/** Undefined for an app's own scheme, which has none. */
const originOf = (uri: string): string | undefined => {
  const { origin } = new URL(uri);
  return origin === 'null' ? undefined : origin;
};
