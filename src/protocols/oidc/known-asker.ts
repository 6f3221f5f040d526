/** Whether a request that is too long for an address names a service of ours: no other is kept. */
import { decodeJwt } from 'jose';
import { DomainError } from '../../base/errors.ts';
import { connections, isOidc } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';

/** @throws DomainError `connection.not_found` */
export async function checkAsker({ store }: World, parameters: string): Promise<void> {
  const query = new URLSearchParams(parameters);
  // RFC 9101, 5: also beside a request object. A log-out may name it in its ID token alone (RP-Initiated Logout 1.0, 2).
  const clientId = query.get('client_id') ?? audienceOf(query.get('id_token_hint'));
  const connection = clientId === undefined ? undefined : await store.get(connections, clientId);
  if (!connection || !isOidc(connection)) throw new DomainError('connection.not_found');
}

/** Not verified: it says for whom the request is looked at, and nothing more. */
function audienceOf(idToken: string | null): string | undefined {
  if (idToken === null) return undefined;
  try {
    const { aud } = decodeJwt(idToken) as { readonly aud?: unknown };
    const first: unknown = Array.isArray(aud) ? aud[0] : aud;
    // Whoever wrote it may have put a number there, or another list.
    return typeof first === 'string' ? first : undefined;
  } catch {
    return undefined;
  }
}
