/**
 * The parameters of the redirect binding as they stand in a query, escapes and all. There is one reading, for the message as
 * for its signature: were the first of two RelayStates verified and the second used, the signature would be worth nothing.
 */
import { SamlRefusal } from '../refusal.ts';

const names = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
export type RawParameters = Readonly<Partial<Record<(typeof names)[number], string>>>;

const isOurs = (name: string): name is (typeof names)[number] => (names as readonly string[]).includes(name);

/** Others are passed over. @throws SamlRefusal `message_unreadable`: one of these twice, or a request and a response at once. */
export function rawParameters(rawQuery: string): RawParameters {
  const found: Partial<Record<(typeof names)[number], string>> = {};
  for (const pair of rawQuery.split('&')) {
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    if (!isOurs(name)) continue;
    if (found[name] !== undefined) throw new SamlRefusal('message_unreadable', `the query has ${name} twice`);
    found[name] = equals === -1 ? '' : pair.slice(equals + 1);
  }
  if (found.SAMLRequest !== undefined && found.SAMLResponse !== undefined) {
    throw new SamlRefusal('message_unreadable', 'the query has a request and a response');
  }
  return found;
}

/** A plus stays one: these values are base64 or URIs, and some senders leave it unescaped in them. */
export function readParameter(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch (cause) {
    throw new SamlRefusal('message_unreadable', 'an escape in the query', { cause });
  }
}

/** Of a text, where a plus is a space (application/x-www-form-urlencoded). */
export const readTextParameter = (raw: string): string => readParameter(raw.replaceAll('+', ' '));
