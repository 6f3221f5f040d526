/** What the values of a connection's OpenID Connect side must be together. Works on whatever part the schema accepts. */
import type { Partly } from '../../base/document/accepted-part.ts';
import type { Finding, Path } from '../../base/document/problem.ts';
import type { OidcEntry } from './oidc-document.ts';
import { redirectUriProblem } from './redirect-uri.ts';

type Entry = Partly<OidcEntry>;

/** Paths begin at the `oidc` section. */
export const checkOidc = (oidc: Entry): readonly Finding[] => [
  ...checkAddresses(oidc, 'redirectUris'),
  ...checkAddresses(oidc, 'postLogoutRedirectUris'),
  ...checkAuthentication(oidc),
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
    const problem = application && redirectUriProblem(uri, application);
    return problem === undefined ? [] : [{ path, message: `${problem}; got ${JSON.stringify(uri.slice(0, 200))}` }];
  });
}

/** Each way of authenticating brings its own evidence, and none that would lie unused. */
function checkAuthentication({ authentication, secret, keys, pkce, mayIntrospect }: Entry): readonly Finding[] {
  if (authentication === undefined) return [];
  const findings: Finding[] = [];
  const object = (key: string, message: string) => findings.push({ path: [key], message });
  const usesSecret = authentication === 'client_secret_basic' || authentication === 'client_secret_post';
  if (secret !== undefined && !usesSecret) object('secret', `is not used with ${authentication}`);
  if (keys !== undefined && authentication !== 'private_key_jwt') object('keys', `is not used with ${authentication}`);
  if (authentication === 'private_key_jwt' && (keys === undefined || keys.length === 0)) {
    object('keys', 'is missing: private_key_jwt needs the public keys of the service, by value');
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
function checkKeyNames({ keys }: Entry): readonly Finding[] {
  if (keys === undefined || keys.length < 2) return [];
  const names = keys.map((key) => key?.kid);
  return names.flatMap((name, index): readonly Finding[] => {
    if (keys[index] === undefined) return [];
    if (typeof name !== 'string' || name === '') {
      return [{ path: ['keys', index], message: 'needs a kid, since there are several keys' }];
    }
    return names.indexOf(name) < index ? [{ path: ['keys', index], message: `the kid ${name} stands here twice` }] : [];
  });
}

/** OIDC Core 8.1: the host of the redirect addresses is the sector; subjects in one sector can be compared. */
function checkSector({ subject, redirectUris, application }: Entry): readonly Finding[] {
  if (subject !== 'pairwise' || redirectUris === undefined) return [];
  const urls = redirectUris.flatMap((uri) => URL.parse(uri ?? '') ?? []).filter(({ host }) => host !== '');
  const path = ['subject'];
  if (application === 'native' && redirectUris.some((uri) => uri?.startsWith('https:') === false)) {
    return [
      { path, message: 'pairwise needs https addresses: this machine and schemes of their own are no one’s host' },
    ];
  }
  const hosts = [...new Set(urls.map(({ host }) => host))];
  if (hosts.length < 2) return [];
  return [{ path, message: `pairwise needs all redirect addresses on one host; here are ${hosts.join(', ')}` }];
}
