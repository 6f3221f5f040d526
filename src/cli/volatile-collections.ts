/**
 * What a restored backup must not bring back: it was good for a moment that is over. Ended sessions would open again, used
 * codes could be used once more, and a request could be answered that was answered before.
 */
import { setupLinks } from '../core/access/setup-link.ts';
import { unkeptCodes } from '../core/access/unkept-codes.ts';
import { activations } from '../core/credentials/activation/activation.ts';
import { factorResets } from '../core/credentials/reset-factors.ts';
import { trustedBrowsers } from '../core/credentials/trusted-browser.ts';
import { logoutRounds } from '../core/sessions/logout-round.ts';
import { sessions } from '../core/sessions/session.ts';
import { attempts } from '../login/attempt.ts';
import { postedRequests } from '../login/posted-request.ts';
import { keptLengths } from '../login/request-allowance.ts';
import { oidcRecords } from '../protocols/oidc/record.ts';
import { usedCodes } from '../protocols/oidc/used-code.ts';
import { keptResponses } from '../protocols/saml/artifacts/kept-response.ts';
import { serviceReturns } from '../protocols/saml/returns.ts';
import type { AnyCollection } from '../store/port.ts';

export const volatileCollections: readonly AnyCollection[] = [
  activations,
  attempts,
  factorResets,
  keptLengths,
  keptResponses,
  logoutRounds,
  oidcRecords,
  postedRequests,
  serviceReturns,
  sessions,
  setupLinks,
  trustedBrowsers,
  unkeptCodes,
  usedCodes,
];
