import { describe, expect, it } from '@jest/globals';
import { keptLength } from '../../../src/protocols/oidc/kept-length.ts';

describe('what is kept of a request', () => {
  it.each<[number, string]>([
    [9, '/oidc/auth?client_id'],
    [9, '/oidc/auth/?client_id'],
    [9, '/oidc/logout?client_id'],
    [11, '/oidc/auth?client_id?x'],
    [0, '/oidc/auth'],
    [0, '/oidc/auth/login?client_id'],
    [0, '/oidc/token?client_id'],
    [0, '/oidc/request?client_id'],
  ])('is %i octets: %s', (length, url) => {
    expect(keptLength(url)).toBe(length);
  });
});
