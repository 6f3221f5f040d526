import { describe, expect, it } from '@jest/globals';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';

describe('masterKeyOf', () => {
  it('derives another subkey for every purpose and every key', () => {
    const [one, two] = [masterKeyOf(Buffer.alloc(32, 1)), masterKeyOf(Buffer.alloc(32, 2))];
    const purposes = ['private-keys', 'form-tokens', 'throttle', 'known-browsers', 'notices'] as const;
    const subkeys = [one, two].flatMap((key) => purposes.map((purpose) => key.subkey(purpose).toString('hex')));
    expect(new Set(subkeys).size).toBe(10);
    expect(one.id).not.toBe(two.id);
  });

  it('does not give the key away by its id', () => {
    const bytes = Buffer.alloc(32, 7);
    expect(masterKeyOf(bytes).id).toHaveLength(8);
    expect(bytes.toString('base64url')).not.toContain(masterKeyOf(bytes).id);
  });
});
