import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import {
  printedSymbols,
  randomSymbols,
  readSymbols,
  symbols,
  symbolText,
} from '../../../src/core/credentials/symbol-text.ts';

describe('symbols', () => {
  it('are told apart by eye and ear, and spell no words', () => {
    expect(new Set(symbols).size).toBe(23);
    for (const pair of ['0O', '1I', '2Z', '5S', '6G', '8B', 'UV']) {
      expect([...pair].filter((symbol) => symbols.includes(symbol)).length).toBeLessThanOrEqual(1);
    }
    expect(symbols).not.toMatch(/[AEIOU]/);
  });

  it('are each as likely as any other', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    // The bytes from 253 on would favour the first three symbols; they are drawn again.
    const drawn = randomSymbols({ ...systemIds, bytes: (count) => bytes.subarray(0, count) }, 253);
    const counts = [...symbols].map((_, at) => drawn.filter((value) => value === at).length);
    expect(counts).toEqual(Array.from({ length: 23 }, () => 11));
  });

  it('are drawn again where a byte would favour some of them', () => {
    const given = [Buffer.from([253, 254, 255, 1]), Buffer.from([2, 3, 4, 5])];
    const ids = { ...systemIds, bytes: () => given.shift() ?? Buffer.alloc(4) };
    expect(randomSymbols(ids, 4)).toEqual([1, 2, 3, 4]);
  });
});

describe('reading symbols', () => {
  const text = symbolText(randomSymbols(systemIds, 12));

  it.each([
    ['as printed', (code: string) => printedSymbols(code)],
    ['without hyphens', (code: string) => code],
    ['in small letters', (code: string) => code.toLowerCase()],
    ['with spaces and a line break', (code: string) => ` ${code.slice(0, 5)} ${code.slice(5)}\n`],
    ['in full width', (code: string) => code.replace(/[!-~]/g, (at) => String.fromCharCode(at.charCodeAt(0) + 0xfee0))],
    ['with the long vowel mark of a Japanese keyboard', (code: string) => `${code.slice(0, 4)}ー${code.slice(4)}`],
  ])('takes them %s', (_, typed) => {
    expect(readSymbols(typed(text), 12)).toBe(text);
  });

  it.each([
    ['one too few', text.slice(1)],
    ['one too many', `${text}2`],
    ['a symbol that there is not', `${text.slice(1)}0`],
    ['nothing', ''],
    ['a flood', 'K'.repeat(100_000)],
  ])('takes no %s', (_, typed) => {
    expect(readSymbols(typed, 12)).toBeUndefined();
  });

  it('prints them in groups of four', () => {
    expect(printedSymbols('234567892345')).toBe('2345-6789-2345');
    expect(printedSymbols('23456789')).toBe('2345-6789');
  });
});
