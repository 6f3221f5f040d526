/**
 * A balancer that does no more than it must: whoever does not answer gets nothing for a second, and what was asked of it is answered
 * with 502. It repeats nothing: that is the visitor's.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers';

export interface Front {
  /** The ports among which visitors are shared out from now on. */
  aim(...ports: readonly number[]): void;
  close(): Promise<void>;
}

/** Milliseconds. */
const rest = 1_000;

export async function openFront(port: number): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  const resting = new Set<number>();
  let nodes: readonly number[] = [];
  let turn = 0;

  function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const rested = nodes.filter((node) => !resting.has(node));
    const node = rested[turn % rested.length];
    turn += 1;
    if (node === undefined) return void outgoing.writeHead(502).end();
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: node, method, path, headers, agent });
    const give = () => {
      resting.add(node);
      setTimeout(() => resting.delete(node), rest).unref();
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end();
    };
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      // Cut off in the middle: the visitor must not take it for whole.
      answer.on('error', () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    onward.on('error', give);
    incoming.pipe(onward);
  }

  const server = createServer(pass);
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return {
    aim(...ports) {
      nodes = ports;
      for (const node of ports) resting.delete(node);
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
