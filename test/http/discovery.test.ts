/** What Sekisho says of itself: what is on, and nothing that is off. Only reads, so one Sekisho serves all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { get } from './program.ts';

let sekisho: TestSekisho;
let document: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  sekisho = await startSekisho();
  document = (await get(sekisho, '/.well-known/openid-configuration')).body;
});
afterAll(() => sekisho.close());

describe('the discovery document', () => {
  it('names the issuer and its endpoints under it', () => {
    const { issuer } = sekisho;
    expect(document).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/oidc/auth`,
      token_endpoint: `${issuer}/oidc/token`,
      userinfo_endpoint: `${issuer}/oidc/userinfo`,
      jwks_uri: `${issuer}/oidc/jwks`,
      introspection_endpoint: `${issuer}/oidc/introspect`,
      revocation_endpoint: `${issuer}/oidc/revoke`,
      end_session_endpoint: `${issuer}/oidc/logout`,
      pushed_authorization_request_endpoint: `${issuer}/oidc/request`,
    });
  });

  it('names no endpoint that is off', () => {
    const endpoints = Object.keys(document).filter((key) => key.endsWith('_endpoint'));
    expect(endpoints).toHaveLength(7);
  });

  it('says what is on', () => {
    expect(document).toMatchObject({
      response_types_supported: ['code'],
      grant_types_supported: expect.not.arrayContaining(['implicit', 'password', 'client_credentials']),
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['public', 'pairwise'],
      // AAL2 has a name, and nothing here that would make it true.
      acr_values_supported: ['https://refeds.org/profile/sfa', 'https://refeds.org/profile/mfa'],
      scopes_supported: ['openid', 'offline_access', 'profile', 'email', 'affiliation'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
      claims_parameter_supported: true,
      authorization_response_iss_parameter_supported: true,
      claims_supported: expect.arrayContaining(['sid']),
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      frontchannel_logout_supported: true,
      frontchannel_logout_session_supported: true,
    });
    expect(document.request_uri_parameter_supported ?? false).toBe(false);
    expect(document.request_parameter_supported ?? false).toBe(false);
  });

  it('offers no algorithm in which a stored secret would be a key, and none without a signature', () => {
    const algorithms = Object.entries(document).filter(([key]) => /_alg(_values|s)?_/.test(key));
    expect(algorithms.length).toBeGreaterThan(1);
    for (const [key, values] of algorithms)
      expect({ key, values: String(values) }).toEqual({ key, values: expect.not.stringMatching(/HS\d|none|dir|KW/) });
  });
});

describe('the published keys', () => {
  it('are the public halves, one of each algorithm at least', async () => {
    const { body } = await get(sekisho, '/oidc/jwks');
    const keys = body.keys as readonly Record<string, unknown>[];
    expect(keys.map(({ kty }) => kty).sort()).toEqual(['EC', 'OKP', 'RSA']);
    for (const key of keys) {
      expect(Object.keys(key)).not.toEqual(expect.arrayContaining(['d']));
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(member);
    }
  });
});
