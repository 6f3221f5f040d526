/**
 * How long the certificates at our own addresses last. Only a handshake, and one that goes on with a bad certificate: an
 * expired one is what there is to tell of. Nothing is sent over it.
 */
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export async function reachCertificates({ config, clock, ca }: Patient): Promise<readonly Finding[]> {
  const { issuer, certificateOrigin } = config.server;
  const origins = [issuer, certificateOrigin].filter((origin) => origin?.startsWith('https:') === true);
  const { connectTime } = config.outgoing;
  return Promise.all(origins.map((origin) => reach(new URL(origin ?? ''), clock.now(), connectTime, ca)));
}

async function reach(
  { hostname, port, host }: URL,
  now: Instant,
  patience: number,
  ca?: readonly string[],
): Promise<Finding> {
  const name = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    port: Number(port || 443),
    ...(isIP(name) === 0 ? { servername: name } : {}),
    ...(ca ? { ca: [...ca] } : {}),
    rejectUnauthorized: false,
  });
  socket.on('error', () => {});
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(patience) });
    return judgeCertificate(
      host,
      termOf(socket),
      now,
      socket.authorized ? undefined : String(socket.authorizationError),
    );
  } catch {
    return problem('certificate', `${host} takes no TLS connection`, 'Check that the proxy runs and listens there.');
  } finally {
    socket.destroy();
  }
}

interface Term {
  readonly from: Instant;
  readonly until: Instant;
}

function termOf(socket: TLSSocket): Term {
  const { valid_from: from, valid_to: until } = socket.getPeerCertificate();
  return { from: Date.parse(from), until: Date.parse(until) };
}

/** `refusal` is what a service would say of it. Automatic renewal comes at a third of the term, whatever the term. */
export function judgeCertificate(host: string, { from, until }: Term, now: Instant, refusal?: string): Finding {
  const renew = "Renew it, and look why the proxy's own renewal did not.";
  if (until <= now) return problem('certificate', `that of ${host} expired ${isoTime(until)}`, renew);
  if (refusal !== undefined) {
    const todo = 'Install one for this name, with its intermediate certificates.';
    return problem('certificate', `that of ${host} is not accepted: ${refusal}`, todo);
  }
  const left = until - now;
  const isLate = left < days(14) && left < (until - from) / 4;
  return (isLate ? warning : ok)(
    'certificate',
    `that of ${host} is good until ${isoTime(until)}`,
    ...(isLate ? [renew] : []),
  );
}
