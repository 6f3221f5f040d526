/** One request and one answer over a connection that stands. Whatever the other side sends, what is kept is bounded. */
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { MIMEType } from 'node:util';
import type { Answer, Limits, Outward } from './outcome.ts';
import { errorCodeOf, OutgoingError } from './outgoing-error.ts';
import type { Target } from './target.ts';

type Bounds = Pick<Limits, 'headerBytes' | 'bodyBytes'>;

/** @throws OutgoingError */
export async function exchange(
  socket: Socket,
  target: Target,
  outward: Outward,
  bounds: Bounds,
  signal: AbortSignal,
): Promise<Answer> {
  const message = request({
    // With a connection of its own a request has no agent: no pool, and no proxy from the environment.
    createConnection: () => socket,
    method: outward.method ?? 'GET',
    path: target.path,
    headers: headersOf(target, outward),
    maxHeaderSize: bounds.headerBytes,
    insecureHTTPParser: false,
    signal,
  });
  // What is wrong with a body is said here; its reader only learns that there is no more.
  let broken: unknown;
  message.on('error', (error) => {
    broken ??= error;
  });
  try {
    message.end(outward.body);
    const response = await responseTo(message);
    const headers = receivedHeaders(response);
    judgeHead(response.statusCode ?? 0, headers, outward);
    const body = await readBody(response, bounds.bodyBytes);
    return { status: response.statusCode ?? 0, headers, body, text: () => new TextDecoder().decode(body) };
  } catch (error) {
    throw error instanceof OutgoingError ? error : brokenBy(errorCodeOf(broken ?? error));
  }
}

function headersOf(target: Target, { headers: given, body, accept }: Outward): Record<string, string> {
  const headers = new Headers(given);
  for (const name of ['connection', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer']) headers.delete(name);
  headers.set('host', target.authority);
  headers.set('connection', 'close');
  // Nothing is decompressed, so nothing can unfold: what crosses the wire is what is counted.
  headers.set('accept-encoding', 'identity');
  if (accept) headers.set('accept', accept.join(', '));
  if (body === undefined) headers.delete('content-length');
  else headers.set('content-length', String(Buffer.byteLength(body)));
  return Object.fromEntries(headers);
}

async function responseTo(message: ClientRequest): Promise<IncomingMessage> {
  const closed = new AbortController();
  // A switch to another protocol (101) closes without an error.
  message.once('close', () => closed.abort());
  const [response] = (await once(message, 'response', { signal: closed.signal })) as [IncomingMessage];
  return response;
}

function receivedHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value);
  return headers;
}

function judgeHead(status: number, headers: Headers, { accept }: Outward): void {
  // 304 answers a condition that the caller set. The others send us to an address that nobody has approved.
  if (status >= 300 && status < 400 && status !== 304) throw new OutgoingError('redirect', String(status));
  const encoding = headers.get('content-encoding') ?? 'identity';
  const transfer = headers.get('transfer-encoding') ?? 'chunked';
  if (encoding.toLowerCase() !== 'identity' || transfer.toLowerCase() !== 'chunked')
    throw new OutgoingError('encoding', `${encoding} ${transfer}`);
  const hasContent = status >= 200 && status < 300 && status !== 204 && status !== 205;
  if (accept && hasContent && !accept.includes(essenceOf(headers.get('content-type'))))
    throw new OutgoingError('content_type', essenceOf(headers.get('content-type')));
}

function essenceOf(contentType: string | null): string {
  try {
    return new MIMEType(contentType ?? '').essence;
  } catch {
    return '';
  }
}

/** Copies into one buffer: a body sent byte by byte would otherwise keep an object, and its whole packet, for each byte. */
async function readBody(response: IncomingMessage, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  let kept = new Uint8Array(Math.min(mostBytes, 16_384));
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const grown = size + chunk.length;
    if (grown > mostBytes) throw new OutgoingError('too_large', `body over ${mostBytes}`);
    if (grown > kept.length) {
      const wider = new Uint8Array(Math.min(mostBytes, Math.max(grown, 2 * kept.length)));
      wider.set(kept.subarray(0, size));
      kept = wider;
    }
    kept.set(chunk, size);
    size = grown;
  }
  return kept.slice(0, size);
}

function brokenBy(code: string): OutgoingError {
  if (code === 'HPE_HEADER_OVERFLOW') return new OutgoingError('too_large', code);
  if (code.startsWith('HPE_')) return new OutgoingError('malformed', code);
  // TLS 1.3 refuses a missing client certificate only after the handshake.
  if (code.startsWith('ERR_SSL_')) return new OutgoingError('tls', code);
  return new OutgoingError('connection_lost', code);
}
