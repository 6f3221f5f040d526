/**
 * The list at sector_identifier_uri (OIDC Core 8.1, Registration 5): it has to name every redirect address, because only
 * the owner of its host can say who belongs to its sector. Without it any service could ask for the subjects of another,
 * and put two sets of records side by side.
 *
 * Read when a connection is written into the store and by `sekisho doctor`, never while somebody logs in: what was proven
 * then stays approved, and no login hangs on a third server.
 */
import type { OidcSettings } from '../../core/connections/oidc-settings.ts';
import type { Outgoing } from '../../outgoing/open-outgoing.ts';
import type { Limits } from '../../outgoing/outcome.ts';
import type { OutgoingReason } from '../../outgoing/outgoing-error.ts';

export type SectorProblem =
  | { readonly kind: 'unreached'; readonly reason: OutgoingReason }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'no_list' }
  | { readonly kind: 'not_listed'; readonly uris: readonly string[] };

const bodyBytes = 262_144;

/** What is wrong with the list, or undefined; also where there is none to read. */
export async function sectorProblem(
  outgoing: Outgoing,
  { sectorIdentifierUri, redirectUris }: Pick<OidcSettings, 'sectorIdentifierUri' | 'redirectUris'>,
  patience: Partial<Limits> = {},
): Promise<SectorProblem | undefined> {
  if (sectorIdentifierUri === undefined) return undefined;
  const headers = { accept: 'application/json' };
  const outcome = await outgoing.request(sectorIdentifierUri, { headers, limits: { ...patience, bodyBytes } });
  if (outcome.kind === 'failed') return { kind: 'unreached', reason: outcome.reason };
  const { status } = outcome.answer;
  if (status !== 200) return { kind: 'status', status };
  const list = listIn(outcome.answer.text());
  if (list === undefined) return { kind: 'no_list' };
  const uris = redirectUris.filter((uri) => !list.includes(uri));
  return uris.length === 0 ? undefined : { kind: 'not_listed', uris };
}

function listIn(text: string): readonly unknown[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
