/** A Shibboleth service provider, as most services of GakuNin run one, by its own metadata and ours and nothing else. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { statesOn } from '../http/logout-scene.ts';
import { pemOf } from '../protocols/saml/sample-keys.ts';
import { describeWith } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { connectByMetadata, ownMetadata } from './connect.ts';
import { isSignedIn, jobsStandStill, logOutHere, tellNext, tellOwed, withoutSoap } from './log-out.ts';
import { go, newBrowser } from './person.ts';
import { type Shibboleth, shibboleth, startShibboleth } from './shibboleth.ts';

describeWith(shibboleth, 'a Shibboleth SP', () => {
  let sekisho: TestSekisho;
  let service: Shibboleth;
  beforeAll(async () => {
    sekisho = await startSekisho({ environment: jobsStandStill });
    await sekisho.addAccount();
    service = await startShibboleth({
      entityId: `${sekisho.issuer}/saml/metadata`,
      metadata: await ownMetadata(sekisho),
      certificate: pemOf(activeSigner(sekisho.ground.ring.current().keys).certificate),
    });
    await connectByMetadata(sekisho, 'shibboleth', await metadata());
  });
  const metadata = async () => (await fetch(`${service.site}/Shibboleth.sso/Metadata`)).text();
  afterAll(async () => {
    await service?.end();
    await sekisho?.close();
  });

  it('lets in who has signed in here, and takes the attributes that its own map and policy take', async () => {
    const { page, steps, posted } = await go(newBrowser(), `${service.site}/secure/`);
    if (page.status !== 200) throw new Error(`${page.html}\n${service.said()}`);
    expect(page.url.href).toBe(`${service.site}/secure/`);
    expect(steps).toEqual(['password']);
    expect(posted.at(-1)).toContain('<saml:EncryptedAssertion');
    expect(page.html).toMatch(/^eppn=.+@kyoto-u\.ac\.jp$/m);
    expect(page.html).toMatch(/^affiliation=.*student@kyoto-u\.ac\.jp/m);
    expect(page.html).toMatch(
      new RegExp(`^persistent-id=${sekisho.issuer}/saml/metadata!${service.entityId}![\\w-]{43}$`, 'm'),
    );
    expect(page.html).toMatch(/^Shib-AuthnContext-Class=https:\/\/refeds\.org\/profile\/sfa$/m);
  });

  it('fetches its assertion itself where it asks for an artifact', async () => {
    const target = encodeURIComponent(`${service.site}/secure/`);
    const { page, posted } = await go(newBrowser(), `${service.site}/Shibboleth.sso/Login?acsIndex=3&target=${target}`);
    if (page.status !== 200) throw new Error(`${page.html}\n${service.said()}`);
    expect(posted).toEqual([]);
    expect(page.html).toMatch(/^eppn=/m);
  });

  it('is told by SOAP when the person logs out here, and has logged them out', async () => {
    const browser = newBrowser();
    await go(browser, `${service.site}/secure/`);
    const page = await logOutHere(sekisho, browser);
    expect(statesOn(page)).toEqual({ shibboleth: 'waiting' });
    await tellOwed(sekisho);
    expect({ ...statesOn(await browser.visit(page.url)), said: service.said() }).toMatchObject({ shibboleth: 'done' });
    expect((await go(browser, `${service.site}/secure/`)).steps).toEqual(['password']);
  });

  it('is told through the browser where it takes nothing else, and says itself that it has logged them out', async () => {
    // So that the name is encrypted in what we send.
    await connectByMetadata(sekisho, 'shibboleth', withoutSoap(await metadata()), { encrypts: 'always' });
    const browser = newBrowser();
    await go(browser, `${service.site}/secure/`);
    const page = await tellNext(sekisho, browser, await logOutHere(sekisho, browser));
    expect({ ...statesOn(page), said: service.said() }).toMatchObject({ shibboleth: 'done' });
    expect((await go(browser, `${service.site}/secure/`)).steps).toEqual(['password']);
  });

  it('logs the person out here when it logs them out there, and takes our answer', async () => {
    const browser = newBrowser();
    await go(browser, `${service.site}/secure/`);
    const back = encodeURIComponent(`${service.site}/`);
    const { page } = await go(browser, `${service.site}/Shibboleth.sso/Logout?return=${back}`);
    expect({ url: page.url.href, html: page.html, said: service.said() }).toMatchObject({
      html: 'open to everybody\n',
    });
    expect(await isSignedIn(sekisho, browser)).toBe(false);
    expect((await go(browser, `${service.site}/secure/`)).steps).toEqual(['password']);
  });
});
