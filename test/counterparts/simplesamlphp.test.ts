/** SimpleSAMLphp as a service, by its own metadata and ours and nothing else. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { statesOn } from '../http/logout-scene.ts';
import { describeWith } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { connectByMetadata, ownMetadata } from './connect.ts';
import { isSignedIn, logOutHere, tellNext } from './log-out.ts';
import { go, newBrowser } from './person.ts';
import { type PhpService, simplesamlphp, startPhpService } from './simplesamlphp.ts';

describeWith(simplesamlphp, 'SimpleSAMLphp', () => {
  let sekisho: TestSekisho;
  let service: PhpService;
  beforeAll(async () => {
    sekisho = await startSekisho();
    await sekisho.addAccount();
    const entityId = `${sekisho.issuer}/saml/metadata`;
    service = await startPhpService({ entityId, metadata: await ownMetadata(sekisho) });
    await connectByMetadata(sekisho, 'php', await metadata());
  });
  const metadata = async () => (await fetch(service.metadata)).text();
  afterAll(async () => {
    await service?.end();
    await sekisho?.close();
  });

  it('asks in a signed request, and takes in who has signed in here', async () => {
    const { page, steps, posted } = await go(newBrowser(), service.secure);
    expect({ html: page.html, said: service.said() }).toMatchObject({
      html: expect.stringContaining('a0123456@st.kyoto-u.ac.jp'),
    });
    expect(steps).toEqual(['password']);
    expect(posted.at(-1)).toContain('<saml:EncryptedAssertion');
  });

  it.each([
    ['', {}],
    [', whom we name for it alone', { encrypts: 'always' }],
  ])('is told when the person logs out here%s, and says that it has logged them out', async (_how, settings) => {
    await connectByMetadata(sekisho, 'php', await metadata(), settings);
    const browser = newBrowser();
    await go(browser, service.secure);
    const page = await tellNext(sekisho, browser, await logOutHere(sekisho, browser));
    expect({ ...statesOn(page), said: service.said() }).toMatchObject({ php: 'done' });
    expect((await go(browser, service.secure)).steps).toEqual(['password']);
  });

  it('logs the person out here when it logs them out there, and takes our answer', async () => {
    const browser = newBrowser();
    await go(browser, service.secure);
    const { page } = await go(browser, `${service.secure}&logout`);
    expect(page.html).toContain('You have been logged out.');
    expect(await isSignedIn(sekisho, browser)).toBe(false);
  });
});
