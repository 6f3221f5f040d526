/** What holds for every page of the demo services: language, headers, cookies, address. */

import { get, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startKulasis } from '../../src/demo/services/kulasis/start-kulasis.ts';
import { type DemoStage, kulasisCredentials, setDemoStage } from './demo-stage.ts';

let stage: DemoStage;

beforeEach(async () => {
  stage = await setDemoStage();
});
afterEach(() => stage.close());

describe('every page', () => {
  it('follows the switch, then the browser, in its language', async () => {
    stage.browser.headers['accept-language'] = 'fr, en;q=0.5';
    expect((await stage.browser.visit(stage.mykuline.origin)).html).toContain('>Log in<');
    expect((await stage.browser.visit(`${stage.mykuline.origin}/?lang=ja`)).html).toContain('>ログイン<');
    stage.browser.headers['accept-language'] = 'en';
    expect((await stage.browser.visit(stage.mykuline.origin)).html).toContain('<html lang="ja">');
  });

  it('does not let the language switch lead elsewhere', async () => {
    const response = await stage.browser.send(`${stage.mykuline.origin}//evil.example?lang=en`);
    expect(response.headers.get('location')).toBe('/');
  });

  it('allows no script, no frame around it and no sniffing, and is not cached', async () => {
    const { headers } = await stage.login();
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none';style-src 'self';img-src 'self';form-action 'self' ${stage.provider.issuer};frame-ancestors 'none';base-uri 'none'`,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('hides its cookie from scripts and from other sites’ posts', async () => {
    stage.openProvider();
    const [cookie] = (await stage.browser.send(`${stage.kulasis.origin}/login`)).headers.getSetCookie();
    expect(cookie).toMatch(/^kulasis_session=[\w-]{43}; path=\/; samesite=lax; httponly$/);
  });

  it('has Secure cookies that no neighbour can plant where the public origin is https', async () => {
    stage.openProvider();
    const { hostname: host, port } = new URL(stage.mykuline.origin);
    await stage.mykuline.close();
    const { issuer } = stage.provider;
    const origin = 'https://kulasis.example';
    const secured = await startKulasis({ issuer, ...kulasisCredentials, listen: { host, port: Number(port) }, origin });
    // Not by fetch, which sets Host itself.
    const answer = await new Promise<IncomingMessage>((resolve) => {
      get({ host, port, path: '/login', headers: { host: 'kulasis.example' } }, resolve);
    });
    await secured.close();
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-kulasis_session=[\w-]{43}; path=\/; samesite=lax; secure; httponly$/),
    ]);
  });

  it('leads visitors under another name to its own origin', async () => {
    const response = await stage.browser.send(stage.kulasis.origin.replace('127.0.0.1', 'localhost'));
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`${stage.kulasis.origin}/`);
  });
});
