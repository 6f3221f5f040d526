/** One OpenID Connect single sign-on: authorization request with a session, code, token. Over kept-alive connections. */
import { createHash, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Ready } from './servers/messages.ts';

interface Endpoints {
  readonly authorization: URL;
  readonly token: URL;
}

export async function singleSignOn(server: Ready): Promise<(index: number) => Promise<void>> {
  const discovery = await fetch(`${server.issuer}/.well-known/openid-configuration`);
  const found = (await discovery.json()) as { authorization_endpoint: string; token_endpoint: string };
  const endpoints = { authorization: new URL(found.authorization_endpoint), token: new URL(found.token_endpoint) };
  const agent = new Agent({ keepAlive: true });
  const basic = Buffer.from(`${server.clientId}:${server.clientSecret}`).toString('base64');
  return (index) => oneFlow(server, endpoints, agent, basic, index);
}

async function oneFlow(server: Ready, endpoints: Endpoints, agent: Agent, basic: string, index: number) {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: server.clientId,
    redirect_uri: server.redirectUri,
    response_type: 'code',
    scope: 'openid',
    nonce: 'n',
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const cookie = server.cookies[index % server.cookies.length] ?? '';
  const authorization = await send(agent, endpoints.authorization, `?${query}`, { cookie });
  const code = new URL(authorization.location ?? server.issuer).searchParams.get('code');
  if (code === null)
    throw new Error(`no code: ${authorization.status} ${authorization.location ?? authorization.body}`);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: server.redirectUri,
    code_verifier: verifier,
  }).toString();
  const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
  const token = await send(agent, endpoints.token, '', headers, body);
  if (token.status !== 200) throw new Error(`no token: ${token.status} ${token.body}`);
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

function send(agent: Agent, url: URL, query: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { agent, method: body === undefined ? 'GET' : 'POST', path: url.pathname + query };
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(url, { ...options, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
