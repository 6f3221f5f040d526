/** What an operator writes of a connection's OpenID Connect side. What cannot be had here is refused with its reason. */
import { z } from 'zod';
import { oidcAuthentications } from './oidc-settings.ts';
import { publicKeyProblem } from './public-key.ts';
import { keyOfPem } from './registered-certificate.ts';
import { writtenSecret } from './written-secret.ts';

const noSharedKey = 'its key would be the stored hash of the secret, and a stored hash must never become a key';

/** What is said otherwise elsewhere; mere spellings (jwks_uri) are recognised by their letters. */
const refusedKeys = {
  jwks: 'write the list of keys itself, under keys, or where the service publishes it, under jwksUri',
  backchannel_logout_session_required: 'every logout message names the session; write backchannelLogoutUri alone',
  frontchannel_logout_session_required: 'every frame names the session; write frontchannelLogoutUri alone',
  client_secret: 'a secret is never written down here; secret: generate makes one, shown once',
  clientSecret: 'a secret is never written down here; secret: generate makes one, shown once',
};

/** A certificate is kept as a key with its x5c, so that there is one form in the record. */
const publicKey = z
  .union([z.record(z.string(), z.unknown()), z.string()])
  .transform((written, context): Readonly<Record<string, unknown>> => {
    const read = typeof written === 'string' ? keyOfPem(written) : ({ ok: true, key: written } as const);
    const problem = read.ok ? publicKeyProblem(read.key) : read.problem;
    if (problem !== undefined) context.addIssue(problem);
    return read.ok && problem === undefined ? read.key : z.NEVER;
  })
  .meta({ words: 'a public key as a JWK (RFC 7517), or a certificate as PEM', confidential: true });

/** Each may be left out; that exactly one is there is a rule (tls-rules.ts). */
const tlsName = z.strictObject({
  subjectDn: z.string().exactOptional(),
  sanDns: z.string().exactOptional(),
  sanUri: z.string().exactOptional(),
  sanIp: z.string().exactOptional(),
  sanEmail: z.string().exactOptional(),
});

export const oidcEntry = z
  .strictObject({
    application: z.enum(['web', 'native']).prefault('web'),
    authentication: z.enum(oidcAuthentications).meta({ refused: { client_secret_jwt: noSharedKey } }),
    secret: writtenSecret().exactOptional(),
    keys: z.array(publicKey).exactOptional(),
    jwksUri: z.string().exactOptional(),
    tls: tlsName.exactOptional(),
    certificateBoundTokens: z.boolean().exactOptional(),
    redirectUris: z.array(z.string()).min(1).meta({ words: 'a list with at least one address' }),
    postLogoutRedirectUris: z.array(z.string()).prefault([]),
    backchannelLogoutUri: z.string().exactOptional(),
    frontchannelLogoutUri: z.string().exactOptional(),
    mayRefresh: z.boolean().prefault(false),
    mayIntrospect: z.boolean().prefault(false),
    pkce: z.enum(['required', 'optional']).prefault('required'),
    requiresPushedRequest: z.boolean().prefault(false),
    // No default: services key their records on the subject, so that neither can be changed into the other later.
    subject: z.enum(['public', 'pairwise']),
    sectorIdentifierUri: z.string().exactOptional(),
    idTokenAlgorithm: z
      .enum(['RS256', 'ES256', 'EdDSA'])
      .prefault('RS256')
      .meta({
        refused: {
          HS256: noSharedKey,
          HS384: noSharedKey,
          HS512: noSharedKey,
          none: 'anybody could write such a token',
        },
      }),
  })
  .meta({ refused: refusedKeys });

export type OidcEntry = z.output<typeof oidcEntry>;
