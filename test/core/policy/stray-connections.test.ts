import { describe, expect, it } from '@jest/globals';
import { strayConnections } from '../../../src/core/policy/stray-connections.ts';

describe('strayConnections', () => {
  it('names each that there is not, with the one that was meant', () => {
    const rules = [
      { name: 'a', when: { connections: ['kulasis', 'libary', 'tomorrow'] }, level: 'mfa' },
      { name: 'b', when: {}, level: 'mfa' },
    ] as const;
    expect(strayConnections(rules, ['kulasis', 'library'])).toEqual([
      'a: there is no connection libary; did you mean library?',
      'a: there is no connection tomorrow',
    ]);
  });
});
