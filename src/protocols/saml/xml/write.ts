/**
 * Writes XML in exclusive-canonical form by construction (Exclusive XML Canonicalization 1.0), so that a signature's digest
 * is taken over the very string that is sent. Prefixes are a closed list, one for each namespace: a prefix that is in scope
 * never means anything else. xsi:type is left out on purpose, since a prefix inside a value escapes that canonical form.
 */
import { namespaces } from '../names.ts';
import { canonicalAttribute, canonicalText, inCodePoints } from './escape.ts';

declare const canonical: unique symbol;
/** A whole element, declarations of its namespaces included, written here. */
export type CanonicalXml = string & { readonly [canonical]: true };

/** In the order in which declarations are written (Canonical XML 1.0, 2.2). */
const prefixes = [
  ['alg', namespaces.alg],
  ['ds', namespaces.signature],
  ['idpdisc', namespaces.idpdisc],
  ['md', namespaces.metadata],
  ['mdattr', namespaces.mdattr],
  ['mdui', namespaces.mdui],
  ['remd', namespaces.remd],
  ['saml', namespaces.assertion],
  ['samlp', namespaces.protocol],
  ['shibmd', namespaces.shibmd],
  ['soap', namespaces.soap],
  ['xenc', namespaces.encryption],
  ['xenc11', namespaces.encryption11],
] as const;

type Prefix = (typeof prefixes)[number][0];
export type QualifiedName = `${Prefix}:${string}`;
/** Without a prefix: no namespace. Those that are undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

/** What is to be written: its text depends on what is declared around it. */
export interface XmlPiece {
  /** The namespaces of the names of this one element, as a set of bits. */
  readonly uses: number;
  readonly write: (declared: number) => string;
}

/** A string is text. Something signed goes in by `raw`: as text it would be escaped, so its type is refused here. */
export type XmlChild = XmlPiece | (string & { readonly [canonical]?: never }) | undefined;

interface Namespace {
  readonly bit: number;
  readonly uri: string;
  readonly declaration: string;
}

const known = new Map<string, Namespace>(
  prefixes.map(([prefix, uri], index) => [prefix, { bit: 1 << index, uri, declaration: ` xmlns:${prefix}="${uri}"` }]),
);

/** @throws RangeError for a value that XML cannot carry (control characters, half a surrogate pair): see `isXmlText`. */
export function element(
  name: QualifiedName,
  attributes: XmlAttributes = {},
  children: readonly XmlChild[] = [],
): XmlPiece {
  const written = attributesOf(attributes);
  const uses = knownNamespace(name).bit | written.uses;
  return {
    uses,
    write(declared) {
      const within = declared | uses;
      let text = `<${name}${declarationsOf(uses & ~declared)}${written.text}>`;
      for (const child of children) {
        if (child !== undefined) text += typeof child === 'string' ? canonicalText(child) : child.write(within);
      }
      return `${text}</${name}>`;
    },
  };
}

export const write = (piece: XmlPiece): CanonicalXml => piece.write(0) as CanonicalXml;

/** Something that is written already, and perhaps signed: it stays as it is, and so does its signature. */
export function raw(xml: CanonicalXml): XmlPiece {
  return { uses: 0, write: (declared) => withoutDeclared(xml, declared) };
}

/**
 * What is declared around an element is not declared on it again. In canonical text every `<` opens a tag, and a `>` may
 * stand in a value: tags are read by their quotes. Signatures inside are not touched by this: their digest is that of the
 * element alone, for which the declaration is written (2. of that specification, visibly utilized).
 */
function withoutDeclared(xml: CanonicalXml, declared: number): string {
  const inScope = [...known.values()].filter(({ bit, declaration }) => declared & bit && xml.includes(declaration));
  if (inScope.length === 0) return xml;
  return xml.replace(/<[^/][^"<>]*(?:"[^"]*"[^"<>]*)*>/g, (tag) =>
    tag.replace(/ [^ "=]+="[^"]*"/g, (attribute) =>
      inScope.some(({ declaration }) => declaration === attribute) ? '' : attribute,
    ),
  );
}

function knownNamespace(name: string): Namespace {
  const found = known.get(name.slice(0, Math.max(0, name.indexOf(':'))));
  if (!found) throw new RangeError(`no namespace has the prefix of ${name}`);
  return found;
}

/** Canonical XML 1.0, 2.2: by namespace, then by name; those without a namespace first. */
function attributesOf(attributes: XmlAttributes): { readonly uses: number; readonly text: string } {
  const names = Object.keys(attributes).filter((name) => attributes[name] !== undefined);
  if (names.length > 1) names.sort(inOrder);
  let uses = 0;
  let text = '';
  for (const name of names) {
    if (name.includes(':') && !name.startsWith('xml:')) uses |= knownNamespace(name).bit;
    text += ` ${name}="${canonicalAttribute(attributes[name] ?? '')}"`;
  }
  return { uses, text };
}

function uriOf(name: string): string {
  if (!name.includes(':')) return '';
  return name.startsWith('xml:') ? namespaces.xml : knownNamespace(name).uri;
}

const inOrder = (left: string, right: string): number =>
  inCodePoints(uriOf(left), uriOf(right)) || inCodePoints(left, right);

const declarations = new Map<number, string>();

function declarationsOf(bits: number): string {
  if (bits === 0) return '';
  const found = declarations.get(bits);
  if (found !== undefined) return found;
  const text = [...known.values()].flatMap(({ bit, declaration }) => (bits & bit ? declaration : [])).join('');
  declarations.set(bits, text);
  return text;
}
