import { describe, expect, it } from '@jest/globals';
import { JustSealed } from '../../../src/protocols/oidc/just-sealed.ts';

describe('what was just sealed', () => {
  it('is handed out once', () => {
    const issued = new JustSealed();
    issued.keep('1.a', 'what a says');
    issued.keep('1.b', 'what b says');
    expect(issued.take('1.a')).toBe('what a says');
    expect(issued.take('1.a')).toBeUndefined();
    expect(issued.take('1.b')).toBe('what b says');
  });

  it('is forgotten when enough others have come after it', () => {
    const issued = new JustSealed();
    for (let number = 0; number <= 64; number += 1) issued.keep(`1.${number}`, `what ${number} says`);
    expect(issued.take('1.0')).toBeUndefined();
    expect(issued.take('1.1')).toBe('what 1 says');
    expect(issued.take('1.64')).toBe('what 64 says');
  });

  it('gives nothing for nothing', () => {
    expect(new JustSealed().take('')).toBeUndefined();
  });
});
