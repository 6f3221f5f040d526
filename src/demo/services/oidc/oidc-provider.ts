/**
 * The identity provider as a service sees it, through openid-client: code flow with PKCE S256, state and nonce, the
 * ID token's signature checked, userinfo, RP-initiated logout.
 */
import { createRemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import type { Language } from '../language.ts';
import type { Provider } from '../provider.ts';
import type { Claims, PendingLogin, SignedIn } from '../sessions.ts';
import { Trouble } from '../trouble.ts';
import { LogoutTokens } from './logout-tokens.ts';
import { receivedClaims } from './received-claims.ts';

export interface OidcProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** The service's own origin, where the provider sends the browser back to. */
  readonly origin: string;
}

const answerWithinSeconds = 10;
/** Error codes that stand for somebody's "no" rather than for a fault. */
const refusals = [
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
];
const outages = ['server_error', 'temporarily_unavailable'];

export class OidcProvider implements Provider {
  readonly #options: OidcProviderOptions;
  #configuration: Promise<oidc.Configuration> | undefined;
  #logoutTokens: LogoutTokens | undefined;

  constructor(options: OidcProviderOptions) {
    this.#options = options;
  }

  async begin(language: Language, returnTo: string): Promise<{ url: URL; login: PendingLogin }> {
    const configuration = await this.#discover();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.#options.origin}/callback`,
      scope: this.#options.scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ui_locales: language === 'ja' ? 'ja en' : 'en ja',
    });
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    };
    return { url, login: { state, returnTo, complete: (callback) => this.#complete(new URL(callback), checks) } };
  }

  /** By which name the login that has ended is known here, as the provider's token says. Throws when it does not prove it. */
  async readLogout(token: string): Promise<string> {
    const { issuer, jwks_uri: jwksUri = '' } = (await this.#discover()).serverMetadata();
    const { clientId } = this.#options;
    this.#logoutTokens ??= new LogoutTokens({ issuer, clientId, keys: createRemoteJWKSet(new URL(jwksUri)) });
    const { sid, sub } = await this.#logoutTokens.read(token);
    return sid === undefined ? `sub ${sub}` : `sid ${sid}`;
  }

  /** Exchanges the answer for claims. */
  async #complete(callback: URL, checks: oidc.AuthorizationCodeGrantChecks): Promise<SignedIn> {
    const configuration = await this.#discover();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, callback, checks);
      const { id_token: idToken } = tokens;
      const idTokenClaims: Claims | undefined = tokens.claims();
      if (!idToken || typeof idTokenClaims?.sub !== 'string') throw new Trouble('failed');
      // OIDC Core 5.3.2: userinfo of another subject would put somebody else's record under this login.
      const userinfo = await oidc.fetchUserInfo(configuration, tokens.access_token, idTokenClaims.sub);
      return {
        claims: { ...idTokenClaims, ...userinfo },
        received: receivedClaims(idTokenClaims, userinfo),
        names: ['sid', 'sub'].filter((name) => name in idTokenClaims).map((name) => `${name} ${idTokenClaims[name]}`),
        leave: (state) => this.#endSessionUrl(idToken, state),
      };
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async #endSessionUrl(idToken: string, state: string): Promise<URL | undefined> {
    try {
      return oidc.buildEndSessionUrl(await this.#discover(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${this.#options.origin}/logged-out`,
        client_id: this.#options.clientId,
        state,
      });
    } catch {
      return undefined;
    }
  }

  /** Asks once and remembers the answer; a failure is not remembered, because the provider may start after us. */
  #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#options;
    // Plain http is for a provider on this machine; where the issuer is https, everything stays https.
    const insecure = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    this.#configuration ??= oidc
      .discovery(new URL(issuer), clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
        execute: [...insecure, oidc.enableNonRepudiationChecks],
        timeout: answerWithinSeconds,
      })
      .catch((error: unknown) => {
        this.#configuration = undefined;
        throw new Trouble('unavailable', error);
      });
    return this.#configuration;
  }
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) {
    if (refusals.includes(error.error)) return new Trouble('cancelled', error, error.error);
    return new Trouble(outages.includes(error.error) ? 'unavailable' : 'failed', error, error.error);
  }
  // openid-client passes on fetch's TypeError when nobody answers.
  const isSilent = error instanceof TypeError || (error instanceof oidc.ClientError && error.code === 'OAUTH_TIMEOUT');
  return new Trouble(isSilent ? 'unavailable' : 'failed', error);
}
