import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, it } from '@jest/globals';
import type { Response } from 'playwright-core';
import { type Session, sessions } from '../../src/core/sessions/session.ts';
import { findProgram } from '../support/find-program.ts';
import { freePort } from '../support/sekisho.ts';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { openStage, type Stage, student } from './stage.ts';
import { clientAddress, startTlsProxy } from './tls-proxy.ts';
import { logIn, openLogin, send, typeAndSend, wordsOf } from './visit.ts';

const openssl = findProgram('openssl', ['/usr/bin/openssl']);
const usualAuthorities = getCACertificates('default');

/** Sekisho and both services behind one proxy, told apart by their host names. */
async function openStageBehindTls(): Promise<Stage> {
  const proxy = await startTlsProxy(openssl.path, ['localhost', 'kulasis.localhost', 'mykuline.localhost']);
  // The services ask Sekisho under its public address, as they would in a university.
  setDefaultCACertificates([...usualAuthorities, proxy.certificate]);
  const port = await freePort();
  proxy.lead('localhost', port);
  const opening = openStage({
    issuer: `https://localhost:${proxy.port}`,
    environment: {
      SEKISHO__SERVER__LISTEN__PORT: String(port),
      SEKISHO__SERVER__PROXY__TRUSTED: '[127.0.0.1/32]',
    },
    async place(service) {
      const own = await freePort();
      proxy.lead(`${service}.localhost`, own);
      return { origin: `https://${service}.localhost:${proxy.port}`, port: own };
    },
  });
  try {
    const stage = await opening;
    return { ...stage, close: () => stage.close().finally(proxy.close) };
  } catch (error) {
    await proxy.close();
    throw error;
  }
}

describeVisits(
  'behind a proxy that ends TLS',
  (scene) => {
    afterEach(() => setDefaultCACertificates(usualAuthorities));

    it('logs in at KULASIS, enters MyKULINE without a password, and logs out of both', async () => {
      const { page, stage } = scene();
      await logIn(page, stage.kulasis, student);
      expect(new URL(page.url()).protocol).toBe('https:');
      await page.goto(stage.mykuline);
      await page.getByTestId('login').click();
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
      await page.getByTestId('logout').click();
      await page.waitForURL(`${stage.issuer}/**`);
      await send(page);
      await page.getByTestId('logged-out').waitFor();
      expect(await auditTrail(stage.sekisho, 'session.ended')).toHaveLength(1);
    });

    it('enters KUMOI by SAML, whose answer is posted from another site, and is logged out by it in a frame', async () => {
      const { page, stage } = scene();
      await logIn(page, stage.kumoi, student);
      expect(page.url()).toBe(`${stage.kumoi}/`);
      await page.goto(stage.kulasis);
      await page.getByTestId('login').click();
      await page.getByTestId('logout').click();
      await page.waitForURL(`${stage.issuer}/**`);
      await send(page);
      await page.getByTestId('logged-out').waitFor();
      await page.goto(stage.kumoi);
      expect(await page.getByTestId('ended-elsewhere').count()).toBe(1);
    });

    it('sets every cookie Secure, HttpOnly and Lax, under a name that no other host can set', async () => {
      const { page, stage } = scene();
      const written: Promise<readonly string[]>[] = [];
      page.on('response', (response) => {
        if (response.url().startsWith(stage.issuer)) written.push(cookieLines(response));
      });
      await page.goto(`${stage.issuer}/help?lang=ja`);
      await logIn(page, stage.kulasis, student);
      await page.goto(`${stage.issuer}/logout`);
      await send(page);
      const lines = [...new Set((await Promise.all(written)).flat())];
      const names = new Set(lines.map((line) => line.slice(0, line.indexOf('='))));
      expect([...names].sort()).toEqual([
        '__Host-sekisho-browser',
        '__Host-sekisho-known',
        '__Host-sekisho-language',
        '__Host-sekisho-session',
        '__Secure-sekisho-interaction',
        '__Secure-sekisho-interaction.sig',
        '__Secure-sekisho-resume',
        '__Secure-sekisho-resume.sig',
      ]);
      for (const line of lines) {
        expect(line).toMatch(/; secure/i);
        expect(line).toMatch(/; httponly/i);
        expect(line).toMatch(/; samesite=lax/i);
        expect(line).not.toMatch(/; domain=/i);
        if (line.startsWith('__Host-')) expect(line).toMatch(/; path=\/(;|$)/);
      }
    });

    it('tells the browser to come by https only, and asks nothing of plain http', async () => {
      const { page, stage } = scene();
      const answer = await page.goto(stage.issuer);
      expect(answer?.headers()['strict-transport-security']).toBe('max-age=31536000');
      await openLogin(page, stage.kulasis);
      const policy = await page.reload();
      expect(policy?.headers()['content-security-policy']).toContain(`form-action 'self' ${stage.kulasis}`);
      expect(await page.content()).not.toContain('http://');
    });

    it('believes the trusted proxy where a person comes from, and not what the person claims', async () => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain({ extraHTTPHeaders: { 'x-forwarded-for': '198.51.100.1' } });
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, student);
      await page.getByTestId('name').waitFor();
      const [granted] = await auditTrail(stage.sekisho, 'login.granted');
      const session = await onlySession(stage, granted && 'accountId' in granted ? granted.accountId : undefined);
      expect(session?.device.address).toBe(clientAddress);
    });
  },
  { browser: { ignoreHTTPSErrors: true }, stage: openStageBehindTls, needs: openssl },
);

const cookieLines = async (response: Response): Promise<readonly string[]> =>
  (await response.headersArray()).filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value);

async function onlySession({ sekisho }: Stage, accountId = ''): Promise<Session | undefined> {
  const { records } = await sekisho.ground.world.store.find(sessions, { index: 'byAccount', equals: [accountId] });
  return records.length === 1 ? records[0] : undefined;
}
