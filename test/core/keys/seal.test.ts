import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { isMac, mac, seal, unseal } from '../../../src/core/keys/seal.ts';
import { sampleMasterKey as key } from '../fresh-world.ts';

const plain = Buffer.from('a private key');
const sealed = seal(key, 'private-keys', systemIds, 'record-1', plain);
const otherKey = masterKeyOf(Buffer.alloc(32, 2));
const unreadable = expect.objectContaining({ code: 'key.unreadable' }) as unknown as Error;

describe('seal', () => {
  it('opens again for the same key, purpose and record', () => {
    expect(unseal(key, 'private-keys', 'record-1', sealed)).toEqual(plain);
    expect(unseal(key, 'private-keys', 'r', seal(key, 'private-keys', systemIds, 'r', Buffer.alloc(0)))).toHaveLength(
      0,
    );
  });

  it('names its key, hides what it holds, and never looks the same twice', () => {
    expect(sealed.startsWith(`${key.id}.`)).toBe(true);
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes(plain)).toBe(false);
    expect(seal(key, 'private-keys', systemIds, 'record-1', plain)).not.toBe(sealed);
  });

  it.each([
    ['another record', () => unseal(key, 'private-keys', 'record-2', sealed)],
    ['another purpose', () => unseal(key, 'throttle', 'record-1', sealed)],
    ['another master key', () => unseal(otherKey, 'private-keys', 'record-1', sealed)],
    [
      'another master key under the name of this one',
      () => unseal({ ...otherKey, id: key.id, named: () => otherKey }, 'private-keys', 'record-1', sealed),
    ],
    [
      'a text that names another key',
      () => unseal(key, 'private-keys', 'record-1', sealed.replace(key.id, 'otherkey')),
    ],
    ['a body that was altered', () => unseal(key, 'private-keys', 'record-1', altered(2))],
    ['a nonce that was altered', () => unseal(key, 'private-keys', 'record-1', altered(1))],
    ['a body that was cut', () => unseal(key, 'private-keys', 'record-1', sealed.slice(0, -4))],
    ['a text without its parts', () => unseal(key, 'private-keys', 'record-1', key.id)],
  ])('refuses %s', (_what, open) => {
    expect(open).toThrow(unreadable);
  });

  // A tag of 4 bytes is guessed in 2^32 tries; whoever can write to the store would choose that length.
  it.each([4, 8, 12, 15])('refuses a right tag that is cut to %i bytes', (length) => {
    const whole = seal(key, 'private-keys', systemIds, 'r', Buffer.alloc(0));
    const [keyId, nonce, tag = ''] = whole.split('.');
    const short = Buffer.from(tag, 'base64url').subarray(0, length).toString('base64url');
    expect(unseal(key, 'private-keys', 'r', whole)).toHaveLength(0);
    expect(() => unseal(key, 'private-keys', 'r', `${keyId}.${nonce}.${short}`)).toThrow(unreadable);
  });
});

function altered(part: number): string {
  const parts = sealed.split('.');
  const bytes = Buffer.from(parts[part] ?? '', 'base64url');
  bytes.writeUInt8((bytes[0] ?? 0) ^ 1);
  return parts.with(part, bytes.toString('base64url')).join('.');
}

describe('mac', () => {
  const made = mac(key, 'throttle', 'account', 'a0123456');

  it('is recognised for the same key, purpose and parts', () => {
    expect(isMac(made, key, 'throttle', 'account', 'a0123456')).toBe(true);
    expect(made.startsWith(`${key.id}.`)).toBe(true);
  });

  it.each([
    ['another purpose', mac(key, 'known-browsers', 'account', 'a0123456')],
    ['another key', mac(otherKey, 'throttle', 'account', 'a0123456')],
    ['another part', mac(key, 'throttle', 'account', 'a0123457')],
    ['parts that spell the same together', mac(key, 'throttle', 'accounta', '0123456')],
    ['one part that spells both', mac(key, 'throttle', 'account8:a0123456')],
    ['an empty part more', mac(key, 'throttle', 'account', 'a0123456', '')],
    ['nothing', ''],
  ])('does not recognise that of %s', (_what, other) => {
    expect(isMac(other, key, 'throttle', 'account', 'a0123456')).toBe(false);
  });
});
