import { describe, expect, it } from '@jest/globals';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { atLogOut } from '../../../src/protocols/oidc/at-log-out.ts';

const passed = async (path: string): Promise<readonly string[]> => {
  const seen: string[] = [];
  const middleware = atLogOut(async (_ctx, next) => {
    seen.push('log-out');
    await next();
  });
  await middleware({ path } as KoaContextWithOIDC, async () => void seen.push('rest'));
  return seen;
};

describe('middleware of the log-out', () => {
  // oidc-provider answers at all of these.
  it.each(['/oidc/logout', '/oidc/logout/', '/oidc/logout/confirm', '/oidc/logout/success', '/OIDC/Logout/Confirm'])(
    'is passed through at %s',
    async (path) => {
      expect(await passed(path)).toEqual(['log-out', 'rest']);
    },
  );

  it.each(['/oidc/auth', '/oidc/token', '/oidc/auth/oidc/logout', ''])('is not entered at %j', async (path) => {
    expect(await passed(path)).toEqual(['rest']);
  });
});
