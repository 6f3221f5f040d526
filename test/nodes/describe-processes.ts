/**
 * Two nodes as two processes, the clock of each wrong by half a minute for all that runs in it, libraries too; one of them is
 * killed. Services have the machine's clock.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { codeFields, post } from '../http/program.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { type Begun, beginRequest, exchange, follow, openParty, type Party, submit } from '../support/relying-party.ts';
import { freePort, goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Balancer, openBalancer } from './balancer.ts';
import { type NodeProcess, startNode } from './node-process.ts';
import type { FreshStore, OpenFreshStore } from './stores.ts';

const typed = { username: 'a0123456', password: goodPassword };

export function describeProcesses(openFreshStore: OpenFreshStore): void {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let directory: string;
  let store: FreshStore;
  let balancer: Balancer;
  let sekisho: TestSekisho;
  let behind: NodeProcess;
  let ahead: NodeProcess;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sekisho-keys-'));
    store = await openFreshStore();
    const front = await freePort();
    const environment = { SEKISHO__STORE__URL: store.url };
    const wishes = { directory, issuer: `http://localhost:${front}`, environment };
    sekisho = await startSekisho(wishes);
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library' });
    const keys = [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' }];
    await sekisho.addConnection({
      id: 'bank',
      oidc: { authentication: 'private_key_jwt', keys, requiresPushedRequest: true },
    });
    await sekisho.app.close();
    balancer = await openBalancer(front);
    [behind, ahead] = await Promise.all([startNode(wishes, -30_000), startNode(wishes, 30_000)]);
  }, 120_000);
  afterAll(async () => {
    await Promise.all([behind?.kill(), ahead?.kill()]);
    await balancer?.close();
    await store?.drop();
    rmSync(directory, { recursive: true, force: true });
    // A node that was killed may leave a transaction open. The database ends it after a minute, and drops nothing before.
  }, 120_000);

  /** A service that pushes its requests and signs for itself: all that FAPI 2.0 asks for, with times in it. */
  async function openBank(): Promise<Party> {
    const exported = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    const key = await crypto.subtle.importKey('pkcs8', exported, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
    ]);
    return openParty(sekisho, 'bank', client.PrivateKeyJwt({ key, kid: 'one' }));
  }

  async function push(party: Party): Promise<Begun> {
    const begun = await beginRequest(party);
    return { ...begun, url: await client.buildAuthorizationUrlWithPAR(party.config, begun.url.searchParams) };
  }

  it.each([
    ['at the node behind, and goes on at the one ahead', () => [behind, ahead] as const],
    ['at the node ahead, and goes on at the one behind', () => [ahead, behind] as const],
  ])('a pushed request begins %s, and so each step changes over, to the tokens', async (_order, inOrder) => {
    const [first, second] = inOrder();
    const browser = new CookieBrowser();
    balancer.aim(first);
    const bank = await openBank();
    const begun = await push(bank);
    balancer.aim(second);
    const { page } = await follow(browser, sekisho.issuer, begun.url);
    if (!page) throw new Error('nobody was asked to log in');
    balancer.aim(first, second);
    const { left } = await submit(browser, sekisho.issuer, page, typed);
    // The code is given out by one or the other: each takes it from the other.
    balancer.aim(second, first);
    const tokens = await exchange(bank, left as URL, begun);
    expect(tokens.claims()?.sub).toBeDefined();
    const userinfo = await client.fetchUserInfo(bank.config, tokens.access_token, String(tokens.claims()?.sub));
    expect(userinfo.sub).toBe(tokens.claims()?.sub);
  });

  it.each([
    ['behind', 'ahead', () => [behind, ahead] as const],
    ['ahead', 'behind', () => [ahead, behind] as const],
  ])('a code of the node %s is taken at the one %s, once', async (_first, _second, inOrder) => {
    const [first, second] = inOrder();
    const browser = new CookieBrowser();
    balancer.aim(first);
    const party = await openParty(sekisho, 'library');
    const begun = await beginRequest(party);
    const { page } = await follow(browser, sekisho.issuer, begun.url);
    if (!page) throw new Error('nobody was asked to log in');
    const { left } = await submit(browser, sekisho.issuer, page, typed);
    const fields = { ...codeFields(party, left as URL, begun), client_id: 'library' };
    balancer.aim(second);
    expect((await post(sekisho, '/oidc/token', fields)).status).toBe(200);
    balancer.aim(first);
    expect((await post(sekisho, '/oidc/token', fields)).body).toMatchObject({ error: 'invalid_grant' });
  });

  describe('when one of them is killed', () => {
    it('a login that began there goes on at the other, with nothing to be typed again', async () => {
      const browser = new CookieBrowser();
      balancer.aim(behind);
      const party = await openParty(sekisho, 'library');
      const begun = await beginRequest(party);
      const { page } = await follow(browser, sekisho.issuer, begun.url);
      if (!page) throw new Error('nobody was asked to log in');
      await behind.kill();
      balancer.aim(ahead);
      const { left } = await submit(browser, sekisho.issuer, page, typed);
      expect((await exchange(party, left as URL, begun)).access_token).toBeDefined();
    });
  });
}
