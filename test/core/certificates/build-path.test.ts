import type { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { pathsTo } from '../../../src/core/certificates/build-path.ts';
import type { ReadCertificate } from '../../../src/core/certificates/read-certificate.ts';

/** Authorities each of which has signed all others; `verified` counts how often a signature was looked at. */
function mesh(size: number) {
  let verified = 0;
  const x509 = {
    checkIssued: () => true,
    verify: () => {
      verified += 1;
      return true;
    },
  } as unknown as X509Certificate;
  const made = (name: string) => ({ x509, keyDigest: name, subject: name }) as ReadCertificate;
  const members = Array.from({ length: size }, (_, at) => made(`authority ${at}`));
  return { leaf: made('leaf'), root: made('root'), members, verified: () => verified };
}

describe('pathsTo', () => {
  it('ends soon in a mesh of authorities that sign each other', () => {
    const { leaf, members, verified } = mesh(16);
    expect(pathsTo(leaf, [], members)).toEqual([]);
    expect(verified()).toBeLessThanOrEqual(48);
  });

  it('goes round in no circle', () => {
    const { leaf, root, members } = mesh(2);
    expect(pathsTo(leaf, [root], members).map((path) => path.map(({ subject }) => subject))).toEqual([
      ['leaf', 'root'],
      ['leaf', 'authority 0', 'root'],
      ['leaf', 'authority 0', 'authority 1', 'root'],
      ['leaf', 'authority 1', 'root'],
      ['leaf', 'authority 1', 'authority 0', 'root'],
    ]);
  });

  it('takes no way longer than any real one', () => {
    const { leaf, root, members } = mesh(7);
    expect(Math.max(...pathsTo(leaf, [root], members).map(({ length }) => length))).toBeLessThanOrEqual(7);
  });
});
