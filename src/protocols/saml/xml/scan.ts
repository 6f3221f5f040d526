/**
 * Reads the marks of an XML 1.0 document one after the other, strictly and without looking back, so that the work is in
 * proportion to its length. It knows no namespaces. Refused, although XML has them: a document type, entities of one's
 * own, processing instructions, encodings other than UTF-8. SAML needs none, and each has been an attack.
 */
import { SamlRefusal } from '../refusal.ts';
import { isXmlText } from './escape.ts';
import { unescaped } from './unescape.ts';

/** Namespaces in XML 1.0, 4: a name without a colon (XML 1.0, fifth edition, 2.3). */
const start =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const simple = `[${start}][${start}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;
const qualified = `(?:(${simple}):)?(${simple})`;

const openTag = new RegExp(`<${qualified}`, 'uy');
const attribute = new RegExp(`[ \\t\\n]+${qualified}[ \\t\\n]*=[ \\t\\n]*(?:"([^<"]*)"|'([^<']*)')`, 'uy');
const openEnd = /[ \t\n]*(\/?)>/y;
const closeTag = new RegExp(`</${qualified}[ \\t\\n]*>`, 'uy');
/** XML 1.0, 2.8; only at the very beginning. */
const declaration =
  /^<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)'))?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>/;

export interface Name {
  readonly prefix: string;
  readonly name: string;
}

export interface RawAttribute extends Name {
  readonly value: string;
}

/** What an element is told of. The reader refuses by throwing; the scanner then stops. */
export interface Marks {
  open(name: Name, attributes: readonly RawAttribute[]): void;
  close(name: Name): void;
  /** In pieces where comments or CDATA sections stand between; unescaped. Literal: it stood there letter by letter. */
  text(piece: string, isLiteral: boolean): void;
}

/** @throws SamlRefusal `xml_malformed`, `xml_forbidden`, `message_too_large` (more attributes than `mostAttributes`). */
export function scan(sent: string, mostAttributes: number, marks: Marks): void {
  // XML 1.0, 2.2. Half a surrogate pair would be written as something else than it was.
  if (!isXmlText(sent)) throw new SamlRefusal('xml_forbidden', 'a character that XML does not allow');
  // XML 1.0, 2.11.
  const source = sent.includes('\r') ? sent.replace(/\r\n?/g, '\n') : sent;
  const scanning = { mostAttributes, marks, names: new Map<string, string>() };
  let at = afterDeclaration(source);
  while (at < source.length) {
    const next = source.indexOf('<', at);
    const end = next === -1 ? source.length : next;
    if (end > at) tellText(source.slice(at, end), marks);
    at = next === -1 ? end : afterMark(source, end, scanning);
  }
}

function afterDeclaration(source: string): number {
  if (!/^<\?xml[ \t\n?]/.test(source)) return 0;
  const found = declaration.exec(source);
  if (!found) throw malformed('the XML declaration');
  const encoding = found[1] ?? found[2] ?? 'UTF-8';
  // The text was read as UTF-8: one that says otherwise was meant to be read as something else.
  if (encoding.toUpperCase() !== 'UTF-8')
    throw new SamlRefusal('xml_forbidden', `the encoding ${encoding.slice(0, 20)}`);
  return found[0].length;
}

interface Scanning {
  readonly mostAttributes: number;
  readonly marks: Marks;
  /** Each name once: a document repeats a few, and would hold on to every repetition. */
  readonly names: Map<string, string>;
}

/** @returns where the mark that begins at `at` ends. */
function afterMark(source: string, at: number, scanning: Scanning): number {
  switch (source[at + 1]) {
    case '/':
      return afterClose(source, at, scanning.marks);
    case '!':
      return afterExclamation(source, at, scanning.marks);
    case '?':
      throw new SamlRefusal('xml_forbidden', 'a processing instruction');
    default:
      return afterOpen(source, at, scanning);
  }
}

function afterOpen(source: string, at: number, scanning: Scanning): number {
  const { mostAttributes, marks, names } = scanning;
  const opened = matchAt(openTag, source, at);
  if (!opened) throw malformed('the name of an element');
  let here = at + opened[0].length;
  const attributes: RawAttribute[] = [];
  for (let found = matchAt(attribute, source, here); found; found = matchAt(attribute, source, here)) {
    if (attributes.length === mostAttributes) throw new SamlRefusal('message_too_large', 'too many attributes');
    const value = normalized(found[3] ?? found[4] ?? '');
    attributes.push({ prefix: known(names, found[1]), name: known(names, found[2]), value });
    here += found[0].length;
  }
  const ended = matchAt(openEnd, source, here);
  if (!ended) throw malformed('the attributes of an element');
  const name = { prefix: known(names, opened[1]), name: known(names, opened[2]) };
  marks.open(name, attributes);
  if (ended[1] === '/') marks.close(name);
  return here + ended[0].length;
}

function known(names: Map<string, string>, name = ''): string {
  const found = names.get(name);
  if (found === undefined) names.set(name, name);
  return found ?? name;
}

function afterClose(source: string, at: number, marks: Marks): number {
  const found = matchAt(closeTag, source, at);
  if (!found) throw malformed('the end of an element');
  marks.close({ prefix: found[1] ?? '', name: found[2] ?? '' });
  return at + found[0].length;
}

function afterExclamation(source: string, at: number, marks: Marks): number {
  if (source.startsWith('<!--', at)) {
    const end = source.indexOf('--', at + 4);
    if (end === -1 || source[end + 2] !== '>') throw malformed('a comment');
    return end + 3;
  }
  if (source.startsWith('<![CDATA[', at)) {
    const end = source.indexOf(']]>', at + 9);
    if (end === -1) throw malformed('a CDATA section');
    marks.text(source.slice(at + 9, end), false);
    return end + 3;
  }
  throw new SamlRefusal('xml_forbidden', 'a document type or what belongs into one');
}

function tellText(escaped: string, marks: Marks): void {
  // XML 1.0, 2.4.
  if (escaped.includes(']]>')) throw malformed('the end of a CDATA section without its beginning');
  const text = unescaped(escaped);
  marks.text(text, text === escaped);
}

/** XML 1.0, 3.3.3: white space that was not written as a reference is a space. */
const normalized = (escaped: string): string => unescaped(escaped.replace(/[\t\n]/g, ' '));

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

const malformed = (what: string): SamlRefusal => new SamlRefusal('xml_malformed', what);
