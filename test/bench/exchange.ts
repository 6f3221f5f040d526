/** One request over a kept-alive connection: the least that a client can cost, since it shares the machine with the server. */
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** `name=value` of each cookie that was set; an empty value where one was removed. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  /** Form fields: makes it a POST. */
  readonly form?: Readonly<Record<string, string>> | URLSearchParams;
}

export type Send = (url: URL | string, sending?: Sending) => Promise<Answer>;

export function openClient(): Send {
  const agent = new Agent({ keepAlive: true });
  return (url, { headers = {}, form } = {}) =>
    new Promise((resolve, reject) => {
      const body = form && new URLSearchParams(form).toString();
      const typed: Record<string, string> =
        body === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(Buffer.byteLength(body)),
            };
      const method = body === undefined ? 'GET' : 'POST';
      const sent = request(url, { agent, method, headers: { ...headers, ...typed } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            cookies: (response.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0] ?? ''),
            body: Buffer.concat(parts).toString(),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
}
