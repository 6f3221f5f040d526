import { describe, expect, it } from '@jest/globals';
import { loggedPath } from '../../../src/web/middleware/request-log.ts';

describe('the path in the log', () => {
  it.each([
    ['/login/secret', '/login/*'],
    ['/login/secret/cancel', '/login/*/cancel'],
    ['/setup/secret', '/setup/*'],
    ['/oidc/auth/secret', '/oidc/auth/*'],
    ['/saml/continue/secret', '/saml/continue/*'],
    ['/logout/round/secret/go/kumoi', '/logout/round/*/go/kumoi'],
    // The router finds these too.
    ['/LOGIN/secret', '/LOGIN/*'],
    ['/Setup/secret', '/Setup/*'],
    ['/oidc/AUTH/secret', '/oidc/AUTH/*'],
  ])('tells no handle: %s', (path, logged) => {
    expect(loggedPath(path)).toBe(logged);
  });

  it.each(['/', '/login', '/logout/done', '/oidc/auth', '/oidc/token', '/saml/sso'])(
    'is whole where it opens nothing: %s',
    (path) => {
      expect(loggedPath(path)).toBe(path);
    },
  );
});
