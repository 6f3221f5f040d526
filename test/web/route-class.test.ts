import { describe, expect, it } from '@jest/globals';
import { routeClassOf } from '../../src/web/route-class.ts';

describe('the class of a route', () => {
  it.each([
    ['/oidc/auth', 'authorization'],
    ['/oidc/auth/handle', 'authorization'],
    ['/OIDC/Token', 'token'],
    ['/oidc/userinfo', 'userinfo'],
    ['/oidc/jwks', 'oidc'],
    ['/.well-known/openid-configuration', 'oidc'],
    ['/login', 'login'],
    ['/login/handle/cancel', 'login'],
    ['/loginx', 'other'],
    ['/logout/done', 'logout'],
    ['/not-me/token', 'account'],
    ['/assets/style.1a2b.css', 'assets'],
    ['/readyz', 'operations'],
    ['/', 'portal'],
    ['/help', 'portal'],
    ['/wp-admin/setup.php', 'other'],
    ['//oidc/auth', 'other'],
  ])('of %s is %s', (path, expected) => {
    expect(routeClassOf(path)).toBe(expected);
  });
});
