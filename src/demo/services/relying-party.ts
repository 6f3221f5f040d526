/** Starts one demo service: listens first, because its public origin may depend on the port it is given. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from './provider.ts';
import type { ServiceSite } from './service-site.ts';
import { Sessions } from './sessions.ts';
import { createSiteApp } from './site-app.ts';

export interface RelyingPartyOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
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
export async function startRelyingParty(site: ServiceSite, options: RelyingPartyOptions): Promise<RunningService> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.listen.port, options.listen.host, resolve);
  });
  const origin = options.origin ?? originOf(options.listen.host, server.address() as AddressInfo);
  const { issuer, clientId, clientSecret, report = toStandardError } = options;
  const provider = new Provider({ issuer, clientId, clientSecret, scope: site.scope, origin });
  const app = createSiteApp({ site, origin, provider, sessions: new Sessions(), report }, issuer);
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
