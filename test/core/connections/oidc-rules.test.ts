import { describe, expect, it } from '@jest/globals';
import { checkOidc } from '../../../src/core/connections/oidc-rules.ts';

describe('a page for frames (frontchannelLogoutUri)', () => {
  const redirectUris = ['https://a.example/callback', 'http://localhost:3002/callback'];
  const complaints = (frontchannelLogoutUri: string, reachesLoopback = false) =>
    checkOidc({ redirectUris, frontchannelLogoutUri }, { reachesLoopback }).map(({ path, message }) => {
      expect(path).toEqual(['frontchannelLogoutUri']);
      return message;
    });

  it.each([
    [
      'of another host than every redirect address',
      'https://evil.example/out',
      'the scheme, host and port of a redirect',
    ],
    ['of another port', 'https://a.example:8443/out', 'the scheme, host and port of a redirect'],
    ['in the clear', 'http://a.example/out', 'must be https'],
    ['on this machine, in production', 'http://localhost:3002/out', 'must be https'],
    ['with a fragment', 'https://a.example/out#a', 'must be an absolute address'],
    ['with a name in it', 'https://a@a.example/out', 'must be an absolute address'],
    ['that is none', 'out', 'must be an absolute address'],
  ])('is refused %s', (_what, uri, words) => {
    expect(complaints(uri)).toEqual([expect.stringContaining(words)]);
  });

  it('is accepted where a redirect address is', () => {
    expect(complaints('https://a.example/out?a=b')).toEqual([]);
    expect(complaints('http://localhost:3002/out', true)).toEqual([]);
  });
});
