/**
 * What a restored backup must not bring back: it was good for a moment that is over. Ended sessions would open again, used
 * codes could be used once more, and a request could be answered that was answered before.
 */
import { setupLinks } from '../core/access/setup-link.ts';
import { activations } from '../core/credentials/activation/activation.ts';
import { factorResets } from '../core/credentials/reset-factors.ts';
import { trustedBrowsers } from '../core/credentials/trusted-browser.ts';
import { sessions } from '../core/sessions/session.ts';
import { attempts } from '../login/attempt.ts';
import { postedRequests } from '../protocols/oidc/posted-request.ts';
import { oidcRecords } from '../protocols/oidc/record.ts';
import type { AnyCollection } from '../store/port.ts';

export const volatileCollections: readonly AnyCollection[] = [
  activations,
  attempts,
  factorResets,
  oidcRecords,
  postedRequests,
  sessions,
  setupLinks,
  trustedBrowsers,
];
