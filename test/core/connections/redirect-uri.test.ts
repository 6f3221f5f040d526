import { describe, expect, it } from '@jest/globals';
import { redirectUriProblem } from '../../../src/core/connections/redirect-uri.ts';

describe('a redirect address', () => {
  const webRefusals: readonly (readonly [string, string, string])[] = [
    ['plain http', 'http://a.example/callback', 'must be https'],
    ['a fragment', 'https://a.example/callback#x', 'must not have a fragment'],
    ['an empty fragment', 'https://a.example/callback#', 'must not have a fragment'],
    ['a wildcard host', 'https://*.example/callback', 'must not have a wildcard'],
    ['a wildcard path', 'https://a.example/*', 'must not have a wildcard'],
    ['a user', 'https://user@a.example/callback', 'must not name a user'],
    ['a host that only looks like loopback', 'http://localhost.a.example/', 'must be https'],
    ['capitals in the host', 'https://A.example/callback', 'written as browsers write it: https://a.example/callback'],
    ['steps upwards', 'https://a.example/x/../callback', 'written as browsers write it'],
    ['a backslash', 'https://a.example\\@b.example/', 'a space or a backslash'],
    ['a tab', 'https://a.example/call\tback', 'a space or a backslash'],
    ['a scheme of its own', 'jp.ac.example.app:/callback', 'for native applications'],
    ['a data URL', 'data:text/html,x', 'must be https'],
    ['a script', 'javascript:alert(1)', 'must be https'],
    ['a path alone', '/callback', 'is no absolute address'],
  ];
  it.each(webRefusals)('is refused with %s for a web application', (_, uri, complaint) => {
    expect(redirectUriProblem(uri, 'web')).toContain(complaint);
  });

  it.each([
    'https://a.example/callback',
    'https://a.example',
    'http://localhost:3002/cb',
    'http://a.localhost:3002/cb',
    'http://[::1]/cb',
  ])('may be %s for a web application', (uri) => expect(redirectUriProblem(uri, 'web')).toBeUndefined());

  it.each([
    'jp.ac.example.app:/cb',
    'http://127.0.0.1/cb',
    'http://[::1]/cb',
    'http://localhost/cb',
    'https://a.example/cb',
  ])('may be %s for a native application', (uri) => expect(redirectUriProblem(uri, 'native')).toBeUndefined());

  it.each([
    ['a scheme that anybody could claim', 'myapp:/callback', 'not a domain in reverse'],
    ['a script', 'javascript:alert(1)', 'not a domain in reverse'],
    ['plain http elsewhere', 'http://a.example/callback', 'can only use localhost'],
    ['https on this machine', 'https://localhost/callback', 'is http'],
  ])('is refused with %s for a native application', (_, uri, complaint) => {
    expect(redirectUriProblem(uri, 'native')).toContain(complaint);
  });
});
