import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { sampleCodeDigest, sampleDigestKey } from '../sample-code-digest.ts';

describe('codeDigest', () => {
  const digest = sampleCodeDigest();
  const known = digest.of('recovery-code', 'account-1', 'KKKK');

  it('names its key, and shows nothing of the code', () => {
    expect(known).toMatch(/^code-digest-hs256-1\.[\w-]{43}$/);
    expect(known).not.toContain('KKKK');
    // Written down once: printed codes hang on it.
    expect(known).toBe('code-digest-hs256-1.bkvsRbyW6tQQOVnBX33h2p61oBLbd-ZjSSIE1PYDz5I');
  });

  it('matches the same kind and parts', () => {
    expect(digest.matches(known, 'recovery-code', 'account-1', 'KKKK')).toBe(true);
  });

  it.each([
    ['another code', 'recovery-code', ['account-1', 'KKKH']],
    ['another account', 'recovery-code', ['account-2', 'KKKK']],
    ['parts that are cut elsewhere', 'recovery-code', ['account-', '1KKKK']],
    ['another kind of code', 'temporary-pass', ['account-1', 'KKKK']],
  ] as const)('does not match %s', (_, kind, parts) => {
    expect(digest.matches(known, kind, ...parts)).toBe(false);
  });

  it('does not match under another key, nor what is no digest', () => {
    const other = sampleCodeDigest(sampleDigestKey(2));
    expect(other.matches(known, 'recovery-code', 'account-1', 'KKKK')).toBe(false);
    for (const text of ['', '.', known.slice(0, -1)]) {
      expect(digest.matches(text, 'recovery-code', 'account-1', 'KKKK')).toBe(false);
    }
  });

  it('goes on matching under the key that a digest names, when another is active', () => {
    const first = sampleDigestKey(1, { state: 'retiring' });
    const second = sampleDigestKey(2, { id: 'code-digest-hs256-2', serial: 2 });
    const turned = sampleCodeDigest(second, first);
    expect(turned.matches(known, 'recovery-code', 'account-1', 'KKKK')).toBe(true);
    expect(turned.of('recovery-code', 'account-1', 'KKKK')).toMatch(/^code-digest-hs256-2\./);
  });

  it('takes no key of another use, whatever a digest says', () => {
    const key = createSecretKey(Buffer.alloc(32, 1));
    const foreign = sampleDigestKey(1, { id: 'pairwise-hs256-1', use: 'pairwise', key });
    const under = sampleCodeDigest(sampleDigestKey(2), foreign);
    const forged = known.replace('code-digest-hs256-1', 'pairwise-hs256-1');
    expect(under.matches(forged, 'recovery-code', 'account-1', 'KKKK')).toBe(false);
  });
});
