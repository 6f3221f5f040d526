/** A question of a service in the login machine's words (Core 3.4.1). */

import type { SamlConnection } from '../../core/connections/connection.ts';
import { samlPlace } from '../../core/connections/pseudonym-place.ts';
import type { Assertable } from '../../core/credentials/assertion.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { LoginRequest, NamedAccount } from '../../login/request.ts';
import { enteredFrom } from './entry.ts';
import { nameIdFormats } from './names.ts';
import { SamlRefusal } from './refusal.ts';
import { demandOf } from './requests/contexts.ts';
import type { Question } from './requests/question.ts';
import type { AskedSubject } from './requests/subject.ts';

export interface AskedHere {
  readonly connection: SamlConnection;
  readonly assertable: Assertable;
  readonly issuer: string;
  /** Of the browser before us. */
  readonly session: Session | undefined;
}

/** @throws SamlRefusal `context_unmet`, `subject_unknown`, each with a status. */
export function loginRequestOf(
  question: Question,
  { connection, assertable, issuer, session }: AskedHere,
): LoginRequest {
  const { force, context, subject } = question;
  const named = subject && accountNamed(subject, { connection, issuer, session });
  return {
    protocol: 'saml',
    connectionId: connection.id,
    demand: demandOf(assertable, connection, context),
    force,
    chooseAccount: false,
    askRelease: false,
    attributes: connection.release.map(({ attribute }) => attribute),
    named: named ? [named] : [],
    ...(subject && isHint(subject) ? { loginHint: subject.value.slice(0, 100) } : {}),
    carried: JSON.stringify(question),
  };
}

/** What somebody may have typed at the service; a pseudonym is nothing that anybody types. */
const isHint = ({ format }: AskedSubject): boolean =>
  format === nameIdFormats.unspecified || format === nameIdFormats.email;

/**
 * Whom a name of ours means. A pseudonym cannot be turned back, so it is compared with whoever proves who they are; a
 * transient one is known in its own session alone. Undefined for a name that is none of ours by its format.
 */
function accountNamed(subject: AskedSubject, { connection, issuer, session }: Omit<AskedHere, 'assertable'>) {
  const { format, value, nameQualifier = issuer, spNameQualifier } = subject;
  const { entityId, nameIdFrom } = connection.saml;
  const isOurs = nameQualifier === issuer && (spNameQualifier ?? entityId) === entityId;
  if (format === nameIdFormats.transient) {
    const entered = session?.participants.find(({ connectionId }) => connectionId === connection.id);
    const known = entered && enteredFrom(entered)?.nameId;
    const isKnown = isOurs && known?.format === format && known.value === value;
    if (session && isKnown) return { kind: 'account', id: session.accountId } satisfies NamedAccount;
    throw new SamlRefusal('subject_unknown', 'the transient NameID is not of this session', {
      status: unknownPrincipal,
    });
  }
  if (format !== nameIdFormats.persistent || nameIdFrom !== undefined) return undefined;
  if (!isOurs) {
    throw new SamlRefusal('subject_unknown', 'the NameID is qualified as another’s', { status: unknownPrincipal });
  }
  return { kind: 'alias', alias: value, place: samlPlace(entityId) } satisfies NamedAccount;
}

export const unknownPrincipal = { top: 'responder', second: 'unknownPrincipal' } as const;
