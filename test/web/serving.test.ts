import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Serving, serve } from '../../src/web/serving.ts';

let serving: Serving;
const agent = new Agent({ keepAlive: true });
afterEach(async () => {
  serving.server.closeAllConnections();
  await serving.close(0);
});

const open = async (answer: RequestListener): Promise<void> => {
  serving = await serve(answer, { host: '127.0.0.1', port: 0 });
};

/** The answer, read to its end. */
const ask = (path = '/'): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get({ port: serving.address.port, path, agent }, (res) => {
      res.resume();
      res.on('end', () => resolve(res));
      res.on('error', reject);
    }).on('error', reject);
  });

describe('a server that leaves', () => {
  it('keeps connections before, and lets each go with its next answer after', async () => {
    await open((_req, res) => res.end('x'));
    expect((await ask()).headers.connection).toBe('keep-alive');
    serving.leave();
    expect((await ask()).headers.connection).toBe('close');
  });

  it('lets those go too whose request was under way', async () => {
    const arrived = Promise.withResolvers<() => void>();
    await open((_req, res) => arrived.resolve(() => res.end('x')));
    const answer = ask();
    const finish = await arrived.promise;
    serving.leave();
    finish();
    expect((await answer).headers.connection).toBe('close');
  });

  it('finishes what is under way, and takes nothing new', async () => {
    const arrived = Promise.withResolvers<() => void>();
    await open((_req, res) => arrived.resolve(() => res.end('x')));
    const answer = ask();
    const finish = await arrived.promise;
    const closed = serving.close(60_000);
    await expect(ask('/late')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish();
    expect((await answer).statusCode).toBe(200);
    await closed;
  });

  it('answers the first request of a connection that was opened before', async () => {
    await open((_req, res) => res.end('x'));
    const early = connect(serving.address.port, '127.0.0.1');
    const [taken] = await Promise.all([once(serving.server, 'connection'), once(early, 'connect')]);
    expect(taken).toHaveLength(1);
    const closed = serving.close(60_000);
    await expect(ask('/late')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    early.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(String((await once(early, 'data'))[0])).toContain('200 OK');
    await closed;
  });

  it('waits for no idle connection', async () => {
    await open((_req, res) => res.end('x'));
    await ask();
    await serving.close(2 ** 30);
  });

  it('cuts off what does not end in its time', async () => {
    const arrived = Promise.withResolvers<void>();
    await open(() => arrived.resolve());
    const answer = ask();
    await arrived.promise;
    await Promise.all([expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' }), serving.close(1)]);
  });
});
