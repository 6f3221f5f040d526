/**
 * Keyed digests of short codes that are kept for long: on paper, or in a drawer. Under a key of the ring, not under the
 * master key: that one can be changed, and the digest of a code that nobody knows any more cannot be made anew.
 */
import { createHmac } from 'node:crypto';
import { isSameText } from '../../base/digest.ts';
import type { LiveRing } from '../keys/live-ring.ts';
import { activeKey, type OpenedKey } from '../keys/ring.ts';

/** Kinds of codes: a digest of one is none of another. */
export type DigestedCode = 'activation-key' | 'recovery-code' | 'temporary-pass';

export interface CodeDigest {
  /** HMAC-SHA-256 over the kind and the parts, the record's id among them. Form: `<key id>.<mac>`. */
  of(kind: DigestedCode, ...parts: readonly string[]): string;
  /** Costs the same for every text, also for one that cannot be right: the delay must not tell whether there is a record. */
  matches(digest: string, kind: DigestedCode, ...parts: readonly string[]): boolean;
}

export function codeDigest(ring: LiveRing): CodeDigest {
  const keys = () => ring.current().keys;
  const active = (): OpenedKey => activeKey(keys(), 'code-digest');
  const named = (id: string): OpenedKey => keys().find((key) => key.use === 'code-digest' && key.id === id) ?? active();
  return {
    of: (kind, ...parts) => digestUnder(active(), [kind, ...parts]),
    matches: (digest, kind, ...parts) => {
      const [keyId = ''] = digest.split('.');
      return isSameText(digest, digestUnder(named(keyId), [kind, ...parts]));
    },
  };
}

/** Length-prefixed, so that ("ab","c") and ("a","bc") differ. */
function digestUnder({ id, key }: OpenedKey, parts: readonly string[]): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return `${id}.${hmac.digest('base64url')}`;
}
