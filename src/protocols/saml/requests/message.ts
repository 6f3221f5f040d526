/** What every request opens with, whatever it asks (Core 3.2.1): its version, its id, its time, and who says to ask. */
import { nameIdFormats } from '../names.ts';
import { SamlRefusal } from '../refusal.ts';
import type { XmlElement } from '../xml/element.ts';
import { invalid, readInstant, requiredText } from './fields.ts';

/** Core 4.1.3: before all else, since another version may mean other things by the same names. */
export function checkVersion(root: XmlElement): void {
  const version = requiredText(root, 'Version');
  if (version !== '2.0') throw new SamlRefusal('version_unsupported', 'Version is not 2.0');
}

/** Core 1.3.3, 1.3.4. */
export function idAndTime(root: XmlElement): { readonly id: string; readonly issueInstant: number } {
  const id = requiredText(root, 'ID');
  // An xs:ID; it comes back in the response, and is kept against its being used twice.
  if (!/^[\p{L}_][\p{L}\p{N}._\-·]*$/u.test(id) || id.length > longestId) throw invalid('ID is no identifier');
  return { id, issueInstant: readInstant(root, 'IssueInstant') };
}

const longestId = 256;

/** Profiles 4.1.4.1: it must be there, and be the service's own name. */
export function issuerIn(issuer: XmlElement | undefined): string {
  if (!issuer) throw invalid('Issuer is missing');
  const { Format } = issuer.attributes;
  if (Format !== undefined && Format !== nameIdFormats.entity) {
    throw invalid('Issuer has a format that is not that of an entity');
  }
  // Some services break the line around it; a URI has no blanks of its own.
  const name = issuer.text.trim();
  if (name === '' || name.length > longestEntityId || issuer.children.length > 0) throw invalid('Issuer names nobody');
  return name;
}

/** Core 8.3.6. */
const longestEntityId = 1024;
