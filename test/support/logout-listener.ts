/** A service's address for logout messages: a real server that keeps what it is sent and answers as a test says. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly method: string;
  readonly contentType: string;
  readonly token: string;
}

export interface LogoutListener {
  readonly url: string;
  readonly heard: Heard[];
  /** 200 and nothing more unless replaced. One that never ends leaves the sender waiting. */
  answer: (response: ServerResponse) => void;
  /** Resolves when it has heard so many. */
  until(count: number): Promise<void>;
  /** Nobody takes its connections until it goes up again, at the same address. */
  goDown(): Promise<void>;
  goUp(): Promise<void>;
}

export async function openLogoutListener(): Promise<LogoutListener> {
  const waiting = new Set<() => void>();
  let server = await listen(take, 0);
  const { port } = server.address() as AddressInfo;
  const listener: LogoutListener = {
    url: `http://127.0.0.1:${port}/backchannel-logout`,
    heard: [],
    answer: (response) => void response.end(),
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (listener.heard.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    goDown: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    async goUp() {
      server = await listen(take, port);
    },
  };

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const token = new URLSearchParams(body).get('logout_token') ?? '';
    const { method = '', headers } = request;
    listener.heard.push({ method, contentType: headers['content-type'] ?? '', token });
    listener.answer(response);
    for (const look of waiting) look();
  }

  return listener;
}

async function listen(take: (request: IncomingMessage, response: ServerResponse) => void, port: number) {
  const server: Server = createServer(take);
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return server;
}
