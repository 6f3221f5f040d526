/** A program that talks to the endpoints by hand, because no library would send what an attacker sends. */
import * as client from 'openid-client';
import { type Begun, logIn, openParty, type Party } from '../support/relying-party.ts';
import type { TestSekisho } from '../support/sekisho.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; empty where it was no JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A secret of the shape that Sekisho issues. */
export const secret = 's'.repeat(43);

export const basic = (id: string, value = secret): Fields => ({
  authorization: `Basic ${Buffer.from(`${id}:${value}`).toString('base64')}`,
});

export const bearer = (token: unknown): Fields => ({ authorization: `Bearer ${String(token)}` });

export async function post(
  { issuer }: TestSekisho,
  path: string,
  fields: Fields,
  headers: Fields = {},
): Promise<Answered> {
  const accept = { accept: 'application/json' };
  const body = new URLSearchParams(fields);
  return read(await fetch(new URL(path, issuer), { method: 'POST', body, headers: { ...accept, ...headers } }));
}

export async function get({ issuer }: TestSekisho, path: string, headers: Fields = {}): Promise<Answered> {
  return read(await fetch(new URL(path, issuer), { headers: { accept: 'application/json', ...headers } }));
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** What an honest service sends for its code. */
export const codeFields = (party: Party, callback: URL, begun: Begun): Fields => ({
  grant_type: 'authorization_code',
  code: callback.searchParams.get('code') ?? '',
  redirect_uri: party.redirectUri,
  code_verifier: begun.verifier,
});

/** A confidential service, `library`, with a person who has just come back to it with a code. */
export async function arrive(sekisho: TestSekisho, parameters: Record<string, string> = {}) {
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library', secret });
  const party = await openParty(sekisho, 'library', client.ClientSecretBasic(secret));
  const { begun, callback, browser } = await logIn(sekisho, party, undefined, { parameters });
  return { party, begun, callback, browser, fields: codeFields(party, callback, begun) };
}

export const redeem = (sekisho: TestSekisho, fields: Fields, headers: Fields = basic('library')): Promise<Answered> =>
  post(sekisho, '/oidc/token', fields, headers);

export const userinfo = (sekisho: TestSekisho, token: unknown, headers: Fields = {}): Promise<Answered> =>
  get(sekisho, '/oidc/userinfo', { ...bearer(token), ...headers });
