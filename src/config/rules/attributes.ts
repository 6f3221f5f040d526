/** Definitions of attributes that contradict one another, or that name what there is not. */
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import { type AttributePreset, definitionsOf } from '../../core/attributes/attributes.ts';
import type { AttributeDefinition } from '../../core/attributes/definition.ts';
import type { AcceptedPart } from '../schema.ts';

type Attributes = NonNullable<AcceptedPart['attributes']>;
type Definition = NonNullable<NonNullable<Attributes['definitions']>[string]>;

export function checkAttributes({ attributes = {}, units, accounts }: AcceptedPart): readonly Finding[] {
  const known = { units: units && Object.keys(units), accountKinds: accounts?.kinds && Object.keys(accounts.kinds) };
  return [
    ...Object.entries(attributes.definitions ?? {}).flatMap(([name, definition]) =>
      definition === undefined
        ? []
        : [...checkConstant(definition), ...checkReserved(definition), ...checkNames(attributes, name)].map(
            ({ path, message }) => ({ path: ['definitions', name, ...path], message }),
          ),
    ),
    ...checkEntitlements(attributes.entitlements, known),
    ...checkAssurance(attributes.assurance),
  ].map(({ path, message }) => ({ path: ['attributes', ...path], message }));
}

function checkConstant({ source, values }: Definition): readonly Finding[] {
  if (source === undefined || (source === 'constant') === (values !== undefined)) return [];
  return [
    source === 'constant'
      ? { path: ['values'], message: 'is missing: a constant has at least one' }
      : { path: ['values'], message: `is not used with the source ${source}` },
  ];
}

/** What a protocol itself says under these names decides who somebody is, and must not come from anywhere else. */
const reservedClaims = [
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'azp', 'sid', 'client_id', 'scope', 'events', 'cnf'],
  ...['acr', 'amr', 'auth_time', 'at_hash', 'c_hash', 's_hash', 'email_verified', '_claim_names', '_claim_sources'],
];
const reservedScopes = ['openid', 'offline_access'];
const reservedNames = ['subject-id', 'pairwise-id'].map((last) => `urn:oasis:names:tc:SAML:attribute:${last}`);

function checkReserved({ claim, scope, saml }: Definition): readonly Finding[] {
  const findings: Finding[] = [];
  if (claim !== undefined && reservedClaims.includes(claim.split('#')[0] ?? '')) {
    findings.push({ path: ['claim'], message: `${claim} is a claim of the protocol itself` });
  }
  if (scope !== undefined && reservedScopes.includes(scope)) {
    findings.push({ path: ['scope'], message: `${scope} is a scope of the protocol itself` });
  }
  if (scope !== undefined && claim === undefined) {
    findings.push({ path: ['scope'], message: 'is not used without a claim' });
  }
  if (saml?.name !== undefined && reservedNames.includes(saml.name)) {
    findings.push({
      path: ['saml', 'name'],
      message: 'is told to services whose connection has it as subjectIdentifier',
    });
  }
  return findings;
}

/** Under one name a service would be told of two things, and could not know which is which. */
function checkNames({ presets, definitions = {} }: Attributes, name: string): readonly Finding[] {
  const chosen = (presets ?? []).filter((preset): preset is AttributePreset => preset !== undefined);
  const all: readonly (readonly [string, Definition | undefined])[] = [
    ...definitionsOf(chosen, definitions as Readonly<Record<string, AttributeDefinition>>),
  ];
  const { claim, scope, saml } = definitions[name] ?? {};
  const owner = (isIt: (other: Definition) => boolean) =>
    all.find(([other, definition]) => other !== name && definition !== undefined && isIt(definition))?.[0];
  const ofClaim = claim === undefined ? undefined : owner((other) => other.claim === claim);
  const ofName = saml?.name === undefined ? undefined : owner((other) => other.saml?.name === saml.name);
  // oidc-provider knows a claim for which no scope asks by the same list as it knows scopes.
  const isScope = claim !== undefined && scope === undefined && owner((other) => other.scope === claim) !== undefined;
  return [
    ...(ofClaim === undefined ? [] : [{ path: ['claim'], message: `${claim} is that of ${ofClaim} already` }]),
    ...(isScope
      ? [{ path: ['claim'], message: `${claim} is a scope, so that nobody could ask for the claim alone` }]
      : []),
    ...(ofName === undefined
      ? []
      : [{ path: ['saml', 'name'], message: `${saml?.name} is that of ${ofName} already` }]),
  ];
}

function checkEntitlements(
  entitlements: Attributes['entitlements'],
  known: Readonly<Record<'units' | 'accountKinds', readonly string[] | undefined>>,
): readonly Finding[] {
  const lists = [
    { key: 'units', what: 'unit' },
    { key: 'accountKinds', what: 'kind of account' },
  ] as const;
  return (entitlements ?? []).flatMap((entitlement, index) =>
    lists.flatMap(({ key, what }) =>
      (entitlement?.[key] ?? []).flatMap((value, at): readonly Finding[] => {
        const names = known[key];
        if (value === undefined || names === undefined || names.includes(value)) return [];
        const meant = nearest(value, names);
        const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
        return [{ path: ['entitlements', index, key, at], message: `there is no ${what} ${value}${suggestion}` }];
      }),
    ),
  );
}

const conformance = 'https://refeds.org/assurance';

/** REFEDS Assurance Framework 2.0, 2: whoever asserts any of its values conforms to its baseline, and says so. */
function checkAssurance(assurance: Attributes['assurance']): readonly Finding[] {
  const { everybody = [], inPerson = [], byPost = [] } = assurance ?? {};
  const needs = [...everybody, ...inPerson, ...byPost].some((value) => value?.startsWith(`${conformance}/`));
  if (!needs || everybody.includes(conformance)) return [];
  return [
    { path: ['assurance', 'everybody'], message: `lacks ${conformance}, which stands beside all others of REFEDS` },
  ];
}
