/** What the values of a connection's OpenID Connect side must be together. Works on whatever part the schema accepts. */
import type { Partly } from '../../base/document/accepted-part.ts';
import type { Finding, Path } from '../../base/document/problem.ts';
import { isLoopbackHost } from '../../base/loopback-host.ts';
import { calledUriProblem } from './called-uri.ts';
import type { OidcEntry } from './oidc-document.ts';
import type { OidcAuthentication } from './oidc-settings.ts';
import { redirectUriProblem } from './redirect-uri.ts';
import { checkTls, type TlsSurroundings } from './tls-rules.ts';

type Entry = Partly<OidcEntry>;

export interface OidcSurroundings extends TlsSurroundings {
  /** Whether services may lie on the machine of Sekisho itself: in development, or where the operator allowed it. */
  readonly reachesLoopback: boolean;
}

/** Paths begin at the `oidc` section. */
export const checkOidc = (oidc: Entry, surroundings: OidcSurroundings): readonly Finding[] => [
  ...checkAddresses(oidc, 'redirectUris'),
  ...checkAddresses(oidc, 'postLogoutRedirectUris'),
  ...checkCalled(oidc, surroundings.reachesLoopback),
  ...checkFrame(oidc, surroundings.reachesLoopback),
  ...checkAuthentication(oidc),
  ...checkTls(oidc, surroundings),
  ...checkKeyNames(oidc),
  ...checkSector(oidc),
];

function checkAddresses(oidc: Entry, list: 'redirectUris' | 'postLogoutRedirectUris'): readonly Finding[] {
  const { application } = oidc;
  const uris = oidc[list] ?? [];
  return uris.flatMap((uri, index): readonly Finding[] => {
    if (uri === undefined) return [];
    const path: Path = [list, index];
    if (uris.indexOf(uri) < index) return [{ path, message: 'stands here twice' }];
    return complaint(path, uri, application && redirectUriProblem(uri, application));
  });
}

const complaint = (path: Path, uri: string, problem: string | undefined): readonly Finding[] =>
  problem === undefined ? [] : [{ path, message: `${problem}; got ${JSON.stringify(uri.slice(0, 200))}` }];

const called = ['jwksUri', 'sectorIdentifierUri', 'backchannelLogoutUri'] as const;

const checkCalled = (oidc: Entry, reachesLoopback: boolean): readonly Finding[] =>
  called.flatMap((key) => {
    const uri = oidc[key];
    return uri === undefined ? [] : complaint([key], uri, calledUriProblem(uri, reachesLoopback));
  });

/**
 * Front-Channel Logout 1.0, 2: its scheme, host and port are those of a redirect address, so that no page of somebody else's
 * is loaded while people log out. Where pages are http, it is on the machine itself.
 */
function checkFrame(
  { frontchannelLogoutUri: uri, redirectUris = [] }: Entry,
  reachesLoopback: boolean,
): readonly Finding[] {
  if (uri === undefined) return [];
  const path = ['frontchannelLogoutUri'];
  const url = URL.parse(uri);
  if (url?.hash !== '' || url.username !== '' || url.password !== '') {
    return complaint(path, uri, 'must be an absolute address without user name or fragment');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && reachesLoopback && isLoopbackHost(url.hostname))) {
    return complaint(path, uri, 'must be https: only a loopback address may be http');
  }
  const isOwn = redirectUris.some((one) => one !== undefined && URL.parse(one)?.origin === url.origin);
  return isOwn ? [] : complaint(path, uri, 'must have the scheme, host and port of a redirect address');
}

const neededKeys: { readonly [Authentication in OidcAuthentication]?: string } = {
  private_key_jwt: 'the public keys',
  self_signed_tls_client_auth: 'the certificates',
};

/** Each way of authenticating brings its own evidence, and none that would lie unused. */
function checkAuthentication({
  authentication,
  secret,
  keys,
  jwksUri,
  pkce,
  mayIntrospect,
}: Entry): readonly Finding[] {
  if (authentication === undefined) return [];
  const findings: Finding[] = [];
  const object = (key: string, message: string) => findings.push({ path: [key], message });
  const usesSecret = authentication === 'client_secret_basic' || authentication === 'client_secret_post';
  if (secret !== undefined && !usesSecret) object('secret', `is not used with ${authentication}`);
  const needed = neededKeys[authentication];
  if (keys !== undefined && !needed) object('keys', `is not used with ${authentication}`);
  if (jwksUri !== undefined && !needed) object('jwksUri', `is not used with ${authentication}`);
  if (needed && jwksUri === undefined && (keys === undefined || keys.length === 0)) {
    object('keys', `is missing: ${authentication} needs ${needed} of the service, or their address under jwksUri`);
  }
  if (needed && jwksUri !== undefined && keys !== undefined) {
    object('jwksUri', 'stands beside keys: write where the keys are published, or the keys themselves');
  }
  if (authentication !== 'none') return findings;
  // Whoever intercepts the code of a public service could use it: PKCE is all that ties it to who began (RFC 9700 2.1.1).
  if (pkce === 'optional') object('pkce', 'must be required for a service that does not authenticate');
  if (mayIntrospect === true) {
    object('mayIntrospect', 'is for services that authenticate: anybody could ask in the name of this one');
  }
  return findings;
}

/** Without a name of its own for each of several keys nobody can tell which one to check with. */
function checkKeyNames({ authentication, keys }: Entry): readonly Finding[] {
  // A certificate is looked for among all of them.
  if (keys === undefined || keys.length < 2 || authentication === 'self_signed_tls_client_auth') return [];
  const names = keys.map((key) => key?.kid);
  return names.flatMap((name, index): readonly Finding[] => {
    if (keys[index] === undefined) return [];
    if (typeof name !== 'string' || name === '') {
      return [{ path: ['keys', index], message: 'needs a kid, since there are several keys' }];
    }
    return names.indexOf(name) < index ? [{ path: ['keys', index], message: `the kid ${name} stands here twice` }] : [];
  });
}

/**
 * OIDC Core 8.1: the host of the redirect addresses is the sector, or that of the list which names them all; subjects in
 * one sector can be compared. That the list does name them is found out by whoever writes the connection into the store.
 */
function checkSector({ subject, redirectUris, application, sectorIdentifierUri }: Entry): readonly Finding[] {
  if (subject === 'public' && sectorIdentifierUri !== undefined) {
    return [{ path: ['sectorIdentifierUri'], message: 'is not used with public subjects' }];
  }
  if (subject !== 'pairwise' || redirectUris === undefined || sectorIdentifierUri !== undefined) return [];
  const urls = redirectUris.flatMap((uri) => URL.parse(uri ?? '') ?? []).filter(({ host }) => host !== '');
  const path = ['subject'];
  if (application === 'native' && redirectUris.some((uri) => uri?.startsWith('https:') === false)) {
    return [
      {
        path,
        message: 'pairwise needs https addresses, or sectorIdentifierUri: a scheme of its own is no one’s host',
      },
    ];
  }
  const hosts = [...new Set(urls.map(({ host }) => host))];
  if (hosts.length < 2) return [];
  return [
    {
      path,
      message: `pairwise needs all redirect addresses on one host, or sectorIdentifierUri; here are ${hosts.join(', ')}`,
    },
  ];
}
