/** Whether an address may be connected to: public, in a network that the operator allowed, or refused. */
import { isIP } from 'node:net';
import { isInNetworks } from '../base/networks.ts';
import { reachedAddress } from './reached-address.ts';
import { isSpecialIpv4, isSpecialIpv6 } from './special-use.ts';

export type Judgement = 'allowed' | 'public' | 'refused';
export type AddressJudge = (address: string) => Judgement;

/** Networks of this machine alone, to allow where services run beside the provider: development and the demo. */
export const loopbackNetworks: readonly string[] = ['127.0.0.0/8', '::1/128'];

/** `allow` are networks in CIDR form. */
export function judgeOf(allow: readonly string[]): AddressJudge {
  const isAllowed = isInNetworks(allow);
  return (text) => {
    const address = reachedAddress(text);
    if (address === undefined) return 'refused';
    if (isAllowed(address)) return 'allowed';
    return (isIP(address) === 6 ? isSpecialIpv6 : isSpecialIpv4)(address) ? 'refused' : 'public';
  };
}
