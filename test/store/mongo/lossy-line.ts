/** A line to one server that breaks when it is told to: before a command gets there, or when it is done and its answer is on the way. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

export type LostCommand = 'insert' | 'update' | 'delete' | 'commitTransaction' | 'find';

export interface Loss {
  readonly command: LostCommand;
  readonly lost: 'command' | 'answer';
  /** In a row. */
  readonly times: number;
  /** Done before whoever waits for the first answer learns that there is none. */
  meanwhile?(): Promise<void>;
}

export interface LossyLine {
  readonly port: number;
  lose(loss: Loss): void;
  /** Losses that have come about. */
  readonly losses: number;
  close(): Promise<void>;
}

export async function openLossyLine(target: { readonly host: string; readonly port: number }): Promise<LossyLine> {
  const sockets = new Set<Socket>();
  let loss: Loss | undefined;
  let losses = 0;

  function take(sent: Buffer): Loss | undefined {
    // A command's name is the first field of its document: type, name, zero.
    if (!loss || !sent.includes(`${loss.command}\0`) || losses >= loss.times) return undefined;
    losses += 1;
    return loss;
  }

  const server: Server = createServer((client) => {
    const onward = connect(target);
    for (const socket of [client, onward]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        onward.destroy();
      });
    }
    let lost: Loss | undefined;
    client.on('data', (sent: Buffer) => {
      lost ??= take(sent);
      if (lost?.lost === 'command') client.destroy();
      else onward.write(sent);
    });
    onward.on('data', (answer: Buffer) => {
      if (!lost) return void client.write(answer);
      const meanwhile = losses === 1 ? lost.meanwhile?.() : undefined;
      void Promise.resolve(meanwhile).then(() => client.destroy());
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    lose(next) {
      loss = next;
      losses = 0;
    },
    get losses() {
      return losses;
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
