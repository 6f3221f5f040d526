/** Opens the connection, to the permitted addresses and no other; over https only to who proves to have the name. */
import { once } from 'node:events';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { errorCodeOf, OutgoingError } from './outgoing-error.ts';
import type { Target } from './target.ts';

export interface Reach {
  readonly addresses: readonly string[];
  /** PEM; instead of the authorities that Node trusts. */
  readonly ca?: readonly string[];
  readonly signal: AbortSignal;
}

/** The caller destroys the socket. @throws OutgoingError */
export async function connect(target: Target, reach: Reach): Promise<Socket> {
  const tcp = connectTcp({
    host: target.host,
    port: target.port,
    lookup: answering(reach.addresses),
    autoSelectFamily: true,
    // The next address is tried when the first stays silent this long.
    autoSelectFamilyAttemptTimeout: 1000,
  });
  await settled(tcp, 'connect', reach.signal, 'unreachable');
  if (!target.isSecure) return tcp;
  const tls = connectTls({
    socket: tcp,
    // The name that the certificate must carry; RFC 6066 has no addresses in SNI.
    host: target.host,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ...(reach.ca ? { ca: [...reach.ca] } : {}),
    // Said here because NODE_TLS_REJECT_UNAUTHORIZED and --tls-min-v1.0 would otherwise decide.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
  });
  await settled(tls, 'secureConnect', reach.signal, 'tls');
  return tls;
}

async function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  reason: 'unreachable' | 'tls',
): Promise<void> {
  // A socket may complain again after it was given up, and nobody would be listening.
  socket.on('error', () => {});
  try {
    await once(socket, event, { signal });
  } catch (error) {
    socket.destroy();
    throw new OutgoingError(reason, errorCodeOf(error));
  }
}

/** Takes the place of the second resolution that a connection by name would make. */
function answering(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, callback) => {
    if (all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };
}
