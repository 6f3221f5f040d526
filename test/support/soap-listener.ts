/** A service's address for SOAP: a real server that keeps what it is sent and answers as a test says. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SoapListener {
  readonly url: string;
  readonly heard: { readonly body: string; readonly contentType: string; readonly action: string }[];
  /** By the envelope that came; 200 unless said. */
  answer: (body: string) => Promise<string | { readonly status: number; readonly body: string }>;
  close(): Promise<void>;
}

export async function openSoapListener(): Promise<SoapListener> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { 'content-type': contentType = '', soapaction = '' } = request.headers;
    listener.heard.push({ body, contentType, action: String(soapaction) });
    const said = await listener.answer(body);
    const { status, body: text } = typeof said === 'string' ? { status: 200, body: said } : said;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const listener: SoapListener = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/soap`,
    heard: [],
    answer: async () => ({ status: 500, body: '' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return listener;
}
