/** Servers that a test scripts byte by byte, because the answers of interest are those that no HTTP server would send. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { SelfSigned } from './self-signed.ts';

export interface LocalServer {
  readonly port: number;
  /** What each connection sent, so far. */
  readonly received: string[];
  close(): Promise<void>;
}

/** Called once a connection, after the head of its request. */
export type Script = (socket: Socket) => void;

export interface Place {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: SelfSigned;
}

export async function serve(script: Script, { host = '127.0.0.1', port = 0, tls }: Place = {}): Promise<LocalServer> {
  const received: string[] = [];
  const open = new Set<Socket>();
  const talk = (socket: Socket) => {
    const place = received.push('') - 1;
    socket.on('data', (bytes) => {
      const before = received[place] ?? '';
      received[place] = before + bytes.toString('latin1');
      if (!before.includes('\r\n\r\n') && received[place].includes('\r\n\r\n')) script(socket);
    });
  };
  const server: Server = tls ? createTlsServer({ ...tls }, talk) : createServer(talk);
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A whole answer, then the end. */
export const answer = (head: string, body: string | Buffer = ''): Script => {
  const length = Buffer.byteLength(body);
  const lines = [...head.split('\n'), `Content-Length: ${length}`, '', ''].join('\r\n');
  return (socket) => socket.end(Buffer.concat([Buffer.from(lines, 'latin1'), Buffer.from(body)]));
};

/** Bytes as they are. */
export const raw =
  (text: string): Script =>
  (socket) =>
    socket.end(text.replaceAll('\n', '\r\n'));

/** Sends `start`, then `piece` for as long as somebody listens, as fast as it is taken or one each few milliseconds. */
export const endless =
  (start: string, piece: string, { slowly }: { slowly: boolean }): Script =>
  (socket) => {
    socket.write(start.replaceAll('\n', '\r\n'));
    const more = () => {
      if (socket.destroyed) return;
      socket.write(piece, () => (slowly ? setTimeout(more, 5) : setImmediate(more)));
    };
    more();
  };
