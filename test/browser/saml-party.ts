/** A service by SAML on a host of its own, as @node-saml/node-saml plays it: signed in by name, logged out both ways. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Profile, SAML } from '@node-saml/node-saml';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { addSamlConnection } from '../http/saml-party.ts';
import { pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';
import { freePort, type TestSekisho } from '../support/sekisho.ts';

export interface SamlService {
  readonly origin: string;
  /** Indexes of the sessions in which somebody is signed in here. */
  readonly signedIn: Map<string, Profile>;
  /** Whether it answers requests to log out, and how. */
  manner: 'good' | 'silent' | 'fails';
  close(): Promise<void>;
}

export async function openSamlService(
  sekisho: TestSekisho,
  id: string,
  key: SigningKey,
  binding: 'redirect' | 'post' = 'redirect',
): Promise<SamlService> {
  const port = await freePort();
  const origin = `http://${id}.localhost:${port}`;
  await addSamlConnection(sekisho, {
    id,
    homeUrl: `${origin}/`,
    saml: {
      entityId: `${origin}/metadata`,
      consumers: [{ url: `${origin}/acs`, binding: 'post', index: 0, isDefault: true }],
      logout: [{ binding, url: `${origin}/slo` }],
      signingCertificates: [key.certificate],
    },
  });
  const { issuer, ground } = sekisho;
  const party = new SAML({
    issuer: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    entryPoint: `${issuer}/saml/sso`,
    logoutUrl: `${issuer}/saml/slo`,
    idpIssuer: `${issuer}/saml/metadata`,
    idpCert: activeSigner(ground.ring.current().keys).certificate,
    privateKey: privatePemOf(key),
    publicCert: pemOf(key.certificate),
    signatureAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAuthnResponseSigned: false,
    audience: `${origin}/metadata`,
  });
  const service: SamlService = {
    origin,
    signedIn: new Map(),
    manner: 'good',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    answer(party, service, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  const { port: bound } = server.address() as AddressInfo;
  if (bound !== port) throw new Error('another port');
  return service;
}

async function answer(party: SAML, service: SamlService, request: IncomingMessage, response: ServerResponse) {
  const { pathname, search, searchParams } = new URL(request.url ?? '/', service.origin);
  const go = (to: string) => void response.writeHead(302, { location: to }).end();
  const show = (words: string) =>
    void response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><html lang="en"><title>${words}</title><h1>${words}</h1>`);
  if (pathname === '/login') return go(await party.getAuthorizeUrlAsync('', undefined, {}));
  if (pathname === '/logout') {
    const [profile] = service.signedIn.values();
    if (!profile) return show('nobody');
    service.signedIn.clear();
    return go(await party.getLogoutUrlAsync(profile, 'mine', {}));
  }
  const body = request.method === 'POST' ? new URLSearchParams(await textOf(request)) : undefined;
  if (pathname === '/acs' && body) {
    const { profile } = await party.validatePostResponseAsync(Object.fromEntries(body));
    if (profile) service.signedIn.set(String(profile.sessionIndex), profile);
    return show('signed in');
  }
  if (pathname !== '/slo') return show('a service');
  const sent = Object.fromEntries(body ?? searchParams);
  const read = body
    ? await party.validatePostRequestAsync(sent)
    : await party.validateRedirectAsync(sent, search.slice(1));
  if (!read.profile) return show(`logged out everywhere, ${sent.RelayState}`);
  if (service.manner === 'silent') return show('silence');
  const isDone = service.manner === 'good' && service.signedIn.delete(String(read.profile.sessionIndex));
  return go(await party.getLogoutResponseUrlAsync(read.profile, '', {}, isDone));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
