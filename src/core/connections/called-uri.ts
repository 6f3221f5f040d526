/**
 * Addresses of a service that Sekisho itself calls: its keys, its list of addresses, its logout endpoint. Whether the host
 * may be reached is judged at each call, on its address; here only on what is written.
 */
import { isLoopbackHost } from '../../base/loopback-host.ts';
import { readUri, spellingProblem } from './written-uri.ts';

/** What is wrong with the address, or undefined. `reachesLoopback`: whether services may lie on this machine. */
export function calledUriProblem(uri: string, reachesLoopback: boolean): string | undefined {
  const read = readUri(uri);
  if (read.kind === 'refused') return read.problem;
  const { url } = read;
  if (isLoopbackHost(url.hostname)) {
    if (!reachesLoopback) return 'lies on the machine of Sekisho itself, which it calls in development only';
    if (url.protocol === 'http:') return spellingProblem(uri, url);
  }
  // Whoever is on the way could put a key of their own among those of the service, or learn who logs out.
  return url.protocol === 'https:' ? spellingProblem(uri, url) : 'must be https';
}
