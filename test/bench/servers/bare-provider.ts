/** oidc-provider alone, with its in-memory adapter and nothing of ours: the ceiling that Sekisho is held against. */

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';
import { CookieBrowser } from '../../support/cookie-browser.ts';
import type { FromServer } from './messages.ts';

const people = 20;
const [, , port = '', clientSecret = '', redirectUri = ''] = process.argv;
const issuer = `http://localhost:${port}`;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [{ client_id: 'bench', client_secret: clientSecret, redirect_uris: [redirectUri], require_auth_time: true }],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] } as never,
  cookies: { keys: ['k'.repeat(43)] },
  responseTypes: ['code'],
  claims: { openid: ['sub', 'acr', 'amr'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  async loadExistingGrant(ctx) {
    const clientId = ctx.oidc.client?.clientId ?? '';
    const known = ctx.oidc.session?.grantIdFor(clientId);
    if (known) return ctx.oidc.provider.Grant.find(known);
    const grant = new ctx.oidc.provider.Grant({ clientId, accountId: ctx.oidc.session?.accountId ?? '' });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
const server = createServer(async (req, res) => {
  if (!req.url?.startsWith('/interaction/')) return answer(req, res);
  await provider.interactionFinished(req, res, { login: { accountId: 'somebody', amr: ['pwd'] } });
});
await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));

async function signIn(): Promise<string> {
  const browser = new CookieBrowser();
  const parameters = new URLSearchParams({
    client_id: 'bench',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  });
  let at = new URL(`/auth?${parameters}`, issuer);
  while (at.origin === issuer) {
    const response = await browser.send(at);
    at = new URL(response.headers.get('location') ?? 'https://nowhere.invalid', at);
  }
  return [...browser.cookies(issuer)].map(([name, value]) => `${name}=${value}`).join('; ');
}

const cookies: string[] = [];
for (let index = 0; index < people; index += 1) cookies.push(await signIn());

process.send?.({ kind: 'ready', cookies } satisfies FromServer);
