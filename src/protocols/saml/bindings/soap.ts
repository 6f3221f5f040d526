/** SOAP 1.1 (Bindings 3.2): a message as the one element of a body. What headers say is not listened to. */
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import { childrenNamed, isNamed } from '../xml/element.ts';
import { parseXml, type XmlDocument } from '../xml/parse.ts';
import { type CanonicalXml, element, raw, write } from '../xml/write.ts';

/**
 * The message alone: nothing of the envelope is in the document that comes back.
 * @throws SamlRefusal as `parseXml`; `message_unreadable` where it is no envelope with one message.
 */
export function openEnvelope(text: string): XmlDocument {
  const { root } = parseXml(text);
  if (!isNamed(root, namespaces.soap, 'Envelope')) throw unreadable('no SOAP envelope');
  const bodies = root.children.filter((child) => isNamed(child, namespaces.soap, 'Body'));
  const [message, ...more] = bodies.flatMap((body) => body.children);
  if (bodies.length !== 1 || !message || more.length > 0) throw unreadable('the envelope does not hold one message');
  const headers = childrenNamed(root, namespaces.soap, 'Header').flatMap((header) => header.children);
  // SOAP 1.1, 4.2.3: who does not understand such a header must not act on the message.
  if (headers.some(({ attributes }) => attributes[`{${namespaces.soap}}mustUnderstand`] === '1')) {
    throw unreadable('a SOAP header that has to be understood');
  }
  return { root: message };
}

export const envelope = (xml: CanonicalXml): string =>
  write(element('soap:Envelope', {}, [element('soap:Body', {}, [raw(xml)])]));

const unreadable = (detail: string): SamlRefusal => new SamlRefusal('message_unreadable', detail);
