import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readKeySet } from '../../../src/core/connections/key-set.ts';
import { keyOfPem } from '../../../src/core/connections/registered-certificate.ts';
import { describeWith } from '../../support/needs.ts';
import { openssl, selfSigned } from '../../support/openssl-authority.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' };
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
const read = (keys: unknown) => readKeySet(JSON.stringify({ keys }));

describe('a published key set', () => {
  it('gives its keys, with the names that are used of them alone', () => {
    const decorated = { ...key, x5c: 'no list', x5u: 'https://a.example/', key_ops: 7, note: { a: 1 } };
    expect(read([decorated])).toEqual({ keys: [key], problems: [] });
  });

  it.each([
    ['a weak key', weak, /^keys\[0\] is an RSA key of 1024 bits/],
    ['a private key', pair.privateKey.export({ format: 'jwk' }), /^keys\[0\] holds the private key/],
    ['a shared key', { kty: 'oct', k: 'AAAA' }, /^keys\[0\] is a symmetric key/],
    ['a key of a kind that is not known', { kty: 'AKP', pub: 'x' }, /^keys\[0\] expected RSA/],
    ['what is no key', 'one', /^keys\[0\] is no key/],
    ['nothing', null, /^keys\[0\] is no key/],
  ])('leaves out %s, and keeps the others', (_, odd, problem) => {
    expect(read([odd, key])).toEqual({ keys: [key], problems: [expect.stringMatching(problem)] });
  });

  it('repeats no value of a key', () => {
    const { d = '' } = pair.privateKey.export({ format: 'jwk' });
    expect(JSON.stringify(read([{ ...key, d }]))).not.toContain(d);
  });

  it('leaves out keys for encryption without a word, unless there is no other', () => {
    expect(read([{ ...key, use: 'enc' }, key])).toEqual({ keys: [key], problems: [] });
    expect(read([{ ...key, use: 'enc' }])).toEqual({ keys: [], problems: ['it holds no key for signatures'] });
    expect(read([])).toEqual({ keys: [], problems: ['it holds no key for signatures'] });
  });

  it.each(['', '<html>', 'null', '[]', '{}', '{"keys":{}}', '"keys"'])('is not %j', (text) => {
    expect(readKeySet(text)).toEqual({ keys: [], problems: [expect.stringContaining('it is no key set')] });
  });
});

describeWith(openssl, 'a certificate in a published key set', () => {
  const certified = () => {
    const read = keyOfPem(selfSigned().certificate);
    if (!read.ok) throw new Error(read.problem);
    return read.key as Readonly<Record<string, unknown>> & { readonly x5c: readonly string[] };
  };

  it('is kept with its key, without those that vouch for it', () => {
    const one = certified();
    expect(read([{ ...one, x5c: [...one.x5c, 'AAAA'] }])).toEqual({ keys: [one], problems: [] });
  });

  it('is left out where it is another’s, and its key is kept', () => {
    const [one, other] = [certified(), certified()];
    const { x5c: _left, ...alone } = one;
    expect(read([{ ...one, x5c: other.x5c }])).toEqual({
      keys: [alone],
      problems: ['keys[0] has an x5c with the certificate of another key'],
    });
  });
});
