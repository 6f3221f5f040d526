/**
 * Services that show a certificate: whether this installation can check it at all, and how long those last that are
 * registered themselves. One that an authority issued is renewed under its name, and nobody here has to know.
 */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { tlsAuthenticationsOf } from '../../config/tls-authentications.ts';
import { type Connection, isOidc, type OidcConnection } from '../../core/connections/connection.ts';
import { isWithin } from '../../core/connections/oidc-settings.ts';
import { certificateIn, termOf } from '../../core/connections/registered-certificate.ts';
import { allConnections } from '../../core/connections/registry.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, problem, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

/** In which a service owner finds somebody who can make a new one, and has it approved. */
const notice = days(30);

export async function checkRegistered({ config, clock, file }: OpenPatient): Promise<readonly Finding[]> {
  const methods = tlsAuthenticationsOf(config);
  const active = (await allConnections({ store: file.store })).filter(({ state }) => state === 'active');
  return active.flatMap((connection): readonly Finding[] => {
    if (!isOidc(connection)) return [];
    const { id, oidc } = connection;
    if (isWithin(oidc, methods)) return judgeRegistered(connection, oidc.keys, clock.now());
    const why = `${id} shows a certificate in its TLS connections, which this configuration cannot check: nobody gets in there`;
    const todo =
      'Set server.certificateOrigin and server.certificates, for tls_client_auth certificates.authorities too.';
    return [problem('connections', why, todo)];
  });
}

/** `keys` as they are registered, or published. Of several the one that lasts longest counts: the others are on their way out. */
export function judgeRegistered(
  connection: OidcConnection,
  keys: readonly Readonly<Record<string, unknown>>[] | undefined,
  now: Instant,
): readonly Finding[] {
  const { id, oidc } = connection;
  if (oidc.authentication !== 'self_signed_tls_client_auth' || keys === undefined) return [];
  const ends = keys.flatMap((key) => certificateIn(key) ?? []).map((certificate) => termOf(certificate).until);
  const last = Math.max(...ends);
  if (ends.length === 0) {
    const todo = `${tell(connection)} It cannot authenticate.`;
    return [problem('connections', `the keys of ${id} hold no certificate (x5c)`, todo)];
  }
  if (last < now) {
    const todo = `${tell(connection)} It cannot authenticate before another one is registered.`;
    return [problem('connections', `the certificate of ${id} expired ${isoTime(last)}`, todo)];
  }
  if (last - now > notice) return [];
  const todo = `${tell(connection)} Another one can be registered beside it, before it is used.`;
  return [warning('connections', `the certificate of ${id} expires ${isoTime(last)}`, todo)];
}

export function tell({ desk }: Connection): string {
  const reached = desk.mail ?? desk.phone;
  return `Tell its desk: ${desk.name.en}${reached === undefined ? '' : ` (${reached})`}.`;
}
