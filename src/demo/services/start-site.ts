/** Starts one demo service: listens first, because its public origin may depend on the port it is given. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Protocol } from './protocol.ts';
import type { ServiceSite } from './service-site.ts';
import { Sessions } from './sessions.ts';
import { createSiteApp } from './site-app.ts';

export interface SitePlace {
  /** Port 0 takes a free one. */
  readonly listen: { readonly host: string; readonly port: number };
  /** What browsers call the service, such as http://kulasis.localhost:3002. Default: the address bound. */
  readonly origin?: string;
  /** Where a line goes when a login or a page fails. Default: standard error. */
  readonly report?: (line: string) => void;
}

export interface RunningService {
  readonly origin: string;
  close(): Promise<void>;
}

/** Resolves once the service listens. The provider is not asked before somebody logs in, so it may start later. */
export async function startSite(
  site: ServiceSite,
  { listen, origin: called, report = toStandardError }: SitePlace,
  protocolAt: (origin: string) => Protocol,
): Promise<RunningService> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.host, resolve);
  });
  const origin = called ?? originOf(listen.host, server.address() as AddressInfo);
  const protocol = protocolAt(origin);
  const { provider } = protocol;
  const app = createSiteApp({ site, origin, provider, sessions: new Sessions(), report }, protocol);
  server.on('request', app.callback());
  return {
    origin,
    close: () =>
      new Promise<void>((resolve) => {
        // Its only error is that the server was closed already, which is what the caller wants.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const toStandardError = (line: string): void => void process.stderr.write(`${line}\n`);

const originOf = (host: string, { port }: AddressInfo): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
