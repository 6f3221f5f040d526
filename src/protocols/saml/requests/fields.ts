/** The types of SAML's schemas, as the messages of services use them. What does not fit refuses the whole message. */
import { SamlRefusal } from '../refusal.ts';
import { isNamed, type XmlElement } from '../xml/element.ts';

export const invalid = (detail: string): SamlRefusal => new SamlRefusal('message_invalid', detail);

export interface Shape<Name extends string> {
  /** The elements that may be there, once each, in this order. */
  readonly order: readonly { readonly namespace: string; readonly name: Name }[];
  /** Those of no namespace that may be there. */
  readonly attributes: readonly string[];
}

/**
 * The children by name. Whoever reads one that stands at a place of its own choosing reads what nobody meant to sign or
 * to say there, so order counts.
 * @throws SamlRefusal `message_invalid`
 */
export function readInOrder<Name extends string>(
  element: XmlElement,
  { order, attributes }: Shape<Name>,
): { readonly [Found in Name]?: XmlElement } {
  const found: { [Found in Name]?: XmlElement } = {};
  let reached = 0;
  for (const child of element.children) {
    const at = order.findIndex(({ namespace, name }) => isNamed(child, namespace, name));
    const { name } = order[at] ?? {};
    if (name === undefined) throw invalid(`${child.name} is not allowed in ${element.name}`);
    if (at < reached) throw invalid(`${child.name} is repeated in ${element.name}, or stands after what follows it`);
    reached = at + 1;
    found[name] = child;
  }
  checkAttributes(element, attributes);
  if (element.text.trim() !== '') throw invalid(`${element.name} holds text`);
  return found;
}

/** Of other namespaces only those of XML Schema and XML itself are let pass: they say nothing that is acted upon. */
export function checkAttributes({ name, attributes }: XmlElement, known: readonly string[]): void {
  const unknown = Object.keys(attributes).find((attribute) => !attribute.startsWith('{') && !known.includes(attribute));
  if (unknown !== undefined) throw invalid(`${name} has no attribute ${unknown}`);
}

export function requiredText({ name, attributes }: XmlElement, attribute: string): string {
  const value = attributes[attribute];
  if (value === undefined || value === '') throw invalid(`${name} lacks ${attribute}`);
  return value;
}

/** A URI or something like it: compared with what is registered, never opened. */
export function optionalUri({ name, attributes }: XmlElement, attribute: string): string | undefined {
  const value = attributes[attribute];
  if (value === undefined) return undefined;
  if (value === '' || value.length > longestUri) throw invalid(`${attribute} of ${name} is no URI`);
  return value;
}

const longestUri = 4096;

export function optionalBoolean({ name, attributes }: XmlElement, attribute: string): boolean | undefined {
  const value = attributes[attribute];
  if (value === undefined) return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw invalid(`${attribute} of ${name} is neither true nor false`);
}

/** xs:unsignedShort. */
export function optionalIndex({ name, attributes }: XmlElement, attribute: string): number | undefined {
  const value = attributes[attribute];
  if (value === undefined) return undefined;
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw invalid(`${attribute} of ${name} is no index`);
  return Number(value);
}

/** Core 1.3.3: UTC, written with Z. Milliseconds. */
export function readInstant(element: XmlElement, attribute: string): number {
  const text = requiredText(element, attribute);
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw invalid(`${attribute} of ${element.name} is no time in UTC`);
  return at;
}
