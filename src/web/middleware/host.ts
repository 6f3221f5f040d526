/**
 * Only the issuer's Host is answered: oidc-provider and our own links would otherwise repeat whatever name the request
 * came under, and a poisoned cache or a rebound name would hand out somebody else's addresses. Health checks come from
 * machines that know no name, and who may read the metrics is asked there.
 */
import type { Middleware } from 'koa';
import { DomainError } from '../../base/errors.ts';

const anyHost = new Set(['/livez', '/readyz', '/metrics']);

export function checkHost(issuer: string): Middleware {
  const { host, protocol } = new URL(issuer);
  return (ctx, next) => {
    // A request line may name a host of its own, before which the header does not count (RFC 9112, 3.2.2): who chose it
    // would choose the addresses that are built from it, the audience of a service's assertion among them.
    if (!ctx.req.url?.startsWith('/')) throw new DomainError('request.foreign_host');
    if (!anyHost.has(ctx.path) && ctx.req.headers.host?.toLowerCase() !== host) {
      throw new DomainError('request.foreign_host');
    }
    // From here on host and scheme are the issuer's, whatever a proxy or a client wrote into these.
    ctx.req.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete ctx.req.headers['x-forwarded-host'];
    delete ctx.req.headers.forwarded;
    return next();
  };
}
