/** What stands in front of two nodes: each request goes to the one whose turn it is, under the name that the visitor asked for. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Reachable {
  readonly address: AddressInfo;
}

export interface Balancer {
  /** From the next request on these take turns, the first one first. */
  aim(...apps: readonly Reachable[]): void;
  close(): Promise<void>;
}

export async function openBalancer(port: number): Promise<Balancer> {
  let turns: readonly Reachable[] = [];
  let turn = 0;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const target = turns[turn % turns.length];
    turn += 1;
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: target?.address.port, method, path, headers, agent: false });
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    });
    incoming.pipe(onward);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return {
    aim(...apps) {
      turns = apps;
      turn = 0;
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
