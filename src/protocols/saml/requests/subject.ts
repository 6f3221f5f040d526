/**
 * The person whom a service names in its request (Core 3.4.1). A name of ours binds: no other account will do. Any other is
 * what the person may have typed at the service, and is typed into our form beforehand.
 */
import { nameIdFormats, namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import type { XmlElement } from '../xml/element.ts';
import { invalid, readInOrder } from './fields.ts';

export interface AskedSubject {
  /** Core 8.3; unspecified where the service said none. */
  readonly format: string;
  readonly value: string;
  readonly nameQualifier?: string;
  readonly spNameQualifier?: string;
  /** What else was asked, which nobody here can do. */
  readonly unsupported?: string;
}

const { assertion } = namespaces;

/** Core 2.4.1: one identifier, then confirmations. */
export function readSubject(subject: XmlElement): AskedSubject {
  const found = readInOrder(subject, {
    order: [
      { namespace: assertion, name: 'BaseID' },
      { namespace: assertion, name: 'EncryptedID' },
      { namespace: assertion, name: 'NameID' },
      { namespace: assertion, name: 'SubjectConfirmation' },
    ],
    attributes: [],
  });
  // Core 3.4.1: how the assertion is to be confirmed. We make assertions for their bearer, and no promise of another kind.
  const { name: unsupported } = found.SubjectConfirmation ?? found.EncryptedID ?? found.BaseID ?? {};
  if (unsupported !== undefined) return { format: nameIdFormats.unspecified, value: '', unsupported };
  if (!found.NameID) throw invalid('Subject names nobody');
  return readNameId(found.NameID);
}

/** @throws SamlRefusal `request_unsupported` */
export function judgeSubject({ unsupported }: AskedSubject): void {
  if (unsupported === undefined) return;
  throw new SamlRefusal('request_unsupported', `${unsupported} in Subject`, {
    status: { top: 'responder', second: 'requestUnsupported' },
  });
}

/** Core 2.2.3. */
export function readNameId(element: XmlElement): AskedSubject {
  const { text: value, attributes, children } = element;
  if (value === '' || value.length > longestName || children.length > 0) throw invalid('NameID names nobody');
  const { Format: format = nameIdFormats.unspecified, NameQualifier, SPNameQualifier } = attributes;
  // Kept with the login, as the value is.
  if ([format, NameQualifier, SPNameQualifier].some((one) => (one?.length ?? 0) > longestQualifier)) {
    throw invalid('NameID is qualified at length');
  }
  return {
    format,
    value,
    ...(NameQualifier === undefined ? {} : { nameQualifier: NameQualifier }),
    ...(SPNameQualifier === undefined ? {} : { spNameQualifier: SPNameQualifier }),
  };
}

/** Core 8.3.7; addresses are no longer. */
const longestName = 256;
/** Core 8.3.6: it is an entityID. */
const longestQualifier = 1024;
