/**
 * The listening server and its graceful end: first connections are let go with the answers that they get, so that a balancer
 * or a browser opens its next one elsewhere; then nothing new is taken and what is under way is finished.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';

export interface Serving {
  readonly server: Server;
  readonly address: AddressInfo;
  /** From now on a connection ends with its next answer. It is not closed before: a request may be on its way in it. */
  leave(): void;
  /** Takes nothing new; resolves when all is answered, or `grace` milliseconds later with what is left cut off. */
  close(grace: number): Promise<void>;
}

type Heard = readonly [req: IncomingMessage, res: ServerResponse];

/**
 * Requests that one turn of the event loop has heard are begun together, in one event: they go through the same steps side by
 * side, each with the code of its step at hand, and read one state of the store (docs/decisions/0023).
 */
function together(answer: (...heard: Heard) => void): RequestListener {
  let waiting: Heard[] = [];
  const answerAll = (): void => {
    const heard = waiting;
    waiting = [];
    for (const [req, res] of heard) answer(req, res);
  };
  return (req, res) => {
    waiting.push([req, res]);
    if (waiting.length === 1) setImmediate(answerAll);
  };
}

export async function serve(
  answer: RequestListener,
  listen: { readonly host: string; readonly port: number },
  tls?: ServerOptions,
): Promise<Serving> {
  // The last answer under way in each connection. Not a set of answers: whenever V8 lays out a set anew, the old layout goes
  // on to hold what was in it and where the next one lies, so that each answer would outlive many collections.
  const underWay = new Map<Socket, ServerResponse | undefined>();
  let isLeaving = false;
  const begin = together(answer);
  const listener: RequestListener = (req, res) => {
    const { socket } = req;
    if (isLeaving) res.shouldKeepAlive = false;
    if (!underWay.has(socket)) socket.once('close', () => underWay.delete(socket));
    underWay.set(socket, res);
    res.once('close', () => {
      if (underWay.get(socket) === res) underWay.set(socket, undefined);
    });
    begin(req, res);
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await listening(server, listen);
  return {
    server,
    address: server.address() as AddressInfo,
    leave() {
      isLeaving = true;
      for (const res of underWay.values()) if (res) res.shouldKeepAlive = false;
    },
    async close(grace) {
      const cutOff = setTimeout(() => server.closeAllConnections(), grace);
      // The listening socket alone. What `close` of an HTTP server cuts off besides are connections in which nothing is
      // asked, and those are among them that were opened just now, whose first request is on its way.
      const closed = new Promise<void>((resolve) => {
        NetServer.prototype.close.call(server, () => resolve());
      });
      // After what has arrived meanwhile was read.
      const cutIdle = setTimeout(() => setImmediate(() => server.close()), arrival);
      await closed;
      clearTimeout(cutOff);
      clearTimeout(cutIdle);
      // Frees what it has besides connections.
      server.close();
    },
  };
}

/** Milliseconds in which the first request of a new connection arrives. */
const arrival = 1_000;

const listening = (server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
