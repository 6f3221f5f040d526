/** An authorization request in the login machine's words (OIDC Core 3.1.2.1, 5.5). */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { OidcConnection } from '../../core/connections/connection.ts';
import type { LevelNames } from '../../core/credentials/assertion.ts';
import type { LoginRequest } from '../../login/request.ts';
import type { ClaimMap } from './claims.ts';
import { accountNamed } from './subjects.ts';

/** What was asked of `acr`: names in order of preference, and whether another answer would do. */
export interface RequestedAcr {
  readonly names: readonly string[];
  readonly essential: boolean;
}

/**
 * A service that insists is not to be fobbed off because it wrote its wish down wrongly, or named others in acr_values
 * too: an essential request of which nothing can be read is met by no level. As `essential` alone, without a value, it
 * asks for any acr there is, and that may be none (OIDC Core 5.5.1).
 */
export function requestedAcr({ oidc }: KoaContextWithOIDC): RequestedAcr {
  const { claims, acr_values: wished } = (oidc.params ?? {}) as Readonly<Record<string, unknown>>;
  // As it was sent: oidc-provider writes acr_values over the claim.
  const asked = typeof claims === 'string' ? (JSON.parse(claims) as AcrClaims).id_token?.acr : undefined;
  const given = [asked?.value, asked?.values].filter((wish) => wish !== undefined && wish !== null);
  // A list in `value` is unreadable; a single name in `values` is not.
  const listed = [asked?.value, ...(Array.isArray(asked?.values) ? asked.values : [asked?.values])];
  const names = listed.filter((name): name is string => typeof name === 'string');
  const essential = given.length > 0 && !isVoluntary(asked?.essential);
  if (names.length > 0 || essential) return { names, essential };
  return { names: typeof wished === 'string' ? wished.split(' ').filter(Boolean) : [], essential: false };
}

interface AcrClaims {
  readonly id_token?: {
    readonly acr?: { readonly essential?: unknown; readonly value?: unknown; readonly values?: unknown } | null;
  };
}

/** Only where it says so or says nothing: "true" in quotation marks is meant as true. */
const isVoluntary = (essential: unknown): boolean =>
  essential === undefined || essential === null || essential === false || essential === 'false';

export function loginRequestOf(
  ctx: KoaContextWithOIDC,
  connection: OidcConnection,
  { levelNames, claims }: { readonly levelNames: LevelNames; readonly claims: ClaimMap },
): LoginRequest {
  const { oidc } = ctx;
  const params = (oidc.params ?? {}) as Readonly<Record<string, unknown>>;
  const acr = requestedAcr(ctx);
  const { max_age: maxAge, login_hint: hint } = params;
  const levels = levelNames.filter(({ name }) => acr.names.includes(name)).map(({ level }) => level);
  // Where no page may be shown, a wish that only a page could grant would turn somebody away who is signed in.
  const isHeard = acr.essential || !oidc.prompts.has('none');
  return {
    protocol: 'oidc',
    connectionId: connection.id,
    demand: { acceptable: isHeard ? levels : [], essential: acr.essential },
    force: oidc.prompts.has('login'),
    chooseAccount: oidc.prompts.has('select_account'),
    askRelease: oidc.prompts.has('consent'),
    attributes: claims.attributesAsked(connection.release, oidc.requestParamScopes, oidc.requestParamClaims),
    ...(maxAge === undefined ? {} : { maxAgeSeconds: Number(maxAge) }),
    ...(typeof hint === 'string' ? { loginHint: hint.slice(0, 100) } : {}),
    named: requestedSubjects(ctx).map((sub) => accountNamed(sub, connection)),
  };
}

/**
 * The subjects that the service names, in id_token_hint and as the value of the `sub` claim (OIDC Core 5.5.1). Where it
 * names two that differ, nobody is both.
 */
function requestedSubjects({ oidc }: KoaContextWithOIDC): readonly string[] {
  const hint = oidc.entities.IdTokenHint as { payload?: { sub?: unknown } } | undefined;
  const claim = oidc.claims.id_token?.sub as { value?: unknown } | null | undefined;
  // What is no text is nobody's name, and still a name.
  return [hint?.payload?.sub, claim?.value]
    .filter((sub) => sub !== undefined && sub !== null)
    .map((sub) => (typeof sub === 'string' ? sub : ''));
}
