/**
 * Services that show a certificate in the TLS connection (RFC 8705): to authenticate, and to have tokens that are good only
 * together with it. oidc-provider asks at once and waits for no answer, so the certificate is judged before it begins.
 */
import type { X509Certificate } from 'node:crypto';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import type { Config } from '../../config/schema.ts';
import { tlsAuthenticationsOf } from '../../config/tls-authentications.ts';
import type { CertificateJudge } from '../../core/certificates/certificate-judge.ts';
import { bearsName, type NameKind } from '../../core/certificates/expected-name.ts';
import type { CertificateVerdict } from '../../core/certificates/judge-certificate.ts';
import { termOf } from '../../core/connections/registered-certificate.ts';
import { aliased, isAliased } from './endpoints.ts';
import type { Exchange, Pages } from './pages.ts';

export interface MutualTlsMeans {
  readonly config: Config;
  readonly clock: Clock;
  readonly pages: Pick<Pages, 'certificate'>;
  /** Of certificates that authorities issue; absent where none is configured. */
  readonly certificates?: CertificateJudge;
}

/** What is registered of a service (RFC 8705, 2.1.2), in our words for it. */
const kinds: Readonly<Record<string, NameKind>> = {
  tls_client_auth_subject_dn: 'subjectDn',
  tls_client_auth_san_dns: 'sanDns',
  tls_client_auth_san_uri: 'sanUri',
  tls_client_auth_san_ip: 'sanIp',
  tls_client_auth_san_email: 'sanEmail',
};

export function mutualTls({ config, clock, pages, certificates }: MutualTlsMeans) {
  const methods = tlsAuthenticationsOf(config);
  const verdicts = new WeakMap<object, CertificateVerdict>();

  function certificateOf(ctx: KoaContextWithOIDC): X509Certificate | undefined {
    const leaf = pages.certificate(ctx)?.leaf;
    // Found by its value; and yet nobody means it to be good after the day that stands in it.
    if (leaf && ctx.oidc.client?.clientAuthMethod === 'self_signed_tls_client_auth') {
      const { from, until } = termOf(leaf);
      if (clock.now() < from || clock.now() > until) refuse('is outside its validity');
    }
    return leaf;
  }

  function isAuthorized(ctx: KoaContextWithOIDC): boolean {
    const verdict = verdicts.get(ctx);
    return verdict?.ok === true || refuse(`is refused: ${verdict?.reason ?? 'nobody judges it'}`);
  }

  return {
    methods,
    feature: {
      enabled: methods.length > 0,
      certificateBoundAccessTokens: methods.length > 0,
      tlsClientAuth: methods.includes('tls_client_auth'),
      selfSignedTlsClientAuth: methods.includes('self_signed_tls_client_auth'),
      getCertificate: certificateOf,
      certificateAuthorized: isAuthorized,
      certificateSubjectMatches(ctx: KoaContextWithOIDC, property: string, expected: string): boolean {
        const [leaf, kind] = [pages.certificate(ctx)?.leaf, kinds[property]];
        return leaf !== undefined && kind !== undefined && bearsName(leaf, kind, expected);
      },
    },
    /** RFC 8705, 5. */
    metadata: methods.length > 0 ? { mtls_endpoint_aliases: aliasesAt(config.server.certificateOrigin ?? '') } : {},
    judge(ctx: Exchange & { readonly path: string }, next: () => Promise<void>): Promise<void> {
      const presented = certificates && isAliased(ctx.path) && ctx.path !== aliased.userinfo_endpoint;
      const certificate = presented ? pages.certificate(ctx) : undefined;
      if (!certificates || !certificate) return next();
      return certificates.judge(certificate.leaf, certificate.others).then((verdict) => {
        verdicts.set(ctx, verdict);
        return next();
      });
    },
  };
}

const aliasesAt = (origin: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(aliased).map(([name, path]) => [name, origin + path]));

/** The reason is for whoever reads the log; the service is told only that it was not let in (RFC 6749, 5.2). */
function refuse(reason: string): never {
  throw new errors.InvalidClientAuth(`client certificate ${reason}`);
}
