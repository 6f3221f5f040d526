import { SamlRefusal } from '../refusal.ts';
import { isXmlText } from './escape.ts';

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Any other `&` is matched alone, and refused: there is no other entity without a document type. */
const reference = /&(?:#x([0-9A-Fa-f]{1,8})|#([0-9]{1,10})|(amp|lt|gt|quot|apos));|&/g;

/** @throws SamlRefusal `xml_malformed` for an entity that XML does not bring, or a character that it cannot carry (4.1). */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(reference, (_, hexadecimal?: string, decimal?: string, name?: string) => {
    const found = name === undefined ? characterOf(hexadecimal, decimal) : entities[name];
    if (found === undefined) throw new SamlRefusal('xml_malformed', 'a reference that means nothing');
    return found;
  });
}

function characterOf(hexadecimal: string | undefined, decimal: string | undefined): string | undefined {
  const code = hexadecimal === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hexadecimal, 16);
  if (!(code <= 0x10ffff)) return undefined;
  const character = String.fromCodePoint(code);
  return isXmlText(character) ? character : undefined;
}
