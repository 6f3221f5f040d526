/** The service of the bench: its authorization request, and its exchange of the code. */
import { createHash, randomBytes } from 'node:crypto';
import type { Answer, Send } from './exchange.ts';
import type { Ready } from './servers/messages.ts';

export interface RelyingParty {
  /** Another verifier each time. */
  begin(): { readonly url: URL; readonly verifier: string };
  /** The code of an answer that leads back to the service. @throws where it does not. */
  codeOf(answer: Answer): string;
  redeem(code: string, verifier: string): Promise<void>;
}

export async function openRelyingParty(server: Ready, send: Send): Promise<RelyingParty> {
  const { body } = await send(`${server.issuer}/.well-known/openid-configuration`);
  const found = JSON.parse(body) as { authorization_endpoint: string; token_endpoint: string };
  const basic = Buffer.from(`${server.clientId}:${server.clientSecret}`).toString('base64');
  return {
    begin() {
      const verifier = randomBytes(32).toString('base64url');
      const url = new URL(found.authorization_endpoint);
      const parameters = {
        client_id: server.clientId,
        redirect_uri: server.redirectUri,
        response_type: 'code',
        scope: 'openid',
        nonce: 'n',
        state: 's',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return { url, verifier };
    },
    codeOf({ status, location, body: page }) {
      const isBack = location?.startsWith(server.redirectUri) === true;
      const code = isBack ? new URL(location).searchParams.get('code') : null;
      if (code === null) throw new Error(`no code: ${status} ${location ?? page}`);
      return code;
    },
    async redeem(code, verifier) {
      const token = await send(found.token_endpoint, {
        headers: { authorization: `Basic ${basic}` },
        form: { grant_type: 'authorization_code', code, redirect_uri: server.redirectUri, code_verifier: verifier },
      });
      if (token.status !== 200) throw new Error(`no token: ${token.status} ${token.body}`);
    },
  };
}
