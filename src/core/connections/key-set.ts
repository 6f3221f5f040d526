/**
 * A key set as a service publishes it (RFC 7517, 5): the keys in it that may be believed, judged as those that are written
 * on a connection. What is of no use to us is left out, so that one odd key does not take the others with it.
 */
import { publicKeyProblem } from './public-key.ts';
import { certificateProblem } from './registered-certificate.ts';

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
  const keys = judged.flatMap(({ key }) => (key ? [key] : []));
  const problems = judged.flatMap(({ problem }) => problem ?? []);
  return { keys, problems: keys.length + problems.length === 0 ? ['it holds no key for signatures'] : problems };
}

interface Judged {
  readonly key?: PublishedKey;
  readonly problem?: string;
}

/** Neither for a key that serves another purpose; both for a good one with a certificate that is of no use. */
function judge(written: unknown, index: number): Judged {
  if (typeof written !== 'object' || written === null) return { problem: `keys[${index}] is no key` };
  // Where its certificate lies is of no concern: the key itself is here.
  const { x5u: _elsewhere, x5c, ...jwk } = written as Record<string, unknown>;
  if (jwk.use === 'enc') return {};
  const problem = publicKeyProblem(jwk);
  if (problem !== undefined) return { problem: `keys[${index}] ${problem}` };
  const key = Object.fromEntries(members.flatMap((name) => (typeof jwk[name] === 'string' ? [[name, jwk[name]]] : [])));
  if (!Array.isArray(x5c)) return { key };
  const odd = certificateProblem({ ...jwk, x5c });
  return odd === undefined ? { key: { ...key, x5c: x5c.slice(0, 1) } } : { key, problem: `keys[${index}] ${odd}` };
}

function keysIn(text: string): readonly unknown[] | undefined {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}
