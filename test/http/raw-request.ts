/** Writes a request onto a socket as it stands: fetch would mend the address, and set Host by itself. */
import { connect } from 'node:net';
import type { TestSekisho } from '../support/sekisho.ts';

export interface RawAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** The lines of Set-Cookie. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export async function rawRequest(
  { app, issuer }: TestSekisho,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', body = '', isChunked = false } = {},
): Promise<RawAnswer> {
  const sent = {
    host: new URL(issuer).host,
    connection: 'close',
    ...(body === '' || isChunked ? {} : { 'content-length': String(Buffer.byteLength(body, 'latin1')) }),
    ...headers,
  };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  const text = await exchangeText(
    app.address.port,
    `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  );
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...headerLines] = head.split('\r\n');
  const pairs = headerLines.map(
    (line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')] as const,
  );
  return {
    status: Number(first.split(' ')[1]),
    headers: new Map(pairs),
    cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
    body: rest.join('\r\n\r\n'),
  };
}

const exchangeText = (port: number, request: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'));
    socket.on('data', (part: Buffer) => parts.push(part));
    // The other side may close before it has read all of a body that is too long.
    socket.on('error', (error) => (parts.length > 0 ? resolve(Buffer.concat(parts).toString()) : reject(error)));
    socket.on('end', () => resolve(Buffer.concat(parts).toString()));
  });
