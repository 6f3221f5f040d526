import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../../src/base/ids.ts';
import {
  newActivationKey,
  printedActivationKey,
  readActivationKey,
} from '../../../../src/core/credentials/activation/activation-key-text.ts';

const alphabet = [...'23456789CDFHJKMNPQRTWXY'];
const idsOf = (...bytes: readonly number[]) => {
  const left = [...bytes];
  return { ...systemIds, bytes: (length: number) => Buffer.from(Array.from({ length }, () => left.shift() ?? 0)) };
};

describe('a new activation key', () => {
  it('is printed in five groups of four symbols, none a vowel or one of 0, 1, B, G, L, S, V, Z', () => {
    for (let round = 0; round < 50; round += 1) {
      const printed = printedActivationKey(newActivationKey(systemIds));
      expect(printed).toMatch(/^[2-9CDFHJKMNPQRTWXY]{4}(?:-[2-9CDFHJKMNPQRTWXY]{4}){4}$/);
    }
  });

  it('holds more than 80 random bits, a symbol for each random byte', () => {
    expect(19 * Math.log2(alphabet.length)).toBeGreaterThan(80);
    const bytes = Array.from({ length: 19 }, (_, at) => at);
    expect(newActivationKey(idsOf(...bytes)).slice(0, 19)).toBe(alphabet.slice(0, 19).join(''));
  });

  it('leaves out the bytes that would make some symbols more likely than others', () => {
    const bytes = [253, 254, 255, 252, ...Array.from({ length: 18 }, () => 1)];
    expect(newActivationKey(idsOf(...bytes)).slice(0, 19)).toBe(`Y${'3'.repeat(15)}${'3'.repeat(3)}`);
  });
});

describe('reading an activation key', () => {
  const key = newActivationKey(systemIds);
  const printed = printedActivationKey(key);

  it.each([
    ['as printed', printed],
    ['in lower case', printed.toLowerCase()],
    ['without hyphens', key],
    ['in other groups', key.replace(/.{5}(?=.)/g, '$& ')],
    ['in full width', [...printed].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('')],
    ['with the long vowel mark that a Japanese keyboard gives', printed.replaceAll('-', 'ー')],
    ['with its half-width form', printed.replaceAll('-', 'ｰ')],
    ['with dashes and minus signs', printed.replace('-', '–').replace('-', '—').replace('-', '−').replace('-', '‐')],
    ['with full-width spaces and a line end', ` ${printed.replaceAll('-', '\u3000')}\r\n`],
    ['with what cannot be seen', `\u200b${printed}\ufeff`],
  ])('takes it %s', (_, typed) => {
    expect(readActivationKey(typed)).toBe(key);
  });

  it('notices every wrong symbol', () => {
    for (let at = 0; at < key.length; at += 1) {
      for (const symbol of alphabet.filter((other) => other !== key[at])) {
        expect(readActivationKey(key.slice(0, at) + symbol + key.slice(at + 1))).toBeUndefined();
      }
    }
  });

  it('notices any two symbols that changed places', () => {
    for (let left = 0; left < key.length; left += 1) {
      for (let right = left + 1; right < key.length; right += 1) {
        if (key[left] === key[right]) continue;
        const symbols = [...key];
        [symbols[left], symbols[right]] = [symbols[right] ?? '', symbols[left] ?? ''];
        expect(readActivationKey(symbols.join(''))).toBeUndefined();
      }
    }
  });

  it.each([
    ['nothing', ''],
    ['a missing symbol', key.slice(1)],
    ['a symbol too many', `${key}2`],
    ['the key twice', key + key],
    ['a letter that never occurs', `O${key.slice(1)}`],
    ['a sentence', 'the key is on the paper at home'],
    ['very much', '2'.repeat(100_000)],
  ])('takes %s for no key', (_, typed) => {
    expect(readActivationKey(typed)).toBeUndefined();
  });
});
