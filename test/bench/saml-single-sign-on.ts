/** One SAML single sign-on: an AuthnRequest by redirect with a session, and the page that posts the Response. */
import { deflateRawSync } from 'node:zlib';
import { openClient } from './exchange.ts';
import type { Ready } from './servers/messages.ts';
import type { Flow } from './single-sign-on.ts';
import { consumerUrl, entityId } from './university.ts';

/** `cookies`: of people who are signed in, one after the other. */
export function samlSingleSignOn({ issuer }: Ready, cookies: readonly string[]): Flow {
  const send = openClient();
  const prefix = `_${Date.now().toString(36)}`;
  let count = 0;
  return async (index) => {
    count += 1;
    const xml =
      `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"` +
      ` ID="${prefix}${count}" Version="2.0" IssueInstant="${new Date().toISOString()}" Destination="${issuer}/saml/sso"` +
      ` AssertionConsumerServiceURL="${consumerUrl}"><saml:Issuer>${entityId}</saml:Issuer></samlp:AuthnRequest>`;
    const url = new URL('/saml/sso', issuer);
    url.searchParams.set('SAMLRequest', deflateRawSync(xml).toString('base64'));
    url.searchParams.set('RelayState', `/courses/${index}`);
    const { status, body } = await send(url, { headers: { cookie: cookies[index % cookies.length] ?? '' } });
    if (status !== 200 || !body.includes('name="SAMLResponse"')) throw new Error(`no response: ${status} ${body}`);
  };
}
