/** `/metrics`: who may read it, what a login adds to it, and what it says when the store does not answer. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { bearer, type Fields, get } from './program.ts';
import { rawRequest } from './raw-request.ts';

let sekisho: TestSekisho;
afterEach(() => sekisho.close());

const token = 'scrape-scrape-scrape-scrape-scrape';

async function read(headers: Fields = {}): Promise<string> {
  const { status, text } = await get(sekisho, '/metrics', headers);
  expect(status).toBe(200);
  return text;
}

/** The value of one series, written as Prometheus does. */
function sampleOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('who may read the metrics', () => {
  it('is, unless said, whoever asks from this machine, under any name of it', async () => {
    sekisho = await startSekisho();
    const answer = await rawRequest(sekisho, '/metrics', { host: '10.1.2.3:9100' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each<[string, Fields]>([
    ['a proxy that nobody named, in front of everybody', { host: '127.0.0.1:3000', 'x-forwarded-for': '127.0.0.1' }],
    ['one that says it otherwise', { host: '127.0.0.1:3000', 'x-real-ip': '127.0.0.1' }],
    ['one that only says that it is one', { host: '127.0.0.1:3000', via: '1.1 front' }],
    ['one that says it in the standard way', { host: '127.0.0.1:3000', forwarded: 'for=127.0.0.1' }],
    ['one that says only what was asked of it', { host: '127.0.0.1:3000', 'x-forwarded-host': 'login.example.ac.jp' }],
    ['one that shows by the public name alone', { host: 'login.example.ac.jp' }],
    ['a visitor who writes a port behind that name', { host: 'login.example.ac.jp:443' }],
    ['a visitor who writes a dot behind it', { host: 'LOGIN.example.ac.jp.' }],
  ])('is not %s', async (_who, headers) => {
    sekisho = await startSekisho({
      issuer: 'https://login.example.ac.jp',
      // An address that others can reach is production, whatever the mode says.
      environment: { SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '19456', SEKISHO__PASSWORD__ARGON2__ITERATIONS: '2' },
    });
    const answer = await rawRequest(sekisho, '/metrics', headers);
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('sekisho_');
  });

  it.each([
    ['10.9.0.7', 200],
    ['203.0.113.5', 404],
    // Written by the visitor, in front of what the proxy adds.
    ['10.9.0.7, 203.0.113.5', 404],
  ])('is seen through a trusted proxy: %s', async (forwarded, status) => {
    sekisho = await startSekisho({
      environment: {
        SEKISHO__SERVER__PROXY__TRUSTED: '[127.0.0.1/32]',
        SEKISHO__SERVER__METRICS__ALLOW: '[10.9.0.0/24]',
      },
    });
    const answer = await rawRequest(sekisho, '/metrics', { 'x-forwarded-for': forwarded });
    expect(answer.status).toBe(status);
  });

  it('is whoever has the token, where one is set, and nobody with another', async () => {
    sekisho = await startSekisho({
      environment: { SEKISHO__SERVER__METRICS__TOKEN: token, SEKISHO__SERVER__METRICS__ALLOW: '[]' },
    });
    expect((await get(sekisho, '/metrics', bearer(token))).status).toBe(200);
    expect((await get(sekisho, '/metrics', bearer(`${token}x`))).status).toBe(404);
    expect((await get(sekisho, '/metrics')).status).toBe(404);
  });
});

describe('the metrics', () => {
  it('tell of a login, a session that answers, a wrong password and a denial', async () => {
    sekisho = await startSekisho();
    await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library' });
    await sekisho.addConnection({ id: 'staff', audience: { roles: ['staff'] } });
    const party = await openParty(sekisho, 'library');
    const wrong = logIn(sekisho, party, undefined, { password: 'not-the-password' });
    await expect(wrong).rejects.toThrow('422');
    const { browser } = await logIn(sekisho, party);
    await logIn(sekisho, party, browser);
    await expect(logIn(sekisho, await openParty(sekisho, 'staff'), browser)).rejects.toThrow();
    const text = await read();
    const logins = (connection: string, outcome: string) =>
      sampleOf(text, `sekisho_logins_total{protocol="oidc",connection="${connection}",outcome="${outcome}"}`);
    expect(logins('library', 'granted')).toBe(1);
    expect(logins('library', 'passed')).toBe(1);
    expect(logins('staff', 'not_for_you')).toBe(1);
    expect(sampleOf(text, 'sekisho_login_attempts_total{protocol="oidc"}')).toBe(3);
    expect(sampleOf(text, 'sekisho_login_step_answers_total{step="password",result="wrong"}')).toBe(1);
    expect(sampleOf(text, 'sekisho_login_step_seconds_count{step="password"}')).toBe(2);
    expect(sampleOf(text, 'sekisho_sessions_total{how="started"}')).toBe(1);
    expect(sampleOf(text, 'sekisho_http_requests_total{route="login",status="422"}')).toBe(1);
    expect(sampleOf(text, 'sekisho_store_operation_seconds_count{operation="commit"}')).toBeGreaterThan(0);
    expect(sampleOf(text, 'sekisho_store_group_commits_count')).toBeGreaterThan(0);
    expect(sampleOf(text, 'sekisho_store_up')).toBe(1);
    expect(sampleOf(text, 'sekisho_key_turn_seconds{use="token-signing",algorithm="RS256"}')).toBeGreaterThan(0);
    expect(sampleOf(text, 'sekisho_outbox_notices{state="dead"}')).toBe(0);
    expect(sampleOf(text, 'sekisho_job_failures{job="audit-seal"}')).toBe(0);
  });

  it('repeat nothing that a visitor made up', async () => {
    sekisho = await startSekisho();
    await get(sekisho, '/made-up-page');
    await get(sekisho, '/oidc/auth?client_id=made-up-client');
    await get(sekisho, '/login/made-up-handle');
    const text = await read();
    expect(text).not.toContain('made-up');
    expect(sampleOf(text, 'sekisho_http_requests_total{route="other",status="404"}')).toBe(1);
  });

  it('are there without a store that answers, and say that it does not', async () => {
    sekisho = await startSekisho();
    await sekisho.ground.world.store.close();
    const text = await read();
    expect(sampleOf(text, 'sekisho_store_up')).toBe(0);
    // What is not known is not told as 0.
    expect(text).not.toMatch(/^sekisho_(?:outbox|audit|job)_\S+ /m);
    expect(sampleOf(text, 'sekisho_key_turn_seconds{use="token-signing",algorithm="RS256"}')).toBeGreaterThan(0);
    expect(sampleOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });
});
