/**
 * oidc-provider as it comes, as the counterpart that we did not write: it signs one person in without a page, or
 * refuses, as the test says. It listens before it is configured, because clients are registered by their address.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly origin: string;
}

export interface PlainProvider {
  readonly issuer: string;
  /** Before this everything answers 503, as a provider that is still starting. */
  open(registrations: readonly Registration[]): void;
  /** The claims of whoever logs in next. */
  claims: Record<string, unknown>;
  /** An OAuth error code that the next logins end with; undefined lets them in. */
  refusal: string | undefined;
  close(): Promise<void>;
}

export async function startPlainProvider(): Promise<PlainProvider> {
  const starting = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end();
  let answer: (request: IncomingMessage, response: ServerResponse) => unknown = starting;
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plain: PlainProvider = {
    issuer,
    claims: {},
    refusal: undefined,
    open: (registrations) => {
      const provider = configure(issuer, plain, registrations);
      const handle = provider.callback();
      answer = (request, response) =>
        request.url?.startsWith('/interaction/')
          ? finish(provider, plain, request, response)
          : handle(request, response);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return plain;
}

function configure(issuer: string, plain: PlainProvider, registrations: readonly Registration[]): Provider {
  // Its warnings (keys, cookies and storage for development only) are true, expected, and not worth a page each.
  const { warn } = console;
  console.warn = () => undefined;
  const provider = new Provider(issuer, {
    clients: registrations.map(({ clientId, clientSecret, origin }) => ({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${origin}/callback`],
      post_logout_redirect_uris: [`${origin}/logged-out`],
      backchannel_logout_uri: `${origin}/backchannel-logout`,
      backchannel_logout_session_required: true,
      require_auth_time: true,
    })),
    claims: {
      openid: ['sub', 'acr', 'amr'],
      profile: ['name', 'given_name', 'family_name', 'preferred_username', 'student_number', 'note'],
      email: ['email'],
      affiliation: ['eduperson_affiliation', 'organizational_unit'],
    },
    scopes: ['openid', 'profile', 'email', 'affiliation'],
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...plain.claims, sub }) }),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { logoutSource: (ctx, form) => void Object.assign(ctx, { body: form }) },
    },
    // Its own refuses loopback.
    fetch: (url, options) => fetch(url, options),
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    cookies: { keys: ['a key for tests only'] },
    pkce: { required: () => true },
  });
  console.warn = warn;
  return provider;
}

async function finish(
  provider: Provider,
  plain: PlainProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (plain.refusal) return provider.interactionFinished(request, response, { error: plain.refusal });
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: 'hanako', clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile email affiliation');
  await provider.interactionFinished(request, response, {
    login: { accountId: 'hanako', acr: 'urn:example:sfa', amr: ['pwd'] },
    consent: { grantId: await grant.save() },
  });
}
