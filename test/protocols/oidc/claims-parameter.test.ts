import { describe, expect, it } from '@jest/globals';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { checkClaimsParameter } from '../../../src/protocols/oidc/claims-parameter.ts';

const check = (claims: string): Promise<void> =>
  checkClaimsParameter(undefined as unknown as KoaContextWithOIDC, JSON.parse(claims) as object);

const asking = (levels: number): string =>
  `{"userinfo":{"email":{"value":${'['.repeat(levels - 3)}${']'.repeat(levels - 3)}}}}`;

describe('the claims parameter', () => {
  it.each([
    '{}',
    '{"userinfo":{"email":null,"name":{"essential":true}},"id_token":{"acr":{"values":["a","b"]}}}',
    '{"userinfo":{"address":{"value":{"locality":"京都"}}}}',
    asking(8),
  ])('takes %s', async (claims) => {
    await expect(check(claims)).resolves.toBeUndefined();
  });

  it.each([
    ['what is nested deeper than any claim', asking(9)],
    ['what is nested deeper than an engine takes', asking(1_100)],
    ['a depth outside of what it is asked for', `{"userinfo":{},"more":${'[['.repeat(9)}${']]'.repeat(9)}}`],
    ['a claim asked for by a text', '{"userinfo":{"email":"yes"}}'],
    ['a claim asked for by a list', '{"id_token":{"acr":[]}}'],
    ['a claim asked for by a truth value', '{"id_token":{"acr":true}}'],
  ])('refuses %s', async (_what, claims) => {
    await expect(check(claims)).rejects.toMatchObject({ error: 'invalid_request' });
  });
});
