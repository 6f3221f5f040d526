/** What somebody tried who read this code in order to misuse it. Each was found to work once, or to be worth being sure of. */
import { sign } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import { attempts } from '../../src/login/attempt.ts';
import { nameIdFormats, namespaces } from '../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { unescaped } from '../counterparts/person.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { requestedContext, sampleForm, sampleQuery } from '../protocols/saml/sample-request.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { sloOf, statusesIn } from './logout-scene.ts';
import { recordsIn } from './records-in.ts';
import {
  acsOf,
  addSamlConnection,
  ask,
  attributeIn,
  detailOn,
  enter,
  handWritten,
  responseIn,
  statusIn,
  textIn,
} from './saml-party.ts';
import { signedByHand } from './signed-messages.ts';

const issuer = 'https://kumoi.example/metadata';

let key: SigningKey;
beforeAll(async () => {
  key = await newSigner();
});

let clock: FakeClock;
let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock();
  // What is signed by hand has the time of this machine.
  clock.advance(Date.now() - clock.now());
  sekisho = await startSekisho({ clock });
  browser = new CookieBrowser();
  await sekisho.addAccount();
  await addSamlConnection(sekisho, {
    saml: {
      signingCertificates: [key.certificate],
      logout: [{ binding: 'redirect', url: sloOf('kumoi') }],
      nameIds: ['persistent'],
      mayBeUnsolicited: true,
    },
  });
});
afterEach(() => sekisho.close());

async function logIn(page: Page | undefined, inBrowser = browser): Promise<Page | undefined> {
  if (!page) throw new Error('there is no login page');
  const typed = { username: 'a0123456', password: goodPassword };
  return (await submit(inBrowser, sekisho.issuer, page, typed)).page;
}

describe('one request, brought to two logins', () => {
  it('is answered once, however late the second of them ends', async () => {
    const url = handWritten(sekisho, { at: clock.now(), id: '_once' });
    const [first, second] = [await ask(sekisho, url, browser), await ask(sekisho, url, browser)];
    expect(statusIn(responseIn(await logIn(first)))).toEqual(['Success']);
    clock.advance(minutes(20));
    expect(detailOn(await logIn(second))).toMatch(/^replayed:/);
  });
});

describe('a log-out of somebody that was caught on its way', () => {
  /** Without an index: all sessions of the person there are meant (Core 3.7.3.2). */
  const logout = (nameId: string, place: '/saml/slo' | '/saml/soap') =>
    signedByHand(
      {
        name: 'LogoutRequest',
        id: `_l${requests}`,
        issuer,
        destination: `${sekisho.issuer}${place}`,
        body: `<saml:NameID xmlns:saml="${namespaces.assertion}" Format="${nameIdFormats.persistent}">${nameId}</saml:NameID>`,
      },
      { key },
    ).signed;
  const byBrowser = (message: string) =>
    follow(new CookieBrowser(), sekisho.issuer, '/saml/slo', { method: 'POST', body: sampleForm(message) });
  const bySoap = async (message: string) => {
    const body = `<soap:Envelope xmlns:soap="${namespaces.soap}"><soap:Body>${message}</soap:Body></soap:Envelope>`;
    return (await fetch(`${sekisho.issuer}/saml/soap`, { method: 'POST', body })).text();
  };

  let nameId: string;
  let requests = 0;
  const signIn = async () => {
    requests += 1;
    const url = handWritten(sekisho, { at: clock.now(), id: `_r${requests}` });
    nameId = textIn(await enter(sekisho, url, new CookieBrowser()), 'saml:NameID') ?? '';
  };
  beforeEach(signIn);

  it('ends once what it meant, by a browser of somebody else, and nothing that was begun since', async () => {
    const message = logout(nameId, '/saml/slo');
    expect(statusesIn((await byBrowser(message)).left)).toEqual(['Success']);
    expect(recordsIn(sekisho, sessions)).toBe(0);
    await signIn();
    expect(detailOn((await byBrowser(message)).page)).toMatch(/^replayed:/);
    expect(recordsIn(sekisho, sessions)).toBe(1);
  });

  it('ends once what it meant, by SOAP, and nothing that was begun since', async () => {
    const message = logout(nameId, '/saml/soap');
    expect(await bySoap(message)).toContain('status:Success');
    expect(recordsIn(sekisho, sessions)).toBe(0);
    await signIn();
    expect(await bySoap(message)).toContain('<faultstring>replayed</faultstring>');
    expect(recordsIn(sekisho, sessions)).toBe(1);
  });
});

describe('a request that is small on its way and large in the store', () => {
  it('is refused before anything of it is kept', async () => {
    const good = requestedContext(['https://refeds.org/profile/sfa']);
    const after = good.replace(
      '<saml:AuthnContextClassRef>',
      `<saml:AuthnContextClassRef>${'a'.repeat(60_000)}</saml:AuthnContextClassRef>$&`,
    );
    expect(await ask(sekisho, handWritten(sekisho, { at: clock.now(), after: good }), browser)).toMatchObject({
      status: 200,
    });
    const kept = recordsIn(sekisho, attempts);
    const url = handWritten(sekisho, { at: clock.now(), after });
    expect(url.length).toBeLessThan(2_000);
    expect(detailOn(await ask(sekisho, url, browser))).toMatch(/^message_invalid:/);
    expect(recordsIn(sekisho, attempts)).toBe(kept);
  });
});

describe('a refusal of what is long', () => {
  it('repeats to page and log no more of it than a line', async () => {
    const url = handWritten(sekisho, { at: clock.now(), attributes: { ['a'.repeat(60_000)]: '1' } });
    expect(url.length).toBeLessThan(2_000);
    const page = await ask(sekisho, url, browser);
    expect(detailOn(page)).toMatch(/^message_invalid:/);
    expect(detailOn(page)?.length).toBeLessThan(400);
  });
});

describe('a request that was good when it came', () => {
  const conditions = (attributes: string) =>
    handWritten(sekisho, { at: clock.now(), after: `<saml:Conditions${attributes}/>` });
  const time = (from: number) => new Date(clock.now() + from).toISOString();

  it('is told that what it asks for cannot be had any more, rather than given an assertion that is over', async () => {
    const login = await ask(sekisho, conditions(` NotOnOrAfter="${time(minutes(2))}"`), browser);
    clock.advance(minutes(3));
    expect(statusIn(responseIn(await logIn(login)))).toEqual(['Responder', 'RequestUnsupported']);
  });

  it('is answered though the clock of the service goes before ours', async () => {
    const response = await enter(sekisho, conditions(` NotBefore="${time(minutes(2))}"`), browser);
    expect(statusIn(response)).toEqual(['Success']);
  });
});

describe('what a service is given back', () => {
  it('is a RelayState letter by letter, and never a part of our page', async () => {
    const relayState = '"></form><script>alert(1)</script><input name="\u2028&quot;';
    const response = await enter(sekisho, handWritten(sekisho, { at: clock.now() }, relayState), browser);
    expect(unescaped(response.fields.RelayState ?? '')).toBe(relayState);
    expect(response.page.html).not.toContain('<script>alert');
    expect(response.page.html.match(/<form/g)).toHaveLength(1);
  });

  it('is an address as it was understood here, which others cannot take for another', async () => {
    const begin = (target: string) =>
      `${sekisho.issuer}/saml/sso?${new URLSearchParams({ providerId: issuer, target })}`;
    const understood = { 'https://kumoi.example\\@evil.example/': 'https://kumoi.example/@evil.example/' };
    for (const [written, read] of Object.entries(understood)) {
      expect((await enter(sekisho, begin(written), browser)).relayState).toBe(read);
    }
    for (const written of ['https://evil.example@kumoi.example/', 'https://kumoi.example:x@evil.example/']) {
      expect(detailOn(await ask(sekisho, begin(written), browser))).toMatch(/^request_unsupported:/);
    }
  });
});

describe('two services that are nearly one', () => {
  it('have each its own place, and get no response at that of the other', async () => {
    await addSamlConnection(sekisho, { id: 'other' });
    const atOther = { attributes: { AssertionConsumerServiceURL: acsOf('other') } };
    const page = await ask(sekisho, handWritten(sekisho, { at: clock.now(), ...atOther }), browser);
    expect(detailOn(page)).toMatch(/^consumer_unknown:/);
  });

  it('are told apart by the last letter of their names, a fragment too', async () => {
    const named = `${issuer}#two`;
    const saml = { entityId: named, nameIds: ['persistent'] as const };
    await addSamlConnection(sekisho, { id: 'fragment', saml });
    const one = await enter(sekisho, handWritten(sekisho, { at: clock.now(), id: '_one' }), browser);
    const two = await enter(sekisho, handWritten(sekisho, { at: clock.now(), id: '_one', issuer: named }), browser);
    expect([textIn(one, 'saml:Audience'), textIn(two, 'saml:Audience')]).toEqual([issuer, named]);
    expect([one.action, two.action]).toEqual([acsOf('kumoi'), acsOf('fragment')]);
    expect(textIn(two, 'saml:NameID')).not.toBe(textIn(one, 'saml:NameID'));
  });
});

describe('a message that says things in two ways', () => {
  it('is refused where one of its two signatures does not hold', async () => {
    const stranger = await newSigner();
    const wished = {
      name: 'AuthnRequest',
      id: '_both',
      issuer,
      destination: `${sekisho.issuer}/saml/sso`,
      body: '',
    } as const;
    const url = (by: SigningKey) =>
      `${sekisho.issuer}/saml/sso?${signedQuery(signedByHand(wished, { key: by }).signed)}`;
    expect((await ask(sekisho, url(key), browser))?.url.pathname).toMatch(/^\/login\//);
    expect(detailOn(await ask(sekisho, url(stranger), browser))).toMatch(/^signature_invalid:/);
  });

  it('is answered to the very name that it has, in whatever script', async () => {
    const id = '_京都\u{20bb7}\u00e9-1';
    const response = await enter(sekisho, handWritten(sekisho, { at: clock.now(), id }), browser);
    expect(attributeIn(response, 'samlp:Response', 'InResponseTo')).toBe(id);
    expect(attributeIn(response, 'saml:SubjectConfirmationData', 'InResponseTo')).toBe(id);
  });

  function signedQuery(xml: string): string {
    const signed = `${sampleQuery(xml)}&SigAlg=${encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}`;
    return `${signed}&Signature=${encodeURIComponent(sign('sha256', Buffer.from(signed), key.key).toString('base64'))}`;
  }
});
