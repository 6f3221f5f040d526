/** Single sign-ons against a server that may die at any moment, and a memory of everything that it acknowledged. */
import { createHash, randomBytes } from 'node:crypto';
import type { CookieBrowser } from '../support/cookie-browser.ts';

export interface Code {
  readonly code: string;
  readonly verifier: string;
}

/** What answers went out: all of it must hold after any crash. */
export interface Acknowledged {
  /** Codes that came back and were not presented. */
  readonly unused: Code[];
  /** Codes for which tokens came back. */
  readonly used: Code[];
  readonly accessTokens: string[];
  /** Codes that were presented without an answer: either is right, but never twice. */
  readonly unknown: Code[];
}

export const nothing = (): Acknowledged => ({ unused: [], used: [], accessTokens: [], unknown: [] });

const redirectUri = 'https://library.example/callback';

/** The code, or undefined where the person would have to log in. */
export async function authorize(issuer: string, browser: CookieBrowser): Promise<Code | undefined> {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    client_id: 'library',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    nonce: 'n',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const answer = await browser.send(`${issuer}/oidc/auth?${query}`);
  const location = answer.headers.get('location') ?? '';
  await answer.arrayBuffer();
  const code = location.startsWith(redirectUri) ? new URL(location).searchParams.get('code') : null;
  return code === null ? undefined : { code, verifier };
}

/** The status and, where tokens came back, the access token. */
export async function redeem(issuer: string, { code, verifier }: Code) {
  const answer = await fetch(`${issuer}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'library',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  const body = (await answer.json()) as { access_token?: string; error?: string };
  return { status: answer.status, error: body.error, accessToken: body.access_token };
}

/** Works until the server is gone. Every other code is kept, to be presented after the crash. */
export async function putUnderLoad(issuer: string, browser: CookieBrowser, seen: Acknowledged): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    let code: Code | undefined;
    try {
      code = await authorize(issuer, browser);
    } catch {
      return;
    }
    if (!code) throw new Error('a session that was acknowledged is gone');
    if (turn % 2 === 0) {
      seen.unused.push(code);
      continue;
    }
    try {
      const { status, accessToken } = await redeem(issuer, code);
      if (status !== 200 || accessToken === undefined) throw new Error(`a fresh code was refused: ${status}`);
      seen.used.push(code);
      seen.accessTokens.push(accessToken);
    } catch (error) {
      seen.unknown.push(code);
      if ((error as Error).message.startsWith('a fresh code')) throw error;
      return;
    }
  }
}
