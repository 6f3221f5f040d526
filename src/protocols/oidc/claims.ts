/**
 * Our attributes as OpenID Connect claims. Names: OIDC Core 5.1, REFEDS OIDCre for eduPerson, language tags after OIDC
 * Core 5.2. A scope asks for claims; the connection's release decides which of them are given.
 */
import type { AttributeName, AttributeSource } from '../../core/connections/attribute.ts';
import { readAttribute } from '../../core/connections/attribute.ts';
import type { Release } from '../../core/connections/connection.ts';

interface ClaimRow {
  readonly attribute: AttributeName;
  readonly claim: string;
  readonly scope: Scope;
}

type Scope = 'profile' | 'email' | 'affiliation';

const rows: readonly ClaimRow[] = [
  { attribute: 'displayName', claim: 'name', scope: 'profile' },
  { attribute: 'familyName', claim: 'family_name', scope: 'profile' },
  { attribute: 'givenName', claim: 'given_name', scope: 'profile' },
  { attribute: 'jaDisplayName', claim: 'name#ja-Hani-JP', scope: 'profile' },
  { attribute: 'jaFamilyName', claim: 'family_name#ja-Hani-JP', scope: 'profile' },
  { attribute: 'jaGivenName', claim: 'given_name#ja-Hani-JP', scope: 'profile' },
  { attribute: 'kanaName', claim: 'name#ja-Kana-JP', scope: 'profile' },
  { attribute: 'loginName', claim: 'preferred_username', scope: 'profile' },
  { attribute: 'mail', claim: 'email', scope: 'email' },
  { attribute: 'studentNumber', claim: 'student_number', scope: 'affiliation' },
  { attribute: 'staffNumber', claim: 'staff_number', scope: 'affiliation' },
  { attribute: 'affiliation', claim: 'eduperson_affiliation', scope: 'affiliation' },
  { attribute: 'scopedAffiliation', claim: 'eduperson_scoped_affiliation', scope: 'affiliation' },
  { attribute: 'organizationalUnit', claim: 'organizational_unit', scope: 'affiliation' },
  { attribute: 'principalName', claim: 'eduperson_principal_name', scope: 'affiliation' },
  { attribute: 'homeOrganization', claim: 'schac_home_organization', scope: 'affiliation' },
];

/** oidc-provider's `claims`: which claims each scope asks for. */
export const claimsByScope: Readonly<Record<string, readonly string[]>> = {
  // What the login proved belongs to every login, asked for or not.
  openid: ['sub', 'acr', 'amr'],
  profile: rows.filter(({ scope }) => scope === 'profile').map(({ claim }) => claim),
  email: ['email', 'email_verified'],
  affiliation: rows.filter(({ scope }) => scope === 'affiliation').map(({ claim }) => claim),
};

/** The scopes that a connection may ask for: those of which something is released. */
export function scopesOf(release: readonly Release[], mayRefresh: boolean): readonly string[] {
  const released = new Set(release.map(({ attribute }) => attribute));
  const scopes = new Set(rows.filter(({ attribute }) => released.has(attribute)).map(({ scope }) => scope));
  return ['openid', ...scopes, ...(mayRefresh ? ['offline_access'] : [])];
}

/** What a request would release: asked by scope or by the `claims` parameter, and within the approved release. */
export function attributesAsked(
  release: readonly Release[],
  scopes: ReadonlySet<string>,
  claims: ReadonlySet<string>,
): readonly AttributeName[] {
  const released = new Set(release.map(({ attribute }) => attribute));
  return rows
    .filter(({ attribute, claim, scope }) => released.has(attribute) && (scopes.has(scope) || claims.has(claim)))
    .map(({ attribute }) => attribute);
}

/** Every claim that the release allows; oidc-provider picks those that were asked for. */
export function claimsFor(release: readonly Release[], source: AttributeSource): Readonly<Record<string, unknown>> {
  const claims: Record<string, unknown> = {};
  for (const { attribute, claim } of rows) {
    if (!release.some((released) => released.attribute === attribute)) continue;
    const value = readAttribute(attribute, source);
    if (value !== undefined) claims[claim] = value;
  }
  // The university gave the address to the person itself.
  if (claims.email !== undefined) claims.email_verified = true;
  return claims;
}
