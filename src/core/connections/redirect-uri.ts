/**
 * Where an answer may be sent (RFC 9700 2.1, RFC 8252 for native applications). Addresses are compared character by
 * character, so one that browsers would write in another way could never match; whoever controls an address that
 * stands here receives the logins of its service.
 */
import { isLoopbackHost } from '../../base/loopback-host.ts';
import type { OidcSettings } from './oidc-settings.ts';
import { readUri, spellingProblem } from './written-uri.ts';

/** The hosts to which RFC 8252 7.3 sends a native application; `*.localhost` is a web matter. */
const nativeLoopbacks = ['localhost', '127.0.0.1', '[::1]'];

/** What is wrong with the address, or undefined. */
export function redirectUriProblem(uri: string, application: OidcSettings['application']): string | undefined {
  const read = readUri(uri);
  if (read.kind === 'refused') return read.problem;
  if (uri.includes('*')) return 'must not have a wildcard: whoever can put up one matching page would receive logins';
  return application === 'web' ? webProblem(uri, read.url) : nativeProblem(uri, read.url);
}

function webProblem(uri: string, url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `must be https; schemes of its own (${url.protocol}) are for native applications`;
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    return 'must be https: only a loopback address may be http';
  }
  return spellingProblem(uri, url);
}

function nativeProblem(uri: string, url: URL): string | undefined {
  const isLoopback = nativeLoopbacks.includes(url.hostname);
  if (url.protocol === 'http:') {
    return isLoopback
      ? spellingProblem(uri, url)
      : `over http a native application can only use ${nativeLoopbacks.join(', ')}`;
  }
  if (url.protocol === 'https:') {
    return isLoopback ? 'a loopback address of a native application is http' : spellingProblem(uri, url);
  }
  // A scheme such as myapp: could be claimed by any application on the device; a domain in reverse names its owner (7.1).
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+:$/.test(url.protocol)) return undefined;
  return `the scheme ${url.protocol} is not a domain in reverse, such as jp.ac.example.app:`;
}
