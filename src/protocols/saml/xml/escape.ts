/** Text and attribute values as Canonical XML 1.0 (2.3) writes them, and the characters that XML 1.0 (2.2) can carry. */

/** One that stands for itself nowhere, or that XML cannot carry; with `u` half a surrogate pair is a character of its own. */
const forbidden = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export const isXmlText = (text: string): boolean => !forbidden.test(text);

const plain = /^[\x20!#-%'-;=?-~]*$/;
const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const inAttribute: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** @throws RangeError for a character that XML cannot carry. */
export function canonicalText(text: string): string {
  if (plain.test(text)) return text;
  return carried(text).replace(/[&<>\r]/g, (character) => inText[character] ?? character);
}

/** @throws RangeError for a character that XML cannot carry. */
export function canonicalAttribute(value: string): string {
  if (plain.test(value)) return value;
  return carried(value).replace(/[&<"\t\n\r]/g, (character) => inAttribute[character] ?? character);
}

function carried(text: string): string {
  if (!isXmlText(text)) throw new RangeError('a character that XML cannot carry');
  return text;
}

const surrogate = /[\uD800-\uDFFF]/;

/** The order of canonical XML, which is not that of JavaScript's strings where one of them leaves the basic plane. */
export function inCodePoints(left: string, right: string): number {
  if (surrogate.test(left) || surrogate.test(right)) return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
