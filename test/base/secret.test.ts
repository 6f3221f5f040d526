import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';

const secret = new Secret('Kamo7gawaTobi');

describe('Secret', () => {
  it('opens for who asks', () => {
    expect(secret.reveal()).toBe('Kamo7gawaTobi');
  });

  it.each([
    ['a template', `${secret}`],
    ['a concatenation', ['', secret].join('')],
    ['JSON', JSON.stringify({ secret })],
    ['a debugger', inspect({ secret }, { showHidden: true, depth: 9 })],
    ['its keys', inspect(Object.entries(secret))],
  ])('stays closed in %s', (_place, shown) => {
    expect(shown).not.toContain('Kamo7gawaTobi');
  });
});
