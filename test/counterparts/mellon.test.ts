/** mod_auth_mellon, by its own metadata and ours and nothing else. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { statesOn } from '../http/logout-scene.ts';
import { freePort } from '../support/free-port.ts';
import { describeWith } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { apacheModule, startApache } from './apache.ts';
import { newServiceKey } from './certificate.ts';
import { connectByMetadata, ownMetadata } from './connect.ts';
import { isSignedIn, jobsStandStill, logOutHere, tellNext, tellOwed, withoutSoap } from './log-out.ts';
import { go, newBrowser } from './person.ts';
import { type Folder, openFolder, type Program } from './program.ts';

const mellon = apacheModule('mod_auth_mellon');

describeWith(mellon, 'mod_auth_mellon', () => {
  let sekisho: TestSekisho;
  let folder: Folder;
  let apache: Program;
  let site: string;
  beforeAll(async () => {
    sekisho = await startSekisho({ environment: jobsStandStill });
    await sekisho.addAccount();
    folder = openFolder();
    const port = await freePort();
    site = `http://localhost:${port}`;
    const { key, certificate } = await newServiceKey();
    apache = await startApache(folder, {
      port,
      module: { name: 'auth_mellon_module', path: mellon.path },
      lines: `<Location />
  MellonEnable info
  MellonEndpointPath /mellon
  MellonSPentityId ${site}/mellon/metadata
  MellonSPPrivateKeyFile ${folder.write('sp.key', key)}
  MellonSPCertFile ${folder.write('sp.pem', certificate)}
  MellonIdPMetadataFile ${folder.write('idp.xml', await ownMetadata(sekisho))}
  MellonSecureCookie Off
  MellonUser "NAME_ID"
</Location>
<Location /secure>
  AuthType Mellon
  MellonEnable auth
  Require valid-user
</Location>`,
    });
    await connectByMetadata(sekisho, 'mellon', await metadata());
  });
  const metadata = async () => (await fetch(`${site}/mellon/metadata`)).text();
  afterAll(async () => {
    await apache?.end();
    folder?.remove();
    await sekisho?.close();
  });

  it('lets in who has signed in here, and knows what they are granted to be known by', async () => {
    const { page, steps, posted } = await go(newBrowser(), `${site}/secure/`);
    expect({ url: page.url.href, said: page.status === 200 ? '' : apache.said(), steps }).toEqual({
      url: `${site}/secure/`,
      said: '',
      steps: ['password'],
    });
    expect(posted.at(-1)).toContain('<saml:EncryptedAssertion');
    expect(page.html).toContain('MELLON_urn:oid:0.9.2342.19200300.100.1.3=a0123456@st.kyoto-u.ac.jp');
    expect(page.html).toMatch(/MELLON_urn:oid:1\.3\.6\.1\.4\.1\.32264\.1\.1\.3=京都 ?花子/);
  });

  it('is entered without a page by who is signed in', async () => {
    const browser = newBrowser();
    await go(browser, `${site}/secure/`);
    browser.setCookie(site, 'mellon-cookie', '');
    const { page, steps } = await go(browser, `${site}/secure/`);
    expect(page.html).toContain('signed in');
    expect(steps).toEqual([]);
  });

  it('is told by SOAP when the person logs out here, and has logged them out', async () => {
    const browser = newBrowser();
    await go(browser, `${site}/secure/`);
    const page = await logOutHere(sekisho, browser);
    expect(statesOn(page)).toEqual({ mellon: 'waiting' });
    await tellOwed(sekisho);
    expect({ ...statesOn(await browser.visit(page.url)), said: apache.said() }).toMatchObject({ mellon: 'done' });
    expect((await go(browser, `${site}/secure/`)).steps).toEqual(['password']);
  });

  it('is told through the browser where it takes nothing else, and says itself that it has logged them out', async () => {
    // So that the name is encrypted in what we send.
    await connectByMetadata(sekisho, 'mellon', withoutSoap(await metadata()), { encrypts: 'always' });
    const browser = newBrowser();
    await go(browser, `${site}/secure/`);
    const page = await tellNext(sekisho, browser, await logOutHere(sekisho, browser));
    expect({ ...statesOn(page), said: apache.said() }).toMatchObject({ mellon: 'done' });
    expect((await go(browser, `${site}/secure/`)).steps).toEqual(['password']);
  });

  it('logs the person out here when it logs them out there, and takes our answer', async () => {
    const browser = newBrowser();
    await go(browser, `${site}/secure/`);
    const { page } = await go(browser, `${site}/mellon/logout?ReturnTo=${encodeURIComponent(`${site}/`)}`);
    expect({ url: page.url.href, html: page.html, said: apache.said() }).toMatchObject({ url: `${site}/` });
    expect(await isSignedIn(sekisho, browser)).toBe(false);
  });
});
