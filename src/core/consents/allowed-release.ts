import type { Store } from '../../store/port.ts';
import type { Approved, Release } from '../connections/connection.ts';
import { consentOf } from './consent.ts';

/** What may go out to a service now: where people are asked, what this one allowed, also when the release has grown since. */
export async function allowedRelease(
  store: Store,
  { id, consent, release }: Pick<Approved, 'id' | 'consent' | 'release'>,
  accountId: string,
): Promise<readonly Release[]> {
  if (consent === 'none') return release;
  const given = await consentOf(store, accountId, id);
  return release.filter(({ attribute }) => given?.attributes.includes(attribute));
}
