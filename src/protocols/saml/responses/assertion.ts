/** One assertion, by the Web Browser SSO Profile (Profiles 4.1.4.2) and SAML2int (SDP-IDP10). */
import { attributeStatementXml, type SamlAttribute } from '../attributes.ts';
import { nameIdXml, type SamlNameId } from '../name-id.ts';
import { bearer } from '../names.ts';
import { element, type XmlPiece } from '../xml/write.ts';
import type { ToldContext } from './context.ts';

export interface Statement {
  readonly id: string;
  /** As which identity provider the service knows this one. */
  readonly issuer: string;
  readonly audience: string;
  readonly recipient: string;
  /** Absent where nobody asked. */
  readonly inResponseTo?: string;
  readonly issuedAt: number;
  readonly notOnOrAfter: number;
  readonly nameId: SamlNameId;
  readonly attributes: readonly SamlAttribute[];
  readonly context: ToldContext;
  readonly sessionIndex: string;
  readonly sessionEndsAt?: number;
}

/** Core 1.3.3: UTC. */
export const instantText = (at: number): string => new Date(at).toISOString();

/** A service whose clock is a little behind ours takes it all the same; many allow for nothing. */
const backdating = 60_000;

/** Profiles 4.1.4.2: the version, an id, a time, the issuer; then the parts in the order of the schema (Core 2.3.3). */
export function assertionXml(statement: Statement): XmlPiece {
  const { id, issuer, audience, issuedAt, notOnOrAfter, attributes } = statement;
  return element('saml:Assertion', { ID: id, IssueInstant: instantText(issuedAt), Version: '2.0' }, [
    element('saml:Issuer', {}, [issuer]),
    subjectXml(statement),
    element(
      'saml:Conditions',
      { NotBefore: instantText(issuedAt - backdating), NotOnOrAfter: instantText(notOnOrAfter) },
      [element('saml:AudienceRestriction', {}, [element('saml:Audience', {}, [audience])])],
    ),
    authnStatementXml(statement),
    attributeStatementXml(attributes),
  ]);
}

/** Whoever bears it is let in: so it says where, in answer to what, and for how short a time. NotBefore must not stand here. */
function subjectXml({ nameId, recipient, inResponseTo, notOnOrAfter }: Statement): XmlPiece {
  return element('saml:Subject', {}, [
    nameIdXml(nameId),
    element('saml:SubjectConfirmation', { Method: bearer }, [
      element('saml:SubjectConfirmationData', {
        InResponseTo: inResponseTo,
        NotOnOrAfter: instantText(notOnOrAfter),
        Recipient: recipient,
      }),
    ]),
  ]);
}

function authnStatementXml({ context, issuedAt, sessionIndex, sessionEndsAt }: Statement): XmlPiece {
  return element(
    'saml:AuthnStatement',
    {
      // Not after the assertion itself: the clock of the node that took the password may be ahead of this one's.
      AuthnInstant: instantText(Math.min(context.at, issuedAt)),
      SessionIndex: sessionIndex,
      SessionNotOnOrAfter: sessionEndsAt === undefined ? undefined : instantText(sessionEndsAt),
    },
    [element('saml:AuthnContext', {}, [element('saml:AuthnContextClassRef', {}, [context.name])])],
  );
}
