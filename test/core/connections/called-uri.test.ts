import { describe, expect, it } from '@jest/globals';
import { calledUriProblem } from '../../../src/core/connections/called-uri.ts';

describe('an address that Sekisho calls', () => {
  it.each([
    ['plain http', 'http://a.example/x', 'must be https'],
    ['a file', 'file:///etc/passwd', 'must be https'],
    ['a scheme of its own', 'jp.ac.example.app:/x', 'must be https'],
    ['a fragment', 'https://a.example/x#y', 'must not have a fragment'],
    ['an empty fragment', 'https://a.example/x#', 'must not have a fragment'],
    ['a user', 'https://user:word@a.example/x', 'must not name a user'],
    ['a space', 'https://a.example/x y', 'a space or a backslash'],
    ['a backslash', 'https://a.example\\@b.example/', 'a space or a backslash'],
    ['a path alone', '/x', 'is no absolute address'],
    ['capitals in the host', 'https://A.example/x', 'written as browsers write it: https://a.example/x'],
  ])('is refused with %s', (_, uri, problem) => {
    expect(calledUriProblem(uri, true)).toContain(problem);
    expect(calledUriProblem(uri, false)).toContain(problem);
  });

  it.each(['https://a.example/x?y=z', 'https://a.example', 'https://a.example:8443/x', 'https://10.0.0.1/x'])(
    'may be %s: whether it is reached is judged at the call',
    (uri) => {
      expect(calledUriProblem(uri, false)).toBeUndefined();
    },
  );

  it.each(['http://localhost:3002/x', 'https://kulasis.localhost/x', 'http://127.0.0.1/x', 'https://[::1]/x'])(
    'may be %s only where services may lie on this machine',
    (uri) => {
      expect(calledUriProblem(uri, true)).toBeUndefined();
      expect(calledUriProblem(uri, false)).toContain('on the machine of Sekisho itself');
    },
  );

  it('is refused in another notation of this machine', () => {
    expect(calledUriProblem('https://0x7f.1/x', false)).toContain('on the machine of Sekisho itself');
    expect(calledUriProblem('http://0x7f.1/x', true)).toContain('written as browsers write it');
  });
});
