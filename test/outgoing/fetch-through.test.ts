import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchThrough } from '../../src/outgoing/fetch-through.ts';
import { openLocal } from './client.ts';
import { answer, type LocalServer, type Script, serve } from './local-server.ts';

const fetchLike = fetchThrough(openLocal());

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(script: Script) {
  const server = await serve(script);
  servers.push(server);
  return { server, url: `http://127.0.0.1:${server.port}/` };
}

describe('fetch through the client', () => {
  it('answers a Response', async () => {
    const { url } = await start(answer('HTTP/1.1 201 Created\nContent-Type: application/json', '{"keys":[]}'));
    const response = await fetchLike(new URL(url), { headers: { accept: 'application/json' } });
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json']);
    expect(await response.json()).toEqual({ keys: [] });
  });

  it.each([204, 304])('answers a Response without a body for %d', async (status) => {
    const { url } = await start(answer(`HTTP/1.1 ${status} Text`));
    const response = await fetchLike(url);
    expect([response.status, response.body]).toEqual([status, null]);
  });

  it('posts a form as fetch does', async () => {
    const { server, url } = await start(answer('HTTP/1.1 200 OK'));
    const body = new URLSearchParams({ logout_token: 'a b' });
    await fetchLike(url, { method: 'POST', body, headers: { 'user-agent': '' } });
    expect(server.received.join()).toMatch(/^POST \/ HTTP/);
    expect(server.received.join()).toContain('application/x-www-form-urlencoded;charset=UTF-8');
    expect(server.received.join()).toMatch(/\r\n\r\nlogout_token=a\+b$/);
  });

  it('leaves the type of a body to who names one', async () => {
    const { server, url } = await start(answer('HTTP/1.1 200 OK'));
    await fetchLike(url, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    expect(server.received.join()).toContain('content-type: application/json\r\n');
  });

  it('rejects with the reason alone', async () => {
    const refused = fetchThrough(openLocal({ allow: [] }))('http://127.0.0.1:1234/');
    await expect(refused).rejects.toThrow(new TypeError('fetch failed', { cause: 'address_refused' }));
    await expect(refused).rejects.toHaveProperty('cause', 'address_refused');
  });

  it('rejects a redirect', async () => {
    const { url } = await start(answer('HTTP/1.1 302 Found\nLocation: /'));
    await expect(fetchLike(url, { redirect: 'manual' })).rejects.toHaveProperty('cause', 'redirect');
  });

  it('rejects with the reason of a signal that stopped it', async () => {
    const { url } = await start(() => {});
    await expect(fetchLike(url, { signal: AbortSignal.timeout(100) })).rejects.toHaveProperty('name', 'TimeoutError');
  });
});
