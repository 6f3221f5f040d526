/**
 * The one text of a JSON value, so that its digest does not depend on who wrote it: RFC 8785 (keys sorted by UTF-16 code
 * units, no white space, numbers and strings as ECMAScript writes them). One departure: a lone surrogate, which the RFC
 * refuses, is written as its escape, because one odd event must not stop the sealing of all others.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
