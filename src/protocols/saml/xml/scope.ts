/** Which prefix means which namespace (Namespaces in XML 1.0). An element that declares something adds one link to the chain. */
import { namespaces } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';

export interface Scope {
  readonly declared: ReadonlyMap<string, string>;
  readonly around: Scope | undefined;
}

export const outermost: Scope = { declared: new Map([['xml', namespaces.xml]]), around: undefined };

const xmlns = 'http://www.w3.org/2000/xmlns/';

/** `prefix`: empty for the default namespace, which is none until it is declared. */
export function namespaceIn(scope: Scope, prefix: string): string | undefined {
  for (let link: Scope | undefined = scope; link; link = link.around) {
    const found = link.declared.get(prefix);
    if (found !== undefined) return found;
  }
  return prefix === '' ? '' : undefined;
}

/** Canonical form repeats a name at every use; one as long as a message would make a thousand messages of it. */
const longestNamespace = 256;

/** @throws SamlRefusal `message_too_large`; `xml_malformed` for what may not be declared (Namespaces in XML 1.0, 3 and 5). */
export function checkDeclaration(prefix: string, uri: string): void {
  if (uri.length > longestNamespace) throw new SamlRefusal('message_too_large', 'the name of a namespace is too long');
  const isWrong =
    prefix === 'xmlns' ||
    uri === xmlns ||
    (prefix === 'xml') !== (uri === namespaces.xml) ||
    (prefix !== '' && uri === '');
  if (isWrong) throw new SamlRefusal('xml_malformed', 'a prefix that may not mean this namespace');
}
