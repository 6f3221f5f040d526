import { describe, expect, it } from '@jest/globals';
import { passwordHasher } from '../../../src/core/credentials/password-hash.ts';

const cost = { memoryKiB: 64, iterations: 1, parallelism: 1 };
const hasher = passwordHasher(cost);

describe('passwordHasher', () => {
  it('recognises the password that was hashed, and no other', async () => {
    const stored = await hasher.hash('Kamo7gawaTobi');
    expect(await hasher.matches(stored, 'Kamo7gawaTobi')).toBe(true);
    expect(await hasher.matches(stored, 'Kamo7gawaTobj')).toBe(false);
    expect(await hasher.matches(stored, '')).toBe(false);
  });

  it('makes Argon2id hashes that name their cost and never repeat', async () => {
    const [first, second] = await Promise.all([hasher.hash('Kamo7gawaTobi'), hasher.hash('Kamo7gawaTobi')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(first).not.toBe(second);
  });

  it('recognises a password typed in full-width letters', async () => {
    expect(await hasher.matches(await hasher.hash('Kamo7gawaTobi'), 'Ｋａｍｏ７ｇａｗａＴｏｂｉ')).toBe(true);
  });

  it('matches nothing where there is no hash, not even the password of the hash that stands in', async () => {
    expect(await hasher.matches(undefined, 'Kamo7gawaTobi')).toBe(false);
    expect(await hasher.matches(undefined, 'no account has this password')).toBe(false);
  });

  it.each([
    ['the same cost', cost, false],
    ['more memory', { ...cost, memoryKiB: 128 }, true],
    ['more passes', { ...cost, iterations: 2 }, true],
    ['more lanes', { ...cost, parallelism: 2 }, true],
  ])('finds a hash outdated as it should be under %s', async (_what, configured, isOutdated) => {
    const stored = await hasher.hash('Kamo7gawaTobi');
    expect(passwordHasher(configured).isOutdated(stored)).toBe(isOutdated);
  });

  it('still recognises a password whose hash is outdated', async () => {
    const stored = await hasher.hash('Kamo7gawaTobi');
    expect(await passwordHasher({ ...cost, iterations: 2 }).matches(stored, 'Kamo7gawaTobi')).toBe(true);
  });
});
