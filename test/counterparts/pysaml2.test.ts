/** A service with pysaml2, by its own metadata and ours and nothing else. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { statesOn } from '../http/logout-scene.ts';
import { describeWith } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { connectByMetadata, ownMetadata } from './connect.ts';
import { isSignedIn, logOutHere, tellNext } from './log-out.ts';
import { go, newBrowser } from './person.ts';
import { type PythonService, pysaml2, startPythonService, type Wishes } from './pysaml2.ts';

describeWith(pysaml2, 'a service with pysaml2', () => {
  let sekisho: TestSekisho;
  let service: PythonService | undefined;
  beforeEach(async () => {
    sekisho = await startSekisho();
    await sekisho.addAccount();
  });
  afterEach(async () => {
    await service?.end();
    service = undefined;
    await sekisho.close();
  });

  async function connected(wishes: Omit<Wishes, 'metadata'>): Promise<PythonService> {
    service = await startPythonService({ ...wishes, metadata: await ownMetadata(sekisho) });
    const answer = await fetch(`${service.site}/metadata`);
    await connectByMetadata(sekisho, 'python', await answer.text());
    return service;
  }

  it.each([
    { way: 'redirect', signsRequests: false, wantsSignedAssertions: false },
    { way: 'redirect', signsRequests: true, wantsSignedAssertions: true },
    { way: 'post', signsRequests: true, wantsSignedAssertions: false },
  ])(
    'takes a person in: asking by $way, signed $signsRequests, assertions signed $wantsSignedAssertions',
    async (row) => {
      const { way, ...wishes } = row;
      const { site, said } = await connected(wishes);
      const { page, posted } = await go(newBrowser(), `${site}/login?binding=${way}`);
      if (page.status !== 200) throw new Error(`${page.html}\n${said()}`);
      expect(posted.at(-1)).toContain('<saml:EncryptedAssertion');
      expect(JSON.parse(page.html)).toMatchObject({
        relayState: 'where I was',
        attributes: { mail: ['a0123456@st.kyoto-u.ac.jp'], eduPersonScopedAffiliation: expect.anything() },
      });
    },
  );

  const signing = { signsRequests: true, wantsSignedAssertions: true };

  it('is told through the browser when the person logs out here, and says that it has logged them out', async () => {
    const { site, said } = await connected(signing);
    const browser = newBrowser();
    await go(browser, `${site}/login`);
    const page = await tellNext(sekisho, browser, await logOutHere(sekisho, browser));
    expect({ ...statesOn(page), html: page.html, said: said() }).toMatchObject({ python: 'done' });
  });

  it('logs the person out here when it logs them out there, and takes our answer', async () => {
    const { site, said } = await connected(signing);
    const browser = newBrowser();
    await go(browser, `${site}/login`);
    const { page } = await go(browser, `${site}/logout`);
    expect({ html: page.html, said: said() }).toMatchObject({
      html: 'logged out: urn:oasis:names:tc:SAML:2.0:status:Success',
    });
    expect(await isSignedIn(sekisho, browser)).toBe(false);
  });
});
