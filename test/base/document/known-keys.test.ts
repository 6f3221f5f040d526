import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keepKnownKeys } from '../../../src/base/document/known-keys.ts';
import { fixedKeysOf, schemaAt } from '../../../src/base/document/peel.ts';
import { type Path, pathText } from '../../../src/base/document/problem.ts';
import { withValue } from '../../../src/base/document/value-tree.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { complaintsOf, loadBeside } from '../../config/load-text.ts';

describe('keepKnownKeys', () => {
  it.each([
    ['a slip', 'server: { issure: x }', 'server.issure: unknown key; did you mean server.issuer?'],
    [
      'swapped letters',
      'server: { listen: { prot: 1 } }',
      'server.listen.prot: unknown key; did you mean server.listen.port?',
    ],
    ['another case', 'Log: {}', 'Log: unknown key; did you mean log?'],
    ['the right key in the wrong section', 'issuer: x', 'issuer: unknown key; did you mean server.issuer?'],
    ['a key inside a part', 'units: { law: { nam: {} } }', 'units.law.nam: unknown key; did you mean units.law.name?'],
    [
      'a key inside a list',
      'assurance: { levels: [{ level: sfa, arc: x }] }',
      'assurance.levels[0].arc: unknown key; did you mean assurance.levels[0].acr?',
    ],
    ['a key like no other', 'zzzzzz: 1', 'zzzzzz: unknown key'],
    [
      'an unknown key without a value',
      'server: { issure: }',
      'server.issure: unknown key; did you mean server.issuer?',
    ],
  ])('refuses %s and says what was probably meant', (_, text, complaint) => {
    expect(complaintsOf(loadBeside(text))).toContain(complaint);
  });

  it('refuses every unknown key, wherever it stands and whatever it holds', () => {
    const sections: readonly Path[] = [
      [],
      ['server'],
      ['server', 'listen'],
      ['units', 'law'],
      ['login', 'throttle', 'address'],
    ];
    const anyKey = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...sections), anyKey, fc.jsonValue(), (section, key, value) => {
        const schema = schemaAt(configSchema, section);
        fc.pre(schema !== undefined && !fixedKeysOf(schema)?.includes(key));
        // JSON.parse and not a literal: it makes `__proto__` a key like any other, as a YAML file does.
        const map: unknown = JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);
        const { kept, findings } = keepKnownKeys(configSchema, withValue({}, section, map));
        expect(findings.map(({ path }) => pathText(path))).toEqual([pathText([...section, key])]);
        expect(configSchema.safeParse(kept).error?.issues.some(({ code }) => code === 'unrecognized_keys')).toBe(false);
      }),
    );
  });
});
