/** What a browser is told while the store does not answer: a page with an incident, at once. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
beforeEach(async () => {
  sekisho = await startSekisho();
});
afterEach(() => sekisho.close());

describe('a store that has failed', () => {
  it.each([
    '/oidc/auth?posted=x',
    '/oidc/logout?posted=x',
    '/oidc/auth?client_id=library',
    '/login/a-login-in-progress',
    '/',
  ])('leaves no request without a page of ours: %s', async (path) => {
    await sekisho.ground.world.store.close();
    const cookie = `sekisho-session=${'s'.repeat(43)}; sekisho-browser=${'b'.repeat(43)}`;
    const { status, body, headers } = await rawRequest(sekisho, path, { accept: 'text/html', cookie });
    expect(status).toBeGreaterThanOrEqual(500);
    expect(body).toContain('class="incident"');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
