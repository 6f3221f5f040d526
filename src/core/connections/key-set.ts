/**
 * A key set as a service publishes it (RFC 7517, 5): the keys in it that may be believed, judged as those that are written
 * on a connection. What is of no use to us is left out, so that one odd key does not take the others with it.
 */
import { publicKeyProblem } from './public-key.ts';

export type PublishedKey = Readonly<Record<string, unknown>>;

export interface KeySet {
  readonly keys: readonly PublishedKey[];
  /** `keys[1] is an RSA key of …`; never a value of a key, which may be a private one. */
  readonly problems: readonly string[];
}

/** Names in a key that are used, and are text in every key that we know. */
const members = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e'] as const;

export function readKeySet(text: string): KeySet {
  const written = keysIn(text);
  if (written === undefined) return { keys: [], problems: ['it is no key set: { "keys": [ … ] } (RFC 7517, 5)'] };
  const judged = written.map((key, index) => judge(key, index));
  const keys = judged.flatMap((one) => (typeof one === 'object' ? [one] : []));
  const problems = judged.filter((one) => typeof one === 'string');
  return { keys, problems: keys.length + problems.length === 0 ? ['it holds no key for signatures'] : problems };
}

/** The key, what is wrong with it, or undefined for one that serves another purpose. */
function judge(written: unknown, index: number): PublishedKey | string | undefined {
  if (typeof written !== 'object' || written === null) return `keys[${index}] is no key`;
  // Where its certificate lies is of no concern: the key itself is here.
  const { x5u: _certificate, ...jwk } = written as Record<string, unknown>;
  if (jwk.use === 'enc') return undefined;
  const problem = publicKeyProblem(jwk);
  if (problem !== undefined) return `keys[${index}] ${problem}`;
  return Object.fromEntries(members.flatMap((name) => (typeof jwk[name] === 'string' ? [[name, jwk[name]]] : [])));
}

function keysIn(text: string): readonly unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}
