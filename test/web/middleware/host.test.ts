/** Who is answered under which name; over real sockets, since a client library would mend the request. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { checkHost } from '../../../src/web/middleware/host.ts';

const issuer = 'https://login.example.ac.jp';
const certificateOrigin = 'https://cert.example.ac.jp:8443';

function serving(server: Parameters<typeof checkHost>[0]): Server {
  const app = new Koa();
  app.silent = true;
  app.use(checkHost(server));
  app.use((ctx) => {
    ctx.body = 'let in';
  });
  return createServer(app.callback());
}

describe('checkHost', () => {
  const servers = { plain: serving({ issuer }), asking: serving({ issuer, certificateOrigin }) };
  beforeAll(async () => {
    for (const server of Object.values(servers))
      await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => {
    for (const server of Object.values(servers)) server.close();
  });

  const isLetIn = (which: keyof typeof servers, head: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      let text = '';
      const { port } = servers[which].address() as AddressInfo;
      const socket = connect(port, '127.0.0.1', () => socket.write(`${head}\r\nConnection: close\r\n\r\n`));
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      socket.on('error', reject).on('end', () => resolve(text.endsWith('let in')));
    });
  const get = (path: string, host: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}`;

  it.each<[boolean, keyof typeof servers, string]>([
    [true, 'plain', get('/login', 'login.example.ac.jp')],
    [true, 'plain', get('/login', 'LOGIN.example.ac.jp')],
    [false, 'plain', get('/login', 'evil.example')],
    [false, 'plain', get('/certificate/x', 'cert.example.ac.jp:8443')],
    [true, 'plain', get('/livez', '10.0.0.1')],
    [true, 'asking', get('/certificate/x', 'cert.example.ac.jp:8443')],
    [false, 'asking', get('/certificate/x', 'cert.example.ac.jp')],
    [false, 'asking', get('/login', 'cert.example.ac.jp:8443')],
    // HTTP/1.0 needs no Host.
    [false, 'plain', 'GET /certificate/x HTTP/1.0'],
    [false, 'plain', 'POST /oidc/token HTTP/1.0'],
    [false, 'asking', 'GET /certificate/x HTTP/1.0'],
  ])('lets in: %s, %s, %j', async (expected, which, head) => {
    expect(await isLetIn(which, head)).toBe(expected);
  });
});
