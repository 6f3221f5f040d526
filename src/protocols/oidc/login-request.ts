/** An authorization request in the login machine's words (OIDC Core 3.1.2.1, 5.5). */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Connection } from '../../core/connections/connection.ts';
import type { LevelNames } from '../../core/credentials/assurance.ts';
import type { LoginRequest } from '../../login/request.ts';
import { attributesAsked } from './claims.ts';
import type { Subjects } from './subjects.ts';

/** What was asked of `acr`: names in order of preference, and whether another answer would do. */
export interface RequestedAcr {
  readonly names: readonly string[];
  readonly essential: boolean;
}

export function requestedAcr(ctx: KoaContextWithOIDC): RequestedAcr {
  const claim = (ctx.oidc.claims.id_token?.acr ?? undefined) as
    | { essential?: boolean; value?: unknown; values?: unknown }
    | undefined;
  const listed = Array.isArray(claim?.values) ? claim.values : claim?.value === undefined ? [] : [claim.value];
  const names = listed.filter((name): name is string => typeof name === 'string');
  if (names.length > 0) return { names, essential: claim?.essential === true };
  const voluntary = typeof ctx.oidc.params?.acr_values === 'string' ? ctx.oidc.params.acr_values : '';
  return { names: voluntary.split(' ').filter(Boolean), essential: false };
}

export async function loginRequestOf(
  ctx: KoaContextWithOIDC,
  connection: Connection,
  levelNames: LevelNames,
  subjects: Subjects,
): Promise<LoginRequest> {
  const { oidc } = ctx;
  const params = (oidc.params ?? {}) as Readonly<Record<string, unknown>>;
  const acr = requestedAcr(ctx);
  const sub = requestedSubject(ctx);
  const accountId = sub === undefined ? undefined : await subjects.accountIdOf(sub, connection);
  const { max_age: maxAge, login_hint: hint } = params;
  return {
    protocol: 'oidc',
    connectionId: connection.id,
    demand: {
      acceptable: levelNames.filter(({ name }) => acr.names.includes(name)).map(({ level }) => level),
      essential: acr.essential,
    },
    force: oidc.prompts.has('login'),
    chooseAccount: oidc.prompts.has('select_account'),
    askRelease: oidc.prompts.has('consent'),
    attributes: attributesAsked(connection.release, oidc.requestParamScopes, oidc.requestParamClaims),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
    ...(typeof hint === 'string' ? { loginHint: hint.slice(0, 100) } : {}),
    // A subject that is nobody's here can be met by no account: '' is no account id.
    ...(sub === undefined ? {} : { accountId: accountId ?? '' }),
  };
}

/** The subject that the service names: in id_token_hint, or as the value of the `sub` claim (OIDC Core 5.5.1). */
function requestedSubject({ oidc }: KoaContextWithOIDC): string | undefined {
  const hint = oidc.entities.IdTokenHint as { payload?: { sub?: unknown } } | undefined;
  const claim = oidc.claims.id_token?.sub as { value?: unknown } | null | undefined;
  const sub = hint?.payload?.sub ?? claim?.value;
  return typeof sub === 'string' ? sub : undefined;
}
