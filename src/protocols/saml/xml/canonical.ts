/**
 * Exclusive XML Canonicalization 1.0 without comments, of an element that was read. Ours, because the canonicaliser at hand
 * (xml-crypto) writes namespaces unescaped, sorts prefixes by locale and forgets an undone default namespace; the tests
 * hold both against each other where both are right (docs/decisions/0013).
 */
import { canonicalAttribute, canonicalText, inCodePoints } from './escape.ts';
import type { XmlAttribute, XmlNode } from './node.ts';
import { namespaceIn } from './scope.ts';

export interface Canonicalizing {
  /** Left out with all that is in it (XML Signature 6.6.4, the enveloped signature). */
  readonly without?: XmlNode;
  /** InclusiveNamespaces PrefixList: declared wherever they are in scope; the default namespace is an empty string here. */
  readonly inclusive?: readonly string[];
}

/** What the elements around have declared in the canonical text itself: prefixes to namespaces. */
interface Rendered {
  readonly declared: ReadonlyMap<string, string>;
  readonly around: Rendered | undefined;
}

/** The octets are those of this text in UTF-8. */
export function canonicalize(node: XmlNode, options: Canonicalizing = {}): string {
  const pieces: string[] = [];
  writeNode(node, undefined, { inclusive: options.inclusive ?? [], without: options.without, pieces });
  return pieces.join('');
}

interface Writing {
  readonly inclusive: readonly string[];
  readonly without: XmlNode | undefined;
  readonly pieces: string[];
}

/** As deep as the reader's limit allows. */
function writeNode(node: XmlNode, around: Rendered | undefined, writing: Writing): void {
  const { pieces } = writing;
  const declared = declarationsOf(node, around, writing.inclusive);
  const rendered = declared.length === 0 ? around : { declared: new Map(declared), around };
  const name = nameOf(node);
  pieces.push('<', name);
  for (const [prefix, uri] of declared) {
    pieces.push(prefix === '' ? ' xmlns' : ` xmlns:${prefix}`, '="', canonicalAttribute(uri), '"');
  }
  for (const attribute of node.named.length > 1 ? node.named.toSorted(inOrder) : node.named) {
    pieces.push(' ', nameOf(attribute), '="', canonicalAttribute(attribute.value), '"');
  }
  pieces.push('>');
  for (const piece of node.content) {
    if (typeof piece === 'string') pieces.push(canonicalText(piece));
    else if (piece !== writing.without) writeNode(piece, rendered, writing);
  }
  pieces.push('</', name, '>');
}

/** That specification, 3: those visibly utilized here, and those asked for, unless the elements around declared the same. */
function declarationsOf(node: XmlNode, around: Rendered | undefined, inclusive: readonly string[]): [string, string][] {
  const wanted = new Map<string, string>([[node.prefix, node.namespace]]);
  for (const { prefix, namespace } of node.named) if (prefix !== '') wanted.set(prefix, namespace);
  for (const prefix of inclusive) {
    const uri = namespaceIn(node.scope, prefix);
    if (uri !== undefined) wanted.set(prefix, uri);
  }
  // Canonical XML 1.0, 2.3: the prefix xml is never declared; no default namespace needs no word at the beginning.
  wanted.delete('xml');
  const fresh = [...wanted].filter(([prefix, uri]) => renderedIn(around, prefix) !== uri);
  return fresh.length > 1 ? fresh.sort(([left], [right]) => inCodePoints(left, right)) : fresh;
}

function renderedIn(around: Rendered | undefined, prefix: string): string | undefined {
  for (let link: Rendered | undefined = around; link; link = link.around) {
    const found = link.declared.get(prefix);
    if (found !== undefined) return found;
  }
  return prefix === '' ? '' : undefined;
}

const nameOf = ({ prefix, name }: { readonly prefix: string; readonly name: string }): string =>
  prefix === '' ? name : `${prefix}:${name}`;

/** Canonical XML 1.0, 2.2: by namespace, none first, then by name. */
const inOrder = (left: XmlAttribute, right: XmlAttribute): number =>
  inCodePoints(left.namespace, right.namespace) || inCodePoints(left.name, right.name);
