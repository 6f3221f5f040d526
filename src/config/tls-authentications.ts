/** Which of the ways in which services authenticate by a certificate (RFC 8705, 2) this installation can check. */
import type { TlsAuthentication } from '../core/connections/oidc-settings.ts';
import type { Config } from './schema.ts';

/** None where no certificate ever reaches us; without authorities only those that are registered themselves. */
export function tlsAuthenticationsOf({
  server,
  certificates,
}: Pick<Config, 'server' | 'certificates'>): readonly TlsAuthentication[] {
  if (server.certificateOrigin === undefined || server.certificates === undefined) return [];
  return certificates ? ['tls_client_auth', 'self_signed_tls_client_auth'] : ['self_signed_tls_client_auth'];
}
