import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ample, openLocal } from './client.ts';
import { answer, type LocalServer, type Place, serve } from './local-server.ts';
import { selfSigned } from './self-signed.ts';

const kulasis = selfSigned('kulasis.example');
const stranger = selfSigned('kulasis.example');
const expired = selfSigned('kulasis.example', { until: new Date('2021-01-01') });
const script = answer('HTTP/1.1 200 OK', 'secret');

const servers: LocalServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(place: Place): Promise<LocalServer> {
  const server = await serve(script, place);
  servers.push(server);
  return server;
}

const resolve = async () => ['127.0.0.1'];
const trusting = (...ca: string[]) => openLocal({ resolve, ca });

describe('over https', () => {
  it('a service that has the name is believed', async () => {
    const { port } = await start({ tls: kulasis });
    const outcome = await trusting(kulasis.cert).request(`https://kulasis.example:${port}/`);
    expect(outcome.kind === 'answered' && outcome.answer.text()).toBe('secret');
  });

  it('a final dot changes nothing', async () => {
    const { port } = await start({ tls: kulasis });
    expect(await trusting(kulasis.cert).request(`https://kulasis.example.:${port}/`)).toMatchObject({
      kind: 'answered',
    });
  });

  it.each([
    ['has another name', 'mykuline.example', kulasis, kulasis.cert],
    ['is called by its address', '127.0.0.1', kulasis, kulasis.cert],
    ['is known to nobody', 'kulasis.example', stranger, kulasis.cert],
    ['has a certificate of the past', 'kulasis.example', expired, expired.cert],
  ])('a service that %s is refused, and sees no request', async (_what, host, tls, ca) => {
    const server = await start({ tls });
    const outcome = await trusting(ca).request(`https://${host}:${server.port}/`);
    expect(outcome).toEqual({ kind: 'failed', reason: 'tls' });
    expect(server.received.join('')).toBe('');
  });

  it('a server that is silent in the handshake ends with the time to connect', async () => {
    const { port } = await start({});
    const outgoing = openLocal({ resolve, limits: { ...ample, connectTime: 200 } });
    expect(await outgoing.request(`https://kulasis.example:${port}/`)).toEqual({ kind: 'failed', reason: 'timeout' });
  });
});

/** A process of its own, because Node reads these variables when it starts. */
async function outcomeUnder(environment: Readonly<Record<string, string>>, url: string): Promise<unknown> {
  const client = new URL('../../src/outgoing/open-outgoing.ts', import.meta.url).href;
  const program = `
    import { openOutgoing } from ${JSON.stringify(client)};
    const limits = ${JSON.stringify(ample)};
    const outcome = await openOutgoing({ allow: ['127.0.0.0/8'], limits }).request(${JSON.stringify(url)});
    console.log(JSON.stringify(outcome.kind === 'answered' ? outcome.answer.text() : outcome.reason));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout);
}

describe('the environment', () => {
  it('cannot put a proxy in between', async () => {
    const server = await start({});
    const proxy = await start({});
    const address = `http://127.0.0.1:${proxy.port}`;
    const environment = {
      NODE_USE_ENV_PROXY: '1',
      HTTP_PROXY: address,
      http_proxy: address,
      NO_PROXY: '',
      no_proxy: '',
    };
    expect(await outcomeUnder(environment, `http://127.0.0.1:${server.port}/`)).toBe('secret');
    expect(proxy.received).toEqual([]);
  });

  it('cannot switch off the judgement of certificates', async () => {
    const { port } = await start({ tls: stranger });
    const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(await outcomeUnder(environment, `https://kulasis.localhost:${port}/`)).toBe('tls');
  });
});
