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

/** Asks in as many connections, and lets all of it arrive before any of it is heard. */
async function askAtOnce(times: number): Promise<readonly string[]> {
  const clients = await Promise.all(
    Array.from({ length: times }, async () => {
      const client = connect(serving.address.port, '127.0.0.1');
      await once(client, 'connect');
      return client;
    }),
  );
  // The server has them all, and has begun to listen to each.
  for (const [place, client] of clients.entries()) client.write(`GET /${place} HTTP/1.1\r\nHost: localhost\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const answers = clients.map(async (client) => String((await once(client, 'data'))[0]));
  await new Promise((resolve) => setImmediate(resolve));
  for (const client of clients) client.write('\r\n');
  // Sent and not heard: this thread does nothing else.
  const until = performance.now() + 100;
  while (performance.now() < until);
  return Promise.all(answers);
}

describe('requests that one turn of the event loop has heard', () => {
  it('are begun in one event, in the order in which they were heard, and each gets its own answer', async () => {
    let events = 0;
    const begun: { readonly url: string | undefined; readonly event: number }[] = [];
    await open((req, res) => {
      begun.push({ url: req.url, event: events });
      // Comes when the event is over.
      queueMicrotask(() => {
        events += 1;
      });
      setTimeout(() => res.end(req.url), 1);
    });
    const answers = await askAtOnce(5);
    expect(begun).toEqual([0, 1, 2, 3, 4].map((place) => ({ url: `/${place}`, event: 0 })));
    expect(answers.map((answer) => answer.slice(-2))).toEqual(['/0', '/1', '/2', '/3', '/4']);
  });

  it('do not wait for others that come later', async () => {
    await open((req, res) => res.end(req.url));
    expect((await ask('/first')).statusCode).toBe(200);
    expect((await ask('/second')).statusCode).toBe(200);
  });

  it('are begun with their body still to be read', async () => {
    await open((req, res) => void (async () => res.end(String((await req.toArray()).join(''))))());
    const client = connect(serving.address.port, '127.0.0.1');
    client.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody');
    expect(String((await once(client, 'data'))[0])).toContain('body');
    client.destroy();
  });
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
