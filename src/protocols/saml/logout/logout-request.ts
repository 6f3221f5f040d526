/** A LogoutRequest as its schema has it (Core 3.7.1), read and written. */
import type { EnteredAs } from '../entry.ts';
import { nameIdXml } from '../name-id.ts';
import { namespaces } from '../names.ts';
import { invalid, optionalUri, readInOrder, readInstant } from '../requests/fields.ts';
import { checkVersion, idAndTime, issuerIn } from '../requests/message.ts';
import { instantText } from '../responses/assertion.ts';
import { childrenNamed, isNamed, type XmlElement } from '../xml/element.ts';
import { type CanonicalXml, element, raw, write, type XmlPiece } from '../xml/write.ts';

export interface LogoutRequest {
  readonly id: string;
  readonly issueInstant: number;
  readonly issuer: string;
  readonly destination?: string;
  readonly notOnOrAfter?: number;
  /** NameID or EncryptedID. */
  readonly person: XmlElement;
  /** None: all sessions of the person (Core 3.7.3.2). */
  readonly sessionIndexes: readonly string[];
}

const { protocol, assertion, signature } = namespaces;

/** No service is in more sessions at once than it can name here. */
const mostIndexes = 20;

/** @throws SamlRefusal `message_invalid`, `version_unsupported` */
export function readLogoutRequest(root: XmlElement): LogoutRequest {
  if (!isNamed(root, protocol, 'LogoutRequest')) throw invalid('the message is no LogoutRequest');
  checkVersion(root);
  const indexes = childrenNamed(root, protocol, 'SessionIndex');
  // They are the last, and the only ones that may be several.
  if (indexes.length > mostIndexes || indexes.some((one, place) => root.children.at(place - indexes.length) !== one)) {
    throw invalid('SessionIndex is not at the end, or there are too many');
  }
  const single = { ...root, children: root.children.slice(0, root.children.length - indexes.length) };
  const { Issuer, NameID, EncryptedID } = readInOrder(single, {
    order: [
      { namespace: assertion, name: 'Issuer' },
      { namespace: signature, name: 'Signature' },
      { namespace: protocol, name: 'Extensions' },
      { namespace: assertion, name: 'NameID' },
      { namespace: assertion, name: 'EncryptedID' },
    ],
    attributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'Consent', 'NotOnOrAfter', 'Reason'],
  });
  const person = NameID ?? EncryptedID;
  if (!person || (NameID && EncryptedID)) throw invalid('LogoutRequest names nobody, or somebody twice');
  const destination = optionalUri(root, 'Destination');
  return {
    ...idAndTime(root),
    issuer: issuerIn(Issuer),
    ...(destination === undefined ? {} : { destination }),
    ...(root.attributes.NotOnOrAfter === undefined ? {} : { notOnOrAfter: readInstant(root, 'NotOnOrAfter') }),
    person,
    sessionIndexes: indexes.map(({ text }) => text.trim()),
  };
}

export interface LogoutWords {
  readonly id: string;
  readonly destination: string;
  readonly issuedAt: number;
  readonly notOnOrAfter: number;
  readonly entered: EnteredAs;
  /** For this service alone. */
  readonly encrypt?: (xml: CanonicalXml) => CanonicalXml;
}

export function logoutRequestXml({ id, destination, issuedAt, notOnOrAfter, entered, encrypt }: LogoutWords): XmlPiece {
  const nameId = nameIdXml(entered.nameId);
  return element(
    'samlp:LogoutRequest',
    {
      Destination: destination,
      ID: id,
      IssueInstant: instantText(issuedAt),
      NotOnOrAfter: instantText(notOnOrAfter),
      Version: '2.0',
    },
    [
      element('saml:Issuer', {}, [entered.issuer]),
      encrypt ? raw(encrypt(write(nameId))) : nameId,
      element('samlp:SessionIndex', {}, [entered.sessionIndex]),
    ],
  );
}
