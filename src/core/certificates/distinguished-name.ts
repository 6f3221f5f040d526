/**
 * Distinguished names, from the string in which somebody wrote one (RFC 4514) and from a certificate, and whether two are the
 * same. They are compared attribute by attribute; their strings never are: `CN=a,O=b` is one name, or one value with a comma
 * in it, and whoever may choose a value would choose the other name.
 */
import { type Element, elementsIn, objectIdentifier, textOf } from './der.ts';

export interface NamedValue {
  /** Object identifier of the attribute's type. */
  readonly type: string;
  /** `text:` and the prepared text, or `der:` and the encoding of what is no text. */
  readonly value: string;
}

/** From the root to the leaf, as in the certificate; RFC 4514 writes them the other way round (2.1). */
export type DistinguishedName = readonly (readonly NamedValue[])[];

/** The keywords of RFC 4514, 3, and those in use besides. All of them are compared without regard to case. */
const types: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  TITLE: '2.5.4.12',
  POSTALCODE: '2.5.4.17',
  GIVENNAME: '2.5.4.42',
  GN: '2.5.4.42',
  DNQUALIFIER: '2.5.4.46',
  ORGANIZATIONIDENTIFIER: '2.5.4.97',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
  EMAILADDRESS: '1.2.840.113549.1.9.1',
  E: '1.2.840.113549.1.9.1',
};

const knownTypes = new Set(Object.values(types));

/** Undefined where it is none, or an empty one: that would be the name of every certificate that has none. */
export function writtenName(text: string): DistinguishedName | undefined {
  const relative: NamedValue[][] = [[]];
  for (const { pair, before } of pairsIn(text)) {
    const named = namedValue(pair);
    if (named === undefined) return undefined;
    if (before === ',') relative.push([]);
    relative.at(-1)?.push(named);
  }
  return relative.reverse();
}

export function isSameName(left: DistinguishedName, right: DistinguishedName): boolean {
  if (left.length !== right.length) return false;
  return left.every((values, index) => {
    const [mine, others] = [keysOf(values), keysOf(right[index] ?? [])];
    return mine.length === others.length && mine.every((key, place) => key === others[place]);
  });
}

/** In a relative name with several attributes their order says nothing (X.501, 9.3). */
const keysOf = (values: readonly NamedValue[]): readonly string[] =>
  values.map(({ type, value }) => `${type} ${value}`).sort();

/** A Name (RFC 5280, 4.1.2.4). @throws RangeError where it is none. */
export const encodedName = ({ content }: Element): DistinguishedName =>
  elementsIn(content).map((relative) =>
    elementsIn(relative.content).map((pair) => {
      const [type, value] = elementsIn(pair.content);
      if (type === undefined || value === undefined) throw new RangeError('an attribute without a value');
      return decodedValue(objectIdentifier(type.content), value);
    }),
  );

function decodedValue(type: string, element: Element): NamedValue {
  const text = textOf(element);
  return text === undefined ? { type, value: `der:${element.encoded.toString('hex')}` } : textValue(type, text);
}

/** RFC 5280, 7.1: as LDAP prepares strings (RFC 4518). Of a type that nobody knows here, nothing is known to be the same. */
function textValue(type: string, text: string): NamedValue {
  if (!knownTypes.has(type)) return { type, value: `text:${text}` };
  return { type, value: `text:${text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')}` };
}

/** Where a comma or plus sign stands that no backslash takes its meaning from. */
function* pairsIn(text: string): Generator<{ readonly pair: string; readonly before: string }> {
  let [pair, before] = ['', ''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      pair += text.slice(at, at + 2);
      at += 1;
    } else if (char === ',' || char === '+') {
      yield { pair, before };
      [pair, before] = ['', char];
    } else pair += char;
  }
  yield { pair, before };
}

function namedValue(pair: string): NamedValue | undefined {
  const [, keyword = '', written = ''] = /^\s*([A-Za-z][\w-]*|\d+(?:\.\d+)+)\s*=\s*(.*)$/su.exec(pair) ?? [];
  const type = /^\d/.test(keyword) ? keyword : types[keyword.toUpperCase()];
  if (type === undefined) return undefined;
  if (written.startsWith('#')) return encodedValue(type, written.slice(1).trim());
  const text = unescaped(written);
  return text === undefined || text === '' ? undefined : textValue(type, text);
}

/** `#` and the value's own encoding in hexadecimal digits (RFC 4514, 2.4). */
function encodedValue(type: string, digits: string): NamedValue | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(digits)) return undefined;
  try {
    const [element, ...more] = elementsIn(Buffer.from(digits, 'hex'));
    return element && more.length === 0 ? decodedValue(type, element) : undefined;
  } catch {
    return undefined;
  }
}

/** One character, or a backslash with a special one, or with two digits of an octet of UTF-8 (RFC 4514, 3). */
const piece = /\\([ "#+,;<=>\\])|\\([\da-f]{2})|([^"+,;<>\\\0])/giuy;

function unescaped(written: string): string | undefined {
  // Spaces at the ends belong to the value only where they are escaped.
  const text = written.replace(/(?<!\\) +$/, '');
  const octets: Buffer[] = [];
  let end = 0;
  for (const [whole, special, digits, plain] of text.matchAll(piece)) {
    octets.push(digits === undefined ? Buffer.from(special ?? plain ?? '') : Buffer.from(digits, 'hex'));
    end += whole.length;
  }
  return end === text.length ? Buffer.concat(octets).toString('utf8') : undefined;
}
