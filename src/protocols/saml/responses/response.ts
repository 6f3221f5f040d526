/**
 * The message to a service (Core 3.3.3): with an assertion, signed and encrypted as the connection says, or with the reason
 * why there is none. Never both: a service may read an assertion before it reads the status.
 */
import type { Ids } from '../../../base/ids.ts';
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { SamlSettings } from '../../../core/connections/saml-settings.ts';
import { encryptAssertion } from '../encryption/encrypt.ts';
import { statusCodes } from '../names.ts';
import { SamlRefusal, type SamlStatus } from '../refusal.ts';
import type { ReplyPlace } from '../requests/question.ts';
import { type SigningKey, signEnveloped } from '../signature/sign.ts';
import { type CanonicalXml, element, raw, write, type XmlPiece } from '../xml/write.ts';
import { assertionXml, instantText, type Statement } from './assertion.ts';

export interface ResponseMeans {
  readonly ids: Ids;
  readonly signer: SigningKey;
}

/** Core 1.3.4: 128 random bits; an xs:ID begins with a letter or an underscore. */
export const messageId = (ids: Ids): string => `_${ids.bytes(16).toString('hex')}`;

const success: SamlStatus = { top: 'success' };

export async function successResponse(
  means: ResponseMeans,
  { saml }: Pick<SamlConnection, 'saml'>,
  place: ReplyPlace,
  statement: Statement,
): Promise<CanonicalXml> {
  const { ids, signer } = means;
  const plain = write(assertionXml(statement));
  const assertion = saml.signs === 'response' ? plain : await signEnveloped(plain, signer);
  const certificate = encryptionCertificate(saml);
  const sent =
    certificate === undefined ? assertion : encryptAssertion(assertion, certificate, { cipher: saml.cipher, ids });
  const { issuer, issuedAt } = statement;
  const response = write(messageXml(means.ids, { issuer, issuedAt, place, status: success }, raw(sent)));
  return saml.signs === 'assertion' ? response : signEnveloped(response, signer);
}

/** @throws SamlRefusal where the service is to get nothing unencrypted, and has no key to encrypt for. */
function encryptionCertificate({ encrypts, encryptionCertificates }: SamlSettings): string | undefined {
  const [certificate] = encrypts === 'never' ? [] : encryptionCertificates;
  if (certificate === undefined && encrypts === 'always') {
    throw new SamlRefusal('request_unsupported', 'the connection wants encryption, and has no certificate for it', {
      status: { top: 'responder', second: 'requestUnsupported' },
    });
  }
  return certificate;
}

export interface StatusMessage {
  readonly issuer: string;
  readonly issuedAt: number;
  readonly place: ReplyPlace;
  readonly status: SamlStatus;
  /** In English, for whoever runs the service. */
  readonly words?: string;
}

/** Signed whatever the connection says: nobody is to make a service believe that a login failed. */
export const statusResponse = ({ ids, signer }: ResponseMeans, message: StatusMessage): Promise<CanonicalXml> =>
  signEnveloped(write(messageXml(ids, message)), signer);

function messageXml(
  ids: Ids,
  { issuer, issuedAt, place, status, words }: StatusMessage,
  assertion?: XmlPiece,
): XmlPiece {
  const { consumer, requestId } = place;
  return element(
    'samlp:Response',
    {
      // Bindings 3.5.5.2: where it is taken, so that it cannot be carried to another place of the same service.
      Destination: consumer.url,
      ID: messageId(ids),
      InResponseTo: requestId,
      IssueInstant: instantText(issuedAt),
      Version: '2.0',
    },
    [element('saml:Issuer', {}, [issuer]), statusXml(status, words), assertion],
  );
}

/** Core 3.2.2: who is at fault outside, what is inside. */
export function statusXml({ top, second }: SamlStatus, words?: string): XmlPiece {
  const inner = second === undefined ? undefined : element('samlp:StatusCode', { Value: statusCodes[second] });
  return element('samlp:Status', {}, [
    element('samlp:StatusCode', { Value: statusCodes[top] }, [inner]),
    words === undefined ? undefined : element('samlp:StatusMessage', {}, [words]),
  ]);
}
