/** Hosts that never leave the machine; `*.localhost` is loopback by RFC 6761, section 6.3. */
import { isIPv4 } from 'node:net';

/** `host` as in a URL (`[::1]`) or as an address to listen on (`::1`). */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (name === '::1' || name === '[::1]') return true;
  return isIPv4(name) && name.startsWith('127.');
}
