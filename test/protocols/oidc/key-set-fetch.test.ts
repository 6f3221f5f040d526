import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { days, hours } from '../../../src/base/duration.ts';
import { openLog } from '../../../src/base/log.ts';
import { keySetFetch } from '../../../src/protocols/oidc/key-set-fetch.ts';
import { ample, openLocal } from '../../outgoing/client.ts';
import { answer, type LocalServer, type Script, serve } from '../../outgoing/local-server.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const key = { ...generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }), kid: 'one' };
const setOf = (...keys: readonly object[]) => answer('HTTP/1.1 200 OK', JSON.stringify({ keys }));

let host: LocalServer;
let script: Script;
let clock: FakeClock;
let lines: string[];
let fetchKeys: () => Promise<unknown>;
beforeEach(async () => {
  clock = new FakeClock();
  lines = [];
  script = setOf(key);
  host = await serve((socket) => script(socket));
  const log = openLog('warn', { write: (line: string) => void lines.push(line) });
  const url = `http://127.0.0.1:${host.port}/path?word=secret`;
  const fetchLike = keySetFetch({
    outgoing: openLocal({ limits: { ...ample, bodyBytes: 1_000_000 } }),
    clock,
    log,
    totalTime: 1_000,
  });
  fetchKeys = async () => (await fetchLike(url)).json();
});
afterEach(() => host.close());

const asked = () => host.received.length;

describe('the key set of a service', () => {
  it('is asked for once by many at the same time, and once more after a while', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => fetchKeys()));
    expect(all).toEqual(Array.from({ length: 20 }, () => ({ keys: [key] })));
    clock.advance(29_000);
    await fetchKeys();
    expect(asked()).toBe(1);
    clock.advance(1_000);
    script = setOf({ ...key, kid: 'two' });
    expect(await fetchKeys()).toEqual({ keys: [{ ...key, kid: 'two' }] });
    expect(asked()).toBe(2);
  });

  const failures: readonly (readonly [string, Script])[] = [
    ['is down', (socket) => socket.destroy()],
    ['is silent', () => {}],
    ['fails', answer('HTTP/1.1 503 Unavailable', JSON.stringify({ keys: [{ ...key, kid: 'evil' }] }))],
    ['sends elsewhere', answer('HTTP/1.1 302 Found\nLocation: /')],
    [
      'says too much',
      answer('HTTP/1.1 200 OK', JSON.stringify({ keys: [{ ...key, kid: 'evil' }], much: 'x'.repeat(65_536) })),
    ],
    ['says something else', answer('HTTP/1.1 200 OK', '<html>')],
    ['has no key', setOf()],
    ['has only keys that nobody may use', setOf({ kty: 'oct', k: 'AAAA' })],
  ];
  it.each(failures)('that was fetched before goes on serving while its host %s', async (_, failure) => {
    await fetchKeys();
    clock.advance(days(6));
    script = failure;
    expect(await fetchKeys()).toEqual({ keys: [key] });
    expect(lines.join()).toContain('"isHeld":true');
  });

  it.each(failures)(
    'that was never fetched fails while its host %s, and is there when it comes back',
    async (_, failure) => {
      script = failure;
      await expect(fetchKeys()).rejects.toThrow('fetch failed');
      script = setOf(key);
      clock.advance(9_000);
      await expect(fetchKeys()).rejects.toThrow('fetch failed');
      expect(asked()).toBe(1);
      clock.advance(1_000);
      expect(await fetchKeys()).toEqual({ keys: [key] });
    },
  );

  it('is nobody’s word any more when its host has been gone for longer than a week', async () => {
    await fetchKeys();
    script = (socket) => socket.destroy();
    clock.advance(days(7) + 1);
    await expect(fetchKeys()).rejects.toThrow('fetch failed');
  });

  it('is asked for again when the clock was put back', async () => {
    await fetchKeys();
    clock.advance(-hours(1));
    await fetchKeys();
    expect(asked()).toBe(2);
  });

  it('comes without what its host says of its age, which would keep the next key out', async () => {
    script = answer('HTTP/1.1 200 OK\nCache-Control: max-age=31536000', JSON.stringify({ keys: [key] }));
    const fetchLike = keySetFetch({ outgoing: openLocal(), clock, log: openLog('silent'), totalTime: 1_000 });
    const { headers } = await fetchLike(`http://127.0.0.1:${host.port}/`);
    expect([headers.get('cache-control'), headers.get('expires')]).toEqual([null, null]);
  });

  it('leaves in the log the host and what is wrong, and neither path nor query', async () => {
    script = setOf({ kty: 'oct', k: 'AAAA' }, key);
    await fetchKeys();
    expect(lines.join()).toContain(`"host":"127.0.0.1:${host.port}"`);
    expect(lines.join()).toContain('keys[0] is a symmetric key');
    expect(lines.join()).not.toMatch(/path|word|AAAA/);
  });
});
