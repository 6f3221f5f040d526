/**
 * What a restored backup must not bring back: it was good for a moment that is over. Ended sessions would open again, used
 * codes could be used once more, and a request could be answered that was answered before.
 */
import { setupLinks } from '../core/access/setup-link.ts';
import { sessions } from '../core/sessions/session.ts';
import { attempts } from '../login/attempt.ts';
import { postedRequests } from '../protocols/oidc/posted-request.ts';
import { oidcRecords } from '../protocols/oidc/record.ts';
import type { AnyCollection } from '../store/port.ts';

export const volatileCollections: readonly AnyCollection[] = [
  attempts,
  oidcRecords,
  postedRequests,
  sessions,
  setupLinks,
];
