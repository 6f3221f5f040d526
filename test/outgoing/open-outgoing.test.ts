import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outward } from '../../src/outgoing/outcome.ts';
import { ample, brief, openLocal } from './client.ts';
import { answer, endless, type LocalServer, type Place, raw, type Script, serve } from './local-server.ts';

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(script: Script, place?: Place): Promise<LocalServer> {
  const server = await serve(script, place);
  servers.push(server);
  return server;
}

/** What comes of one request to a server with this script. */
async function outcomeOf(script: Script, outward?: Outward) {
  const { port } = await start(script);
  return openLocal().request(`http://127.0.0.1:${port}/jwks?a=b`, outward);
}

describe('a request', () => {
  it('brings back status, headers and body', async () => {
    const outcome = await outcomeOf(answer('HTTP/1.1 404 Not Found\nX-Kind: one\nX-Kind: two', '関所'));
    if (outcome.kind === 'failed') throw new Error(outcome.reason);
    expect(outcome.answer.status).toBe(404);
    expect(outcome.answer.headers.get('x-kind')).toBe('one, two');
    expect(outcome.answer.text()).toBe('関所');
  });

  it('sends method, path, headers and body, and asks for one bare answer', async () => {
    const server = await start(answer('HTTP/1.1 204 No Content'));
    const headers = {
      Authorization: 'Bearer x',
      Host: 'other.example',
      'Accept-Encoding': 'gzip',
      Expect: '100-continue',
    };
    await openLocal().request(`http://localhost.:${server.port}/hook?a=b#c`, {
      method: 'POST',
      headers,
      body: '{"学生":1}',
      accept: ['application/json', 'text/plain'],
    });
    const [head = '', body = ''] = server.received.join().split('\r\n\r\n');
    const [line, ...fields] = head.split('\r\n');
    expect(line).toBe('POST /hook?a=b HTTP/1.1');
    expect(fields.map((field) => field.toLowerCase()).sort()).toEqual([
      'accept-encoding: identity',
      'accept: application/json, text/plain',
      'authorization: bearer x',
      'connection: close',
      'content-length: 12',
      `host: localhost.:${server.port}`,
    ]);
    expect(Buffer.from(body, 'latin1').toString()).toBe('{"学生":1}');
  });

  it('gathers a body that comes in pieces', async () => {
    const chunks = Array.from({ length: 9_000 }, () => '1\nx\n').join('');
    const outcome = await outcomeOf(raw(`HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${chunks}0\n\n`));
    expect(outcome.kind === 'answered' && outcome.answer.text()).toBe('x'.repeat(9_000));
  });

  it('takes a body of exactly the size that is allowed', async () => {
    const outcome = await outcomeOf(answer('HTTP/1.1 200 OK', 'x'.repeat(ample.bodyBytes)));
    expect(outcome.kind === 'answered' && outcome.answer.body.length).toBe(ample.bodyBytes);
  });

  it.each([
    ['accepted', 'application/json; charset=utf-8'],
    ['accepted in capitals', 'Application/JSON'],
  ])('takes a type that is %s', async (_what, type) => {
    const outcome = await outcomeOf(answer(`HTTP/1.1 200 OK\nContent-Type: ${type}`, '{}'), {
      accept: ['application/json'],
    });
    expect(outcome.kind).toBe('answered');
  });

  it.each([304, 400, 500])('takes %d as an answer, whatever its type', async (status) => {
    const outcome = await outcomeOf(answer(`HTTP/1.1 ${status} Text\nContent-Type: text/html`), { accept: ['a/b'] });
    expect(outcome.kind === 'answered' && outcome.answer.status).toBe(status);
  });

  it('lets one request set limits of its own', async () => {
    const script = answer('HTTP/1.1 200 OK', 'x'.repeat(20_000));
    expect(await outcomeOf(script, { limits: { bodyBytes: 20_000 } })).toMatchObject({ kind: 'answered' });
    expect(await outcomeOf(script, { limits: { bodyBytes: 19_999 } })).toMatchObject({ reason: 'too_large' });
  });

  it('reaches *.localhost without asking anybody', async () => {
    const { port } = await start(answer('HTTP/1.1 200 OK'));
    const outgoing = openLocal({ resolve: () => Promise.reject(new Error('asked')) });
    expect(await outgoing.request(`http://kulasis.localhost:${port}/`)).toMatchObject({ kind: 'answered' });
  });
});

const ok = 'HTTP/1.1 200 OK';
const bomb = gzipSync(Buffer.alloc(1_000_000));

describe('an answer is refused', () => {
  it.each<readonly [string, string, Script]>([
    ['that redirects (301)', 'redirect', answer('HTTP/1.1 301 Moved\nLocation: http://127.0.0.1/')],
    ['that redirects (302)', 'redirect', answer('HTTP/1.1 302 Found\nLocation: https://8.8.8.8/')],
    ['that redirects (303)', 'redirect', answer('HTTP/1.1 303 See Other\nLocation: /')],
    ['that redirects (307)', 'redirect', answer('HTTP/1.1 307 Temporary\nLocation: /')],
    ['that redirects (308)', 'redirect', answer('HTTP/1.1 308 Permanent\nLocation: /')],
    ['that redirects nowhere', 'redirect', answer('HTTP/1.1 300 Choices')],
    ['with a body one byte too large', 'too_large', answer(ok, 'x'.repeat(ample.bodyBytes + 1))],
    ['with a body that never ends', 'too_large', endless(`${ok}\n\n`, 'x'.repeat(1_000), { slowly: false })],
    [
      'with chunks that never end',
      'too_large',
      endless(`${ok}\nTransfer-Encoding: chunked\n\n`, `3e8\r\n${'x'.repeat(1_000)}\r\n`, { slowly: false }),
    ],
    ['with one huge header', 'too_large', answer(`${ok}\nX-Large: ${'x'.repeat(5_000)}`)],
    ['with headers that never end', 'too_large', endless(`${ok}\n`, 'X-More: 1\r\n', { slowly: false })],
    [
      'with a chunk whose extensions never end',
      'malformed',
      endless(`${ok}\nTransfer-Encoding: chunked\n\n1;`, 'x'.repeat(1_000), { slowly: false }),
    ],
    [
      'with trailers that never end',
      'too_large',
      endless(`${ok}\nTransfer-Encoding: chunked\n\n0\n`, 'X-More: 1\r\n', { slowly: false }),
    ],
    ['that is compressed, a bomb', 'encoding', answer(`${ok}\nContent-Encoding: gzip`, bomb)],
    ['that is compressed twice', 'encoding', answer(`${ok}\nContent-Encoding: gzip, br`, gzipSync('x'))],
    [
      'that hides its compression behind a second header',
      'encoding',
      answer(`${ok}\nContent-Encoding: identity\nContent-Encoding: gzip`, gzipSync('x')),
    ],
    ['that is compressed in transfer', 'encoding', raw(`${ok}\nTransfer-Encoding: gzip, chunked\n\n0\n\n`)],
    ['that is another protocol', 'malformed', raw('SSH-2.0-OpenSSH_9.9\n')],
    ['with two lengths', 'malformed', raw(`${ok}\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n`)],
    ['that changes the protocol', 'connection_lost', raw('HTTP/1.1 101 Go\nConnection: upgrade\nUpgrade: x\n\n')],
    ['that is cut short', 'connection_lost', raw(`${ok}\nContent-Length: 10\n\nhalf`)],
    ['that is no answer', 'connection_lost', raw('')],
    ['that is a reset', 'connection_lost', (socket) => socket.resetAndDestroy()],
    [
      'with a reset within',
      'connection_lost',
      (socket) => socket.write(`${ok}\r\nContent-Length: 10\r\n\r\nhalf`, () => socket.resetAndDestroy()),
    ],
  ])('%s', async (_what, reason, script) => {
    expect(await outcomeOf(script)).toEqual({ kind: 'failed', reason });
  });

  it.each<readonly [string, Script]>([
    ['of another type', answer(`${ok}\nContent-Type: text/html`, '<p>')],
    ['of no type', answer(ok, '{}')],
    ['of a type that is none', answer(`${ok}\nContent-Type: json`, '{}')],
    ['that names two types', answer(`${ok}\nContent-Type: text/html\nContent-Type: application/json`, '{}')],
  ])('%s', async (_what, script) => {
    expect(await outcomeOf(script, { accept: ['application/json'] })).toEqual({
      kind: 'failed',
      reason: 'content_type',
    });
  });

  it.each<readonly [string, Script]>([
    ['whose head does not come', () => {}],
    ['whose headers drip', endless(`${ok}\n`, 'x', { slowly: true })],
    ['whose body drips', endless(`${ok}\nContent-Length: 9999\n\n`, 'x', { slowly: true })],
    ['that is announced for ever', endless('', 'HTTP/1.1 103 Early Hints\r\n\r\n', { slowly: true })],
  ])('%s', async (_what, script) => {
    expect(await outcomeOf(script, { limits: brief })).toEqual({ kind: 'failed', reason: 'timeout' });
  });
});

describe('a request ends', () => {
  it('when its caller gives up', async () => {
    const stop = new AbortController();
    expect(await outcomeOf(() => stop.abort(), { signal: stop.signal })).toEqual({ kind: 'failed', reason: 'aborted' });
  });

  it('before it begins when its caller has given up', async () => {
    const server = await start(answer(ok));
    const outcome = await openLocal().request(`http://127.0.0.1:${server.port}/`, { signal: AbortSignal.abort() });
    expect(outcome).toEqual({ kind: 'failed', reason: 'aborted' });
    expect(server.received).toEqual([]);
  });

  it('when its caller’s time is over', async () => {
    expect(await outcomeOf(() => {}, { signal: AbortSignal.timeout(100) })).toMatchObject({ reason: 'timeout' });
  });

  it('when a name server is silent', async () => {
    const outgoing = openLocal({ resolve: () => new Promise(() => {}), limits: { ...ample, connectTime: 50 } });
    expect(await outgoing.request('https://kulasis.example/')).toEqual({ kind: 'failed', reason: 'timeout' });
  });

  it('not with the time to connect, once the connection stands', async () => {
    const late: Script = (socket) => setTimeout(() => answer(ok)(socket), 700);
    expect(await outcomeOf(late, { limits: { ...ample, connectTime: 500 } })).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['answered', answer(ok)],
    ['failed', raw('')],
  ])('without leaving a timer behind when it has %s', async (kind, script) => {
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    expect(await outcomeOf(script)).toMatchObject({ kind });
    expect(timers()).toBe(before);
  });

  it('with its connection, also when the answer goes on', async () => {
    const closed = Promise.withResolvers<void>();
    const script: Script = (socket) => {
      socket.on('close', () => closed.resolve());
      socket.write('HTTP/1.1 302 Found\r\nContent-Length: 10\r\n\r\n');
    };
    expect(await outcomeOf(script)).toMatchObject({ reason: 'redirect' });
    await closed.promise;
  });

  it('when the client is closed, and so does every later one', async () => {
    const outgoing = openLocal();
    const server = await start(() => outgoing.close());
    const url = `http://127.0.0.1:${server.port}/`;
    expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason: 'aborted' });
    expect(await outgoing.request(url)).toEqual({ kind: 'failed', reason: 'aborted' });
    expect(server.received).toHaveLength(1);
  });

  it('where nobody listens', async () => {
    const server = await serve(answer(ok));
    await server.close();
    const outcome = await openLocal().request(`http://localhost:${server.port}/`);
    expect(outcome).toEqual({ kind: 'failed', reason: 'unreachable' });
  });
});
