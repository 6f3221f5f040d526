/** Whether the issuer answers at its public address, and answers as this installation: asked the way a service would. */

import { openOutgoing } from '../../outgoing/open-outgoing.ts';
import type { OutgoingReason } from '../../outgoing/outgoing-error.ts';
import { type Finding, ok, problem } from './finding.ts';
import type { Patient } from './patient.ts';

/** The address is the operator's own word, and inside a campus its network is often a private one. */
const everywhere = ['0.0.0.0/0', '::/0'];

export async function reachIssuer({ config, ca }: Patient): Promise<readonly Finding[]> {
  const { issuer } = config.server;
  const { connectTime, totalTime } = config.outgoing;
  const limits = { connectTime, totalTime, bodyBytes: 262_144 };
  const outgoing = openOutgoing({ allow: everywhere, limits, ...(ca ? { ca } : {}) });
  const outcome = await outgoing.request(`${issuer}/.well-known/openid-configuration`);
  if (outcome.kind === 'failed') {
    return [problem('issuer', `${issuer} cannot be reached from here: ${outcome.reason}`, adviceOn(outcome.reason))];
  }
  const { status } = outcome.answer;
  const said = status === 200 ? issuerIn(outcome.answer.text()) : undefined;
  if (said === issuer) return [ok('issuer', `${issuer} answers, and as itself`)];
  const what =
    said === undefined
      ? `${issuer} answers with status ${status} and no discovery document`
      : `${issuer} calls itself ${said}`;
  return [
    problem(
      'issuer',
      what,
      'Something else answers there, or the proxy changes the Host header: it must be passed on.',
    ),
  ];
}

function issuerIn(text: string): string | undefined {
  try {
    const { issuer } = JSON.parse(text) as { readonly issuer?: unknown };
    return typeof issuer === 'string' ? issuer : undefined;
  } catch {
    return undefined;
  }
}

function adviceOn(reason: OutgoingReason): string {
  if (reason === 'name_not_found') return 'Check the name in DNS, as this machine sees it.';
  if (reason === 'tls') return 'Check the certificate of the proxy, with its intermediate ones.';
  return 'Check that the server runs, and the proxy and firewall in front of it.';
}
