/** Single sign-ons against a server that may die or fail at any moment, and a memory of everything that it acknowledged. */
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
  /** Codes that were presented without an answer, or were not redeemed for want of a disk: either is right, never twice. */
  readonly unknown: Code[];
}

export const nothing = (): Acknowledged => ({ unused: [], used: [], accessTokens: [], unknown: [] });

const redirectUri = 'https://library.example/callback';

export interface Answer {
  readonly status: number;
  /** Only where a code came back. */
  readonly code?: Code;
  readonly body: string;
}

/** Without a code where the person would have to log in, and where the server cannot write. */
export async function authorize(issuer: string, browser: CookieBrowser): Promise<Answer> {
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
  const answer = await browser.send(`${issuer}/oidc/auth?${query}`, { headers: { accept: 'text/html' } });
  const location = answer.headers.get('location') ?? '';
  const body = await answer.text();
  const code = location.startsWith(redirectUri) ? new URL(location).searchParams.get('code') : null;
  return { status: answer.status, body, ...(code === null ? {} : { code: { code, verifier } }) };
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

/** What a worker meets, and when it is to stop. */
export interface Encounters {
  /** A code was answered, or redeemed. */
  signedOn?(): void;
  /** The server did not do it. */
  refused(answer: { readonly status: number; readonly told: string }): void;
  /** Asked before each turn. */
  isOver(): boolean;
}

/** Works until it is over or the server is gone. Every other code is kept, to be presented later. */
export async function putUnderLoad(
  issuer: string,
  browser: CookieBrowser,
  seen: Acknowledged,
  { signedOn, refused, isOver }: Encounters,
): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const answer = await orGone(authorize(issuer, browser));
    if (answer === undefined) return;
    const { code, status } = answer;
    if (!code) {
      refused({ status, told: answer.body });
      continue;
    }
    if (turn % 2 === 0) {
      seen.unused.push(code);
      signedOn?.();
      continue;
    }
    const tokens = await orGone(redeem(issuer, code));
    if (tokens?.status === 200 && tokens.accessToken !== undefined) {
      seen.used.push(code);
      seen.accessTokens.push(tokens.accessToken);
      signedOn?.();
      continue;
    }
    seen.unknown.push(code);
    if (tokens === undefined) return;
    refused({ status: tokens.status, told: tokens.error ?? '' });
  }
}

/** Undefined where the server went away before it had answered. */
const orGone = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);
