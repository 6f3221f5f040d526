import { describe, expect, it } from '@jest/globals';
import { cautionsOf } from '../../../src/config/rules/cautions.ts';
import { testConfig } from '../../support/sekisho.ts';

describe('what is accepted and may surprise', () => {
  const { server } = testConfig('/nowhere');
  it.each([
    ['https://auth.example.ac.jp', 0],
    ['http://localhost:3000', 0],
    ['http://127.0.0.1:3000', 1],
    ['http://[::1]:3000', 1],
    ['https://203.0.113.7', 1],
  ])('is an issuer for which no browser takes passkeys: %s', (issuer, count) => {
    expect(cautionsOf({ server: { ...server, issuer } })).toHaveLength(count);
  });
});
