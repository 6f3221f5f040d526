import { describe, expect, it } from '@jest/globals';
import { readCursor, writeCursor } from '../../src/store/cursor.ts';

describe('a cursor', () => {
  it('gives back the position that it was made of', () => {
    expect(readCursor(writeCursor('name', ['京都', 2.5, 'id']), 'name', 3)).toEqual(['京都', 2.5, 'id']);
  });

  it.each<[string, unknown]>([
    ['of another index', ['other', 'a', 'id']],
    ['too short', ['name', 'a']],
    ['too long', ['name', 'a', 'id', 'id']],
    ['with an object for a place', ['name', { $gt: '' }, 'id']],
    ['with null for a place', ['name', null, 'id']],
  ])('is refused when it is %s', (_what, forged) => {
    const cursor = Buffer.from(JSON.stringify(forged)).toString('base64url');
    expect(() => readCursor(cursor, 'name', 2)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });
});
