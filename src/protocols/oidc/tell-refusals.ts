/**
 * Why a service was not let in goes to the log: its answer says only that it was not (RFC 6749, 5.2), and whoever runs it
 * asks the operator whether it was the secret, the key, or which fault of the certificate. And so does a flood that it is told of.
 */
import { errors, type KoaContextWithOIDC, type Provider } from 'oidc-provider';
import { isDomainError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';

export function tellRefusals(provider: Provider, log: Log): void {
  const tell = (ctx: KoaContextWithOIDC, error: Error): void => {
    if (!(error instanceof errors.InvalidClientAuth)) return;
    const reason = (error as { readonly error_detail?: string }).error_detail;
    log.info({ connection: ctx.oidc.client?.clientId, reason }, 'oidc: a service was not let in');
  };
  const tellFlood = ({ oidc }: KoaContextWithOIDC, { cause }: Error): void => {
    if (!isDomainError(cause, 'request.too_many')) return;
    log.info({ connection: oidc.client?.clientId, reason: cause.code, ...cause.facts }, 'oidc: a request was refused');
  };
  provider.on('authorization.error', tellFlood);
  provider.on('pushed_authorization_request.error', tellFlood);
  provider.on('grant.error', tell);
  provider.on('introspection.error', tell);
  provider.on('revocation.error', tell);
  provider.on('pushed_authorization_request.error', tell);
}
