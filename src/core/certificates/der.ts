/**
 * Reads DER (X.690) as far as the names in a certificate need it. Node shows names as display strings only, in which a value
 * can be written so that it looks like two; here each value is what lies between its own two ends.
 */

export interface Element {
  /** Identifier octet: class, constructed or not, number (X.690, 8.1.2). No name in a certificate needs a longer one. */
  readonly tag: number;
  readonly content: Buffer;
  /** All of it, its tag and length included. */
  readonly encoded: Buffer;
}

/** What lies in a constructed element, one after the other. @throws RangeError where it ends too soon. */
export function elementsIn(content: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < content.length; ) {
    const element = elementAt(content, at);
    found.push(element);
    at += element.encoded.length;
  }
  return found;
}

function elementAt(bytes: Buffer, at: number): Element {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  // Up to 127 it is the length itself; above, its low bits say how many octets the length takes (X.690, 8.1.3).
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  if ((tag & 0x1f) === 0x1f || first === 0x80 || lengthOctets > 4)
    throw new RangeError('not in the DER of a certificate');
  const length = lengthOctets === 0 ? first : bytes.readUIntBE(at + 2, lengthOctets);
  const start = at + 2 + lengthOctets;
  if (start + length > bytes.length) throw new RangeError('ends before its length');
  return { tag, content: bytes.subarray(start, start + length), encoded: bytes.subarray(at, start + length) };
}

/** An object identifier in dots (X.690, 8.19). */
export function objectIdentifier(content: Buffer): string {
  const numbers: number[] = [];
  let value = 0;
  for (const octet of content) {
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

const ascii = (content: Buffer): string | undefined => {
  return content.every((octet) => octet < 0x80) ? content.toString('latin1') : undefined;
};

/** How each kind of string is read. Beyond ASCII nobody agrees what a TeletexString says. */
const strings: Readonly<Record<number, (content: Buffer) => string | undefined>> = {
  12: (content) => content.toString('utf8'),
  18: ascii,
  19: ascii,
  20: ascii,
  22: ascii,
  26: ascii,
  30: (content) => (content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : undefined),
};

/** Undefined for what is no string, or one of a kind that is not read here. */
export const textOf = ({ tag, content }: Element): string | undefined => strings[tag]?.(content);
