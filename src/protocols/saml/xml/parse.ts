/**
 * A document becomes elements with their namespaces resolved. Nothing is guessed and nothing is mended: what is accepted
 * is what its canonical form says again (docs/decisions/0013). Comments vanish and their neighbours become one text, so
 * that nobody reads a part of a name for the whole.
 */
import { SamlRefusal } from '../refusal.ts';
import { messageLimits, type XmlLimits } from './limits.ts';
import type { XmlAttribute, XmlNode } from './node.ts';
import { type Marks, type Name, type RawAttribute, scan } from './scan.ts';
import { checkDeclaration, namespaceIn, outermost, type Scope } from './scope.ts';

export interface XmlDocument {
  readonly root: XmlNode;
}

/** While it is read; read-only afterwards. */
interface Open extends XmlNode {
  readonly attributes: Record<string, string>;
  readonly children: XmlNode[];
  content: (string | XmlNode)[];
  text: string;
}

/**
 * @param text decoded as UTF-8 (xml/octets.ts).
 * @throws SamlRefusal `xml_malformed`, `xml_forbidden`, `message_too_large`.
 */
export function parseXml(text: string, limits: XmlLimits = messageLimits): XmlDocument {
  if (text.length > limits.characters) throw new SamlRefusal('message_too_large', 'too many characters');
  const path: Open[] = [];
  let root: XmlNode | undefined;
  let elements = 0;

  const marks: Marks = {
    open(name, raw) {
      elements += 1;
      if (elements > limits.elements) throw new SamlRefusal('message_too_large', 'too many elements');
      if (path.length === limits.depth) throw new SamlRefusal('message_too_large', 'too many elements within elements');
      const parent = path.at(-1);
      if (!parent && root) throw malformed('a second root');
      const node = elementOf(name, raw, parent?.scope ?? outermost);
      parent?.children.push(node);
      parent?.content.push(node);
      root ??= node;
      path.push(node);
    },
    close({ prefix, name }) {
      const node = path.pop();
      if (node?.prefix !== prefix || node.name !== name) throw malformed('an end without its beginning');
      settle(node);
    },
    text(piece, isLiteral) {
      const parent = path.at(-1);
      if (!parent && !(isLiteral && /^[ \t\n]*$/.test(piece))) throw malformed('text outside the root');
      if (piece !== '') parent?.content.push(piece);
    },
  };
  scan(text, limits.attributes, marks);
  if (!root || path.length > 0) throw malformed('an element without its end');
  return { root };
}

function elementOf({ prefix, name }: Name, raw: readonly RawAttribute[], around: Scope): Open {
  const scope = scopeOf(raw, around);
  const named = raw.length === 0 ? [] : raw.filter((one) => !isDeclaration(one)).map((one) => attributeOf(one, scope));
  const namespace = namespaceIn(scope, prefix);
  if (namespace === undefined) throw malformed('a prefix that is not declared');
  return { namespace, name, prefix, attributes: recordOf(named), children: [], text: '', content: [], named, scope };
}

const isDeclaration = ({ prefix, name }: RawAttribute): boolean =>
  prefix === 'xmlns' || (prefix === '' && name === 'xmlns');

function scopeOf(raw: readonly RawAttribute[], around: Scope): Scope {
  if (!raw.some(isDeclaration)) return around;
  const declared = new Map<string, string>();
  for (const one of raw) {
    if (!isDeclaration(one)) continue;
    const prefix = one.prefix === '' ? '' : one.name;
    checkDeclaration(prefix, one.value);
    if (declared.has(prefix)) throw malformed('a prefix that is declared twice');
    declared.set(prefix, one.value);
  }
  return { declared, around };
}

/** An attribute without a prefix has no namespace, whatever the default is (Namespaces in XML 1.0, 6.2). */
function attributeOf({ prefix, name, value }: RawAttribute, scope: Scope): XmlAttribute {
  const namespace = prefix === '' ? '' : namespaceIn(scope, prefix);
  if (namespace === undefined) throw malformed('a prefix that is not declared');
  return { prefix, namespace, name, value };
}

/** Without a prototype, since a name may be any word. */
function recordOf(named: readonly XmlAttribute[]): Record<string, string> {
  const record: Record<string, string> = Object.create(null);
  for (const { namespace, name, value } of named) {
    const key = namespace === '' ? name : `{${namespace}}${name}`;
    // Namespaces in XML 1.0, 6.3: under two prefixes it is the same attribute still.
    if (Object.hasOwn(record, key)) throw malformed('an attribute that stands twice');
    record[key] = value;
  }
  return record;
}

/** Joins what comments and CDATA sections parted. */
function settle(node: Open): void {
  const pieces = node.content.filter((piece) => typeof piece === 'string');
  if (pieces.length === 0) return;
  const text = pieces.join('');
  // Indentation between children is no text of theirs.
  node.text = node.children.length > 0 && /^[ \t\n]*$/.test(text) ? '' : text;
  if (pieces.length === 1) return;
  const joined: (string | XmlNode)[] = [];
  for (const piece of node.content) {
    const last = joined.length - 1;
    if (typeof piece === 'string' && typeof joined[last] === 'string') joined[last] += piece;
    else joined.push(piece);
  }
  node.content = joined;
}

const malformed = (what: string): SamlRefusal => new SamlRefusal('xml_malformed', what);
