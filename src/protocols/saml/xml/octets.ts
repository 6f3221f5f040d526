import { SamlRefusal } from '../refusal.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a document as it was sent, without a byte order mark. @throws SamlRefusal `xml_forbidden` if it is no UTF-8. */
export function textOf(octets: Uint8Array): string {
  try {
    return utf8.decode(octets);
  } catch (cause) {
    throw new SamlRefusal('xml_forbidden', 'an encoding other than UTF-8', { cause });
  }
}
