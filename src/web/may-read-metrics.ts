/**
 * Who may read /metrics: they tell of nobody, but how busy the house is and what fails in it is not for the public.
 * Somebody on the networks that are named, or with the token.
 */
import type { IncomingMessage } from 'node:http';
import { digestOf, isSameText } from '../base/digest.ts';
import { isLoopbackHost } from '../base/loopback-host.ts';
import { isInNetworks } from '../base/networks.ts';
import type { Config } from '../config/schema.ts';
import { clientAddressOf } from './client-address.ts';

export function mayReadMetrics({
  issuer,
  certificateOrigin,
  proxy,
  metrics,
}: Config['server']): (req: IncomingMessage) => boolean {
  const isAllowed = isInNetworks(metrics.allow);
  const addressOf = clientAddressOf(proxy.trusted);
  const directOf = clientAddressOf([]);
  const origins = [issuer, certificateOrigin ?? issuer].map((origin) => new URL(origin));
  const publicNames = origins.map(({ hostname }) => hostname).filter((name) => !isLoopbackHost(name));

  /**
   * A proxy that nobody named, or that does not say for whom it asks: the address is its own, perhaps loopback, and behind
   * it stands anybody. It shows by what it adds, and by the public name that only the proxy is reached under.
   */
  function isDisguised(req: IncomingMessage): boolean {
    if (addressOf(req) !== directOf(req)) return false;
    // As they came: the check of the Host has taken some of them away (middleware/host.ts).
    const isForwarded = req.rawHeaders.some((text, place) => place % 2 === 0 && proxyHeader.test(text));
    return isForwarded || publicNames.includes(nameIn(req.headers.host));
  }

  return (req) => {
    const [, presented] = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    // Digests are compared, so that the time tells nothing of the length either.
    if (metrics.token !== undefined && presented !== undefined) {
      return isSameText(digestOf(presented), digestOf(metrics.token));
    }
    return isAllowed(addressOf(req)) && !isDisguised(req);
  };
}

const proxyHeader = /^(?:forwarded|via|x-forwarded-.+|x-real-ip)$/i;

/** The visitor chooses how it is written, and proxies hand it on: a port and a final dot make no other name of it. */
const nameIn = (host = ''): string => URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') ?? '';
