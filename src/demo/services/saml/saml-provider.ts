/**
 * The identity provider as a service sees it, through node-saml: signed requests by redirect, assertions encrypted to us and
 * signed, in answer to the one request that this browser began, and logout both ways.
 */
import { randomBytes } from 'node:crypto';
import {
  type CacheProvider,
  type Profile,
  SAML,
  type SamlConfig,
  SamlStatusError,
  ValidateInResponseTo,
} from '@node-saml/node-saml';
import type { Language } from '../language.ts';
import type { Provider } from '../provider.ts';
import type { PendingLogin, SignedIn } from '../sessions.ts';
import { Trouble } from '../trouble.ts';
import { type LogoutMessage, readLogoutAnswer, type SentMessage } from './logout-message.ts';
import { statusPrefix } from './names.ts';
import type { OwnKey } from './own-key.ts';
import { samlPaths } from './own-metadata.ts';
import { fetchMetadata, type ProviderMetadata } from './provider-metadata.ts';
import { loginName, readAssertion } from './read-assertion.ts';

export interface SamlProviderOptions {
  readonly metadataUrl: string;
  /** The service's own origin. */
  readonly origin: string;
  readonly key: OwnKey;
}

const keptForMs = 60 * 60_000;
const clockSkewMs = 60_000;

export class SamlProvider implements Provider {
  readonly #options: SamlProviderOptions;
  #known: { readonly metadata: Promise<ProviderMetadata>; readonly until: number } | undefined;

  constructor(options: SamlProviderOptions) {
    this.#options = options;
  }

  async begin(_language: Language, returnTo: string): Promise<{ url: URL; login: PendingLogin }> {
    const metadata = await this.#metadata();
    const state = randomBytes(32).toString('base64url');
    const requestId = `_${randomBytes(20).toString('hex')}`;
    const party = this.#party(metadata, {
      generateUniqueId: () => requestId,
      validateInResponseTo: ValidateInResponseTo.always,
      cacheProvider: onlyTo(requestId),
    });
    const url = await party.getAuthorizeUrlAsync(state, undefined, {});
    return {
      url: new URL(url),
      login: { state, returnTo, complete: (message) => this.#complete(metadata, party, message) },
    };
  }

  /** What the provider says about a logout. Throws for what it has not signed, or did not mean for us. */
  async readLogout(sent: SentMessage): Promise<LogoutMessage> {
    const metadata = await this.#metadata();
    const state = sent.state ?? '';
    const party = this.#party(metadata, { logoutUrl: metadata.logoutAnswerUrl ?? metadata.signOnUrl });
    if (sent.kind === 'response') {
      const answer = readLogoutAnswer(sent, metadata.entityId, logoutId(state));
      // That something is not over needs no proof: nothing is believed because of it.
      if (!answer.isComplete) return { kind: 'response', ...answer };
      await (sent.query === undefined
        ? party.validatePostResponseAsync({ SAMLResponse: sent.message })
        : party.validateRedirectAsync(sent.fields, sent.query));
      return { kind: 'response', ...answer };
    }
    const { profile } = await (sent.query === undefined
      ? party.validatePostRequestAsync({ SAMLRequest: sent.message })
      : party.validateRedirectAsync(sent.fields, sent.query));
    if (!profile) throw new Error('no logout request');
    return {
      kind: 'request',
      name: loginName(profile.nameID, profile.sessionIndex),
      answerUrl: await party.getLogoutResponseUrlAsync(profile, state, {}, true),
    };
  }

  async #complete(metadata: ProviderMetadata, party: SAML, message: string): Promise<SignedIn> {
    try {
      const { profile } = await party.validatePostResponseAsync({ SAMLResponse: message });
      const xml = profile?.getAssertionXml?.();
      if (!profile || xml === undefined || profile.issuer !== metadata.entityId) throw new Error('not of the provider');
      return { ...readAssertion(xml), leave: (state) => this.#logoutUrl(profile, state) };
    } catch (error) {
      // Its key may have turned: the next login asks for its metadata anew.
      this.#known = undefined;
      throw troubleOf(error);
    }
  }

  async #logoutUrl(profile: Profile, state: string): Promise<URL | undefined> {
    try {
      const metadata = await this.#metadata();
      const { logoutUrl } = metadata;
      if (logoutUrl === undefined) return undefined;
      const party = this.#party(metadata, { logoutUrl, generateUniqueId: () => logoutId(state) });
      return new URL(await party.getLogoutUrlAsync(profile, state, {}));
    } catch {
      return undefined;
    }
  }

  /** For one message. */
  #party(metadata: ProviderMetadata, own: Partial<SamlConfig>): SAML {
    const { origin, key } = this.#options;
    return new SAML({
      issuer: `${origin}${samlPaths.metadata}`,
      audience: `${origin}${samlPaths.metadata}`,
      callbackUrl: `${origin}${samlPaths.consumer}`,
      entryPoint: metadata.signOnUrl,
      idpIssuer: metadata.entityId,
      idpCert: [...metadata.certificates],
      privateKey: key.privateKey,
      decryptionPvk: key.privateKey,
      signatureAlgorithm: 'sha256',
      digestAlgorithm: 'sha256',
      identifierFormat: null,
      disableRequestedAuthnContext: true,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      acceptedClockSkewMs: clockSkewMs,
      ...own,
    });
  }

  /** Asked for once an hour; a failure is not remembered, because the provider may start after us. */
  #metadata(): Promise<ProviderMetadata> {
    const now = Date.now();
    if (this.#known && now < this.#known.until) return this.#known.metadata;
    const metadata = fetchMetadata(this.#options.metadataUrl).catch((error: unknown) => {
      this.#known = undefined;
      throw new Trouble('unavailable', error);
    });
    this.#known = { metadata, until: now + keptForMs };
    return metadata;
  }
}

/** The state is a secret between this browser and us, and so is what is made of it. */
const logoutId = (state: string): string => `_${state}`;

/** The library remembers requests here; ours are remembered with the browser that began them. */
function onlyTo(messageId: string): CacheProvider {
  const startedAt = new Date().toISOString();
  return {
    saveAsync: async () => null,
    getAsync: async (id) => (id === messageId ? startedAt : null),
    removeAsync: async () => null,
  };
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof SamlStatusError)) return new Trouble('failed', error);
  // The inner code says more than the outer one (Core 3.2.2.2).
  const code = error.xmlStatus.split(statusPrefix).at(-1)?.split('"')[0];
  return new Trouble('cancelled', error, code);
}
