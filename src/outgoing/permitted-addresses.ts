/**
 * From a host to the addresses that may be connected to. The name is asked once and the judgement falls on the answer;
 * the connection then goes to these addresses, so a name that answers differently the next time gains nothing.
 */
import { isIP } from 'node:net';
import { isLoopbackHost } from '../base/loopback-host.ts';
import type { AddressJudge } from './address-judge.ts';
import { errorCodeOf, OutgoingError } from './outgoing-error.ts';
import type { Resolve } from './system-resolver.ts';
import type { Target } from './target.ts';

/** @throws OutgoingError */
export async function permittedAddresses(
  { host, isSecure, isSelfProving = false }: Pick<Target, 'host' | 'isSecure'> & { readonly isSelfProving?: boolean },
  judge: AddressJudge,
  resolve: Resolve,
): Promise<readonly string[]> {
  const addresses = await addressesOf(host, resolve);
  // A name with a public and a private address is common on a campus; only those that pass are ever connected to.
  const judged = addresses.map((address) => ({ address, judgement: judge(address) }));
  const passed = judged.filter(({ judgement }) => judgement !== 'refused');
  if (passed.length === 0) throw new OutgoingError('address_refused', addresses.join(' '));
  // Without TLS nothing proves who answers, so http stays within the networks that the operator vouches for; unless what is
  // fetched is signed, as revocation lists are, and proves itself.
  const proven = isSecure || isSelfProving ? passed : passed.filter(({ judgement }) => judgement === 'allowed');
  if (proven.length === 0) throw new OutgoingError('scheme_refused', 'http');
  return proven.map(({ address }) => address);
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  // RFC 6761, 6.3: never asked of a name server, which could answer anything.
  if (isLoopbackHost(host)) return ['127.0.0.1', '::1'];
  const addresses = await resolve(host).catch((error: unknown) => {
    throw new OutgoingError('name_not_found', errorCodeOf(error));
  });
  if (addresses.length === 0) throw new OutgoingError('name_not_found');
  return addresses;
}
