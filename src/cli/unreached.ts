/** Why another server could not be asked, in words. Total: a new reason without words does not compile. */
import type { OutgoingReason } from '../outgoing/outgoing-error.ts';
import type { SectorProblem } from '../protocols/oidc/sector-list.ts';

export const unreachedWords: Readonly<Record<OutgoingReason, string>> = {
  url_invalid: 'it is no address',
  scheme_refused: 'it is not https, and not in a network of outgoing.allow',
  userinfo_refused: 'it names a user',
  port_refused: 'its port is one of other protocols than HTTP',
  name_not_found: 'the name of its host is not known',
  address_refused: 'its address lies in a network that Sekisho may not reach (outgoing.allow)',
  unreachable: 'nobody takes the connection',
  tls: 'its certificate is not accepted',
  timeout: 'it does not answer in time',
  aborted: 'the request was given up',
  connection_lost: 'it breaks the connection off',
  malformed: 'its answer is not HTTP',
  redirect: 'it sends elsewhere, and redirects are not followed',
  encoding: 'its answer is compressed though that was not asked for',
  content_type: 'its answer is of another type',
  too_large: 'its answer is too large',
};

export function sectorWords(problem: SectorProblem): string {
  switch (problem.kind) {
    case 'unreached':
      return `cannot be read: ${unreachedWords[problem.reason]}`;
    case 'status':
      return `cannot be read: it answers with status ${problem.status}`;
    case 'no_list':
      return 'is no JSON list of addresses (OpenID Connect Core 8.1)';
    case 'not_listed':
      return `does not list ${problem.uris.join(', ')}: its owner has to name every redirect address`;
  }
}
