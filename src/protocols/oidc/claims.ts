/**
 * Our attributes as OpenID Connect claims, as their definitions name them. A scope asks for claims; the connection's
 * release decides which of them are given.
 */
import type { AttributeDefinition, AttributeDefinitions, AttributeName } from '../../core/attributes/definition.ts';
import { readAttribute } from '../../core/attributes/readers.ts';
import type { AttributeSource } from '../../core/attributes/source.ts';
import type { Release } from '../../core/connections/connection.ts';

export interface ClaimMap {
  /** oidc-provider's `claims`: which claims each scope asks for; null is a claim of its own, for which no scope asks. */
  readonly byScope: Readonly<Record<string, readonly string[] | null>>;
  /** The scopes that a connection may ask for: those of which something is released. */
  scopesOf(release: readonly Release[], mayRefresh: boolean): readonly string[];
  /** What a request would release: asked by scope or by the `claims` parameter, and within the approved release. */
  attributesAsked(
    release: readonly Release[],
    scopes: ReadonlySet<string>,
    claims: ReadonlySet<string>,
  ): readonly AttributeName[];
  /** Every claim that the release allows; oidc-provider picks those that were asked for. */
  claimsFor(release: readonly Release[], source: AttributeSource): Readonly<Record<string, unknown>>;
}

interface Row {
  readonly attribute: AttributeName;
  readonly definition: AttributeDefinition;
  readonly claim: string;
  readonly scope: string | undefined;
}

export function claimMapOf(definitions: AttributeDefinitions): ClaimMap {
  const rows = [...definitions].flatMap(([attribute, definition]): readonly Row[] => {
    const { claim, scope } = definition;
    return claim === undefined ? [] : [{ attribute, definition, claim, scope }];
  });
  const rowsIn = (release: readonly Release[]): readonly Row[] => {
    const released = new Set(release.map(({ attribute }) => attribute));
    return rows.filter(({ attribute }) => released.has(attribute));
  };
  return {
    byScope: byScope(rows),
    scopesOf(release, mayRefresh) {
      const scopes = new Set(rowsIn(release).flatMap(({ scope }) => scope ?? []));
      return ['openid', ...scopes, ...(mayRefresh ? ['offline_access'] : [])];
    },
    attributesAsked: (release, scopes, claims) =>
      rowsIn(release)
        .filter(({ claim, scope }) => (scope !== undefined && scopes.has(scope)) || claims.has(claim))
        .map(({ attribute }) => attribute),
    claimsFor(release, source) {
      const claims: Record<string, unknown> = {};
      for (const { definition, claim } of rowsIn(release)) {
        const value = readAttribute(definition, source);
        if (value === undefined) continue;
        claims[claim] = value;
        if (isVerifiedMail(definition)) claims.email_verified = true;
      }
      return claims;
    },
  };
}

/** The university gave the address to the person itself. */
const isVerifiedMail = ({ claim, source }: AttributeDefinition): boolean => claim === 'email' && source === 'mail';

function byScope(rows: readonly Row[]): ClaimMap['byScope'] {
  // What the login proved belongs to every login, asked for or not.
  const scopes: Record<string, string[]> = { openid: ['sub', 'acr', 'amr'] };
  for (const { definition, claim, scope } of rows) {
    if (scope === undefined) continue;
    const claims = scopes[scope] ?? [];
    claims.push(claim, ...(isVerifiedMail(definition) ? ['email_verified'] : []));
    scopes[scope] = claims;
  }
  const alone = rows.filter(({ scope }) => scope === undefined).map(({ claim }) => [claim, null]);
  return { ...Object.fromEntries(alone), ...scopes };
}
