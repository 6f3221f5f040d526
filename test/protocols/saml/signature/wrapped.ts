/**
 * The eight classic forms of signature wrapping (Somorovsky and others, "On Breaking SAML", 2012), as they apply to a
 * message: somebody has one message that a service signed, and puts it where its signature still finds it, into another
 * message that says what they like. They differ in where the signed message and its signature lie.
 */
import { namespaces } from '../../../../src/protocols/saml/names.ts';
import { issuer, type MessageName } from './sample-message.ts';

export interface Captured {
  readonly name: MessageName;
  /** The message as it was signed, without its signature; its signature; both together. */
  readonly original: string;
  readonly signature: string;
  readonly signed: string;
}

const extensions = (inner: string): string => `<samlp:Extensions>${inner}</samlp:Extensions>`;
const into = (signature: string, inner: string): string =>
  signature.replace('</ds:Signature>', `${inner}</ds:Signature>`);
const object = (inner: string): string => `<ds:Object>${inner}</ds:Object>`;

type Form = (captured: Captured, evil: (...content: readonly string[]) => string) => string;

export const wrappingForms: Readonly<Record<string, Form>> = {
  'XSW1, the original inside the signature': ({ original, signature }, evil) => evil(into(signature, original)),
  'XSW2, the original before the signature, which is detached': ({ original, signature }, evil) =>
    evil(original, signature),
  'XSW3, the original beside what is new, with its signature': ({ signed }, evil) => evil(extensions(''), signed),
  'XSW4, the original at the heart of what is new, with its signature': ({ signed }, evil) => evil(signed),
  'XSW5, the signature in its place, the original at the end': ({ original, signature }, evil) =>
    evil(signature, extensions(''), original),
  'XSW6, the original inside what the signature says of its key': ({ original, signature }, evil) =>
    evil(into(signature, `<ds:KeyInfo>${original}</ds:KeyInfo>`)),
  'XSW7, the original in an extension': ({ original, signature }, evil) => evil(signature, extensions(original)),
  'XSW8, the original in an object of the signature': ({ original, signature }, evil) =>
    evil(into(signature, object(original))),
};

/** A message that nobody signed. `id`: its own, or that of the original, so that its signature seems to be meant for it. */
export const evilMessage =
  (name: MessageName, id: string) =>
  (...content: readonly string[]): string =>
    `<samlp:${name} xmlns:samlp="${namespaces.protocol}" ID="${id}" Version="2.0" Destination="https://evil.example.org">${issuer(
      'https://sp.example.ac.jp',
    )}${content.join('')}</samlp:${name}>`;
