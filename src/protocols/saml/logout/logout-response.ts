/** A LogoutResponse (Core 3.7.2): what a service answers us, and what we answer. */
import { namespaces, statusCodes } from '../names.ts';
import type { SamlStatus } from '../refusal.ts';
import { invalid, optionalUri, readInOrder, requiredText } from '../requests/fields.ts';
import { checkVersion, idAndTime, issuerIn } from '../requests/message.ts';
import { instantText } from '../responses/assertion.ts';
import { statusXml } from '../responses/response.ts';
import { childNamed, isNamed, type XmlElement } from '../xml/element.ts';
import { element, type XmlPiece } from '../xml/write.ts';

export interface LogoutResponse {
  readonly id: string;
  readonly issueInstant: number;
  readonly issuer: string;
  readonly destination?: string;
  readonly inResponseTo: string;
  /** Success, and nothing inside that takes it back (Core 3.2.2.2: PartialLogout stands there). */
  readonly isSuccess: boolean;
}

const { protocol, assertion, signature } = namespaces;

/** @throws SamlRefusal `message_invalid`, `version_unsupported` */
export function readLogoutResponse(root: XmlElement): LogoutResponse {
  if (!isNamed(root, protocol, 'LogoutResponse')) throw invalid('the message is no LogoutResponse');
  checkVersion(root);
  const { Issuer, Status } = readInOrder(root, {
    order: [
      { namespace: assertion, name: 'Issuer' },
      { namespace: signature, name: 'Signature' },
      { namespace: protocol, name: 'Extensions' },
      { namespace: protocol, name: 'Status' },
    ],
    attributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'Consent', 'InResponseTo'],
  });
  const code = Status && childNamed(Status, protocol, 'StatusCode');
  if (!code) throw invalid('LogoutResponse has no status');
  const destination = optionalUri(root, 'Destination');
  return {
    ...idAndTime(root),
    issuer: issuerIn(Issuer),
    ...(destination === undefined ? {} : { destination }),
    inResponseTo: requiredText(root, 'InResponseTo'),
    isSuccess: code.attributes.Value === statusCodes.success && childNamed(code, protocol, 'StatusCode') === undefined,
  };
}

export interface AnswerWords {
  readonly id: string;
  readonly inResponseTo: string;
  /** Absent by SOAP: the answer goes back by the way on which the question came. */
  readonly destination?: string;
  readonly issuedAt: number;
  readonly issuer: string;
  readonly status: SamlStatus;
  readonly words?: string;
}

export const logoutResponseXml = (answer: AnswerWords): XmlPiece =>
  element(
    'samlp:LogoutResponse',
    {
      Destination: answer.destination,
      ID: answer.id,
      InResponseTo: answer.inResponseTo,
      IssueInstant: instantText(answer.issuedAt),
      Version: '2.0',
    },
    [element('saml:Issuer', {}, [answer.issuer]), statusXml(answer.status, answer.words)],
  );
