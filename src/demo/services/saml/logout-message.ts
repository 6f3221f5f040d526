/** What comes about a logout: the provider asks, or answers what we asked. */
import { inflateRawSync } from 'node:zlib';
import { namespaces, statusPrefix } from './names.ts';
import { elementsIn, parseXml, textOf } from './xml.ts';

export interface SentMessage {
  readonly kind: 'request' | 'response';
  /** In base64, by redirect deflated besides. */
  readonly message: string;
  readonly state: string | undefined;
  /** As it was received, since the signature is over it; absent for a post. */
  readonly query: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

export type LogoutMessage =
  /** To be signed out: who is known by this name. */
  | { readonly kind: 'request'; readonly name: string; readonly answerUrl: string }
  | { readonly kind: 'response'; readonly isComplete: boolean };

const names = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'];
const inflatedAtMost = 128 * 1024;

/** @throws Error for what is no message, says anything twice, or came by redirect unsigned. */
export function sentMessage(fields: URLSearchParams, query?: string): SentMessage {
  // Said twice, one could be what is verified and the other what is read.
  if (names.some((name) => fields.getAll(name).length > 1)) throw new Error('a message is sent once');
  const request = fields.get('SAMLRequest');
  const message = request ?? fields.get('SAMLResponse');
  if (message === null || (request !== null && fields.has('SAMLResponse'))) throw new Error('no message');
  // The library verifies a signature where there is one, and takes a query without.
  if (query !== undefined && !(fields.has('Signature') && fields.has('SigAlg')))
    throw new Error('nobody has signed it');
  return {
    kind: request === null ? 'response' : 'request',
    message,
    state: fields.get('RelayState') ?? undefined,
    query,
    fields: Object.fromEntries(fields),
  };
}

/** Whether all services were told, of a message that was verified. Throws for one to somebody else, or to another question. */
export function readLogoutAnswer(
  { message, query }: Pick<SentMessage, 'message' | 'query'>,
  issuer: string,
  requestId: string,
): { readonly isComplete: boolean } {
  const sent = Buffer.from(message, 'base64');
  const root = parseXml((query === undefined ? sent : inflate(sent)).toString());
  const [from] = elementsIn(root, namespaces.assertion, 'Issuer');
  if (root.localName !== 'LogoutResponse' || textOf(from) !== issuer) throw new Error('no answer of the provider');
  if (root.getAttribute('InResponseTo') !== requestId) throw new Error('an answer to another question');
  const codes = elementsIn(root, namespaces.protocol, 'StatusCode').map((code) => code.getAttribute('Value'));
  return { isComplete: codes.length === 1 && codes[0] === `${statusPrefix}Success` };
}

const inflate = (sent: Buffer): Buffer => inflateRawSync(sent, { maxOutputLength: inflatedAtMost });
