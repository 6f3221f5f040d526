/**
 * The `claims` parameter (OIDC Core 5.5), before anything of it is stored: with it a stranger decides what the record of a code
 * or a token holds.
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { isDeeper } from '../../base/is-deeper.ts';

/**
 * The parameter, `userinfo` or `id_token`, the claim and its `value` are four; what a claim itself consists of (an address,
 * OIDC Core 5.1.1) is at most a few more.
 */
const deepest = 8;

type Request = Readonly<Record<string, unknown>>;

/** Stands in the place of oidc-provider's own, and refuses what that refuses. @throws InvalidRequest */
export async function checkClaimsParameter(_ctx: KoaContextWithOIDC, parameter: object): Promise<void> {
  const claims = parameter as Request;
  if (isDeeper(claims, deepest)) throw new errors.InvalidRequest('claims parameter is nested too deep');
  for (const place of ['userinfo', 'id_token']) {
    // OIDC Core 5.5.1: null, or an object that says more.
    for (const asked of Object.values((claims[place] ?? {}) as Request)) {
      const isRequest = typeof asked === 'object' && !Array.isArray(asked);
      if (!isRequest) throw new errors.InvalidRequest(`claims.${place} members must be null or objects`);
    }
  }
}
