/** What a connection must say whose service shows a certificate in its TLS connections (RFC 8705). */
import type { Partly } from '../../base/document/accepted-part.ts';
import type { Finding } from '../../base/document/problem.ts';
import { nameKinds, nameProblem } from '../certificates/expected-name.ts';
import type { OidcEntry } from './oidc-document.ts';
import { type TlsAuthentication, tlsAuthentications } from './oidc-settings.ts';
import { certificateIn } from './registered-certificate.ts';

type Entry = Partly<OidcEntry>;

export interface TlsSurroundings {
  /** What this installation can check; absent: it never sees a certificate. */
  readonly tlsAuthentications?: readonly TlsAuthentication[];
}

/** Paths begin at the `oidc` section. */
export const checkTls = (oidc: Entry, { tlsAuthentications: checked = [] }: TlsSurroundings): readonly Finding[] => [
  ...checkAccepted(oidc, checked),
  ...checkName(oidc),
  ...checkRegistered(oidc),
];

const unseen =
  'needs server.certificateOrigin and server.certificates in the configuration: without them Sekisho sees no certificates of services';

function checkAccepted(
  { authentication, certificateBoundTokens }: Entry,
  checked: readonly TlsAuthentication[],
): readonly Finding[] {
  const needed = tlsAuthentications.find((one) => one === authentication);
  const findings: Finding[] = [];
  if (needed && !checked.includes(needed)) {
    const unjudged = 'needs certificates.authorities in the configuration: nobody else says whose certificate it is';
    findings.push({ path: ['authentication'], message: checked.length === 0 ? unseen : unjudged });
  }
  if (certificateBoundTokens === true && checked.length === 0) {
    findings.push({ path: ['certificateBoundTokens'], message: unseen });
  }
  return findings;
}

/** Exactly one name: of two, nobody could say whether one of them is enough (RFC 8705, 2.1.2). */
function checkName({ authentication, tls }: Entry): readonly Finding[] {
  if (authentication === undefined) return [];
  const complaint = (message: string): readonly Finding[] => [{ path: ['tls'], message }];
  if (authentication !== 'tls_client_auth') {
    return tls === undefined ? [] : complaint(`is not used with ${authentication}`);
  }
  const said = nameKinds.filter((kind) => tls?.[kind] !== undefined);
  if (said.length !== 1) {
    const what = said.length === 0 ? 'is missing' : `holds ${said.join(' and ')}`;
    return complaint(
      `${what}: expected exactly one of ${nameKinds.join(', ')}, the name in the service's certificates`,
    );
  }
  return said.flatMap((kind) => {
    const problem = nameProblem(kind, tls?.[kind] ?? '');
    return problem === undefined ? [] : [{ path: ['tls', kind], message: problem }];
  });
}

function checkRegistered({ authentication, keys }: Entry): readonly Finding[] {
  if (authentication !== 'self_signed_tls_client_auth') return [];
  return (keys ?? []).flatMap((key, index): readonly Finding[] =>
    key === undefined || certificateIn(key) !== undefined
      ? []
      : [{ path: ['keys', index], message: 'holds no certificate: give it as PEM, or the key with its x5c' }],
  );
}
