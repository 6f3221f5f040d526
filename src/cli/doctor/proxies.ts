/** Whom requests are believed to come from. Throttles count addresses, so a wrong one slows everybody down, or nobody. */
import { type Finding, ok, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export function checkProxies({ config }: Patient): readonly Finding[] {
  const { issuer, proxy } = config.server;
  if (proxy.trusted.length > 0) return [ok('proxies', `addresses are believed from ${proxy.trusted.join(', ')}`)];
  if (!issuer.startsWith('https:')) return [ok('proxies', 'no proxy is expected, none is believed')];
  return [
    warning(
      'proxies',
      'the issuer is https, so a proxy stands in front, but none is trusted: everybody seems to come from its address',
      "Put the proxy's address into server.proxy.trusted; until then a few wrong passwords slow down everybody.",
    ),
  ];
}
