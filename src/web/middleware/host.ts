/**
 * Only the issuer's Host is answered: oidc-provider and our own links would otherwise repeat whatever name the request
 * came under, and a poisoned cache or a rebound name would hand out somebody else's addresses. Health checks come from
 * machines that know no name, and who may read the metrics is asked there. The origin that asks for certificates has a Host
 * of its own, under which only what needs one is found: pages and cookies stay with the issuer.
 */
import { TLSSocket } from 'node:tls';
import type { Middleware } from 'koa';
import { DomainError } from '../../base/errors.ts';
import type { Config } from '../../config/schema.ts';
import { livesAtCertificateOrigin } from '../certificate-paths.ts';

const anyHost = new Set(['/livez', '/readyz', '/metrics']);

export function checkHost({
  issuer,
  certificateOrigin,
}: Pick<Config['server'], 'issuer' | 'certificateOrigin'>): Middleware {
  const { host, protocol } = new URL(issuer);
  const certificateHost = certificateOrigin === undefined ? undefined : new URL(certificateOrigin).host;
  return (ctx, next) => {
    // A request line may name a host of its own, before which the header does not count (RFC 9112, 3.2.2): who chose it
    // would choose the addresses that are built from it, the audience of a service's assertion among them.
    if (!ctx.req.url?.startsWith('/')) throw new DomainError('request.foreign_host');
    const named = ctx.req.headers.host?.toLowerCase();
    // A request of HTTP/1.0 may name no host at all.
    const isAtCertificates = named !== undefined && named === certificateHost && livesAtCertificateOrigin(ctx.path);
    if (ctx.req.socket instanceof TLSSocket) {
      // Our own listener of that origin. What stands in front of it hands connections on unopened: their address may be that
      // of this machine, and whatever they say of a proxy was written by the visitor.
      if (!isAtCertificates) throw new DomainError('request.foreign_host');
      delete ctx.req.headers['x-forwarded-for'];
    } else if (!anyHost.has(ctx.path) && named !== host && !isAtCertificates) {
      throw new DomainError('request.foreign_host');
    }
    // From here on host and scheme are the issuer's, whatever a proxy or a client wrote into these.
    ctx.req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete ctx.req.headers['x-forwarded-host'];
    delete ctx.req.headers.forwarded;
    return next();
  };
}
